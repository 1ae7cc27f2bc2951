/** A supervisor with few words, for tests and benchmarks: programs from strings, RepyV2's customary memory, the rest wide. */
import './untapped.js';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '../../protocol/messages.js';
import { loadRestrictions } from '../../restrictions/load.js';
import { type Outcome, type Program, Supervisor, type SupervisorOptions } from '../../supervisor/index.js';

export const wideRestrictions = `
resource cpu 2
resource memory 200000000
resource diskused 100000000
resource events 50
resource filesopened 10
resource fileread 1000000000
resource filewrite 1000000000
resource lograte 1000000000
resource random 1000000000
`;
/** What RepyV2's own sample files give a program. */
export const narrowRestrictions = wideRestrictions.replace('200000000', '15000000');

export interface TestYard {
  readonly supervisor: Supervisor;
  start(source: string, options?: StartOptions): Promise<Program>;
  /** Runs to the end; throws unless it exited. */
  run(source: string, options?: StartOptions): Promise<Outcome>;
  /** The program's log. */
  output(source: string, options?: StartOptions): Promise<string>;
  /** What the program has logged so far. */
  logged(program: Program): string;
  /** Resolves with the program's log once it contains `text`. Rejects if it ends without. */
  logs(program: Program, text: string): Promise<string>;
  /** Resolves when all are running. */
  running(programs: readonly Program[]): Promise<void>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly language?: Language;
  readonly restrictions?: string;
  readonly name?: string;
  readonly args?: readonly string[];
}

/** The virtual machine is slow, and its host may be busy. */
const patient: SupervisorOptions =
  process.env.REPYARD_VM === undefined ? {} : { launcher: { startTimeoutMs: 120_000 } };
/** For tests that are run a second time without cgroups. */
const usual: SupervisorOptions =
  process.env.REPYARD_TEST_LIMITER === 'polling' ? { limiter: 'polling', allowDegraded: true } : {};

export async function openYard(options: SupervisorOptions = {}): Promise<TestYard> {
  const root = await mkdtemp(join(tmpdir(), 'repyard-yard-'));
  const supervisor = await Supervisor.open({ ...patient, ...usual, ...options });
  const logs = new WeakMap<Program, Buffer[]>();
  let started = 0;

  const start = async (source: string, options: StartOptions = {}): Promise<Program> => {
    const directory = join(root, String(started++));
    await mkdir(directory);
    const written: Buffer[] = [];
    const program = await supervisor.start({
      name: options.name ?? 'guest.js',
      language: options.language ?? 'javascript',
      source: Buffer.from(source),
      args: options.args ?? [],
      restrictions: loadRestrictions(Buffer.from(options.restrictions ?? narrowRestrictions)),
      directory,
      log: { write: (bytes) => void written.push(Buffer.from(bytes)), close: async () => undefined },
    });
    logs.set(program, written);
    return program;
  };
  const logged = (program: Program) => Buffer.concat(logs.get(program) ?? []).toString();
  const finish = async (program: Program): Promise<Outcome> => {
    const outcome = await program.outcome;
    if (outcome.reason !== 'exited') throw new Error(`${outcome.reason}: ${outcome.message}\n${outcome.report ?? ''}`);
    return outcome;
  };
  return {
    supervisor,
    start,
    run: async (source, options) => finish(await start(source, options)),
    async output(source, options) {
      const program = await start(source, options);
      await finish(program);
      return logged(program);
    },
    logged,
    async logs(program, text) {
      for (;;) {
        const seen = logged(program);
        if (seen.includes(text)) return seen;
        if (program.state === 'ended') throw new Error(`ended with the log ${JSON.stringify(seen)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async running(programs) {
      await Promise.all(
        programs.map(
          (program) =>
            new Promise<void>((resolve, reject) => {
              const look = () => {
                if (program.state === 'running') resolve();
                if (program.state === 'ended') reject(new Error('ended early'));
              };
              program.on('state', look);
              look();
            }),
        ),
      );
    },
    async close() {
      await supervisor.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
