/** Runs one attack in the yard, in a directory of its own between things that it must not touch. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { loadRestrictions } from '../../restrictions/load.js';
import type { Outcome, Supervisor } from '../../supervisor/index.js';
import type { Attack, Ending } from './attack.js';
import type { NamedAttack } from './corpus.js';

/** Most of the programs need no more; what is never said is 0: no sockets, no ports. */
const usual: Readonly<Record<string, string>> = {
  cpu: '0.5',
  memory: '15000000',
  diskused: '1000000',
  events: '10',
  filesopened: '5',
  fileread: '10000000',
  filewrite: '10000000',
  lograte: '1000000',
  random: '1000000',
};
const secret = 'belongs to the host';

export interface Result {
  readonly outcome: Outcome;
  readonly log: string;
  /** Why it doesn't count as contained; empty if it does. */
  readonly failures: readonly string[];
}

export class Stage {
  readonly #outside: string;
  readonly #listener: Server;
  #connections = 0;
  #started = 0;

  constructor(
    private readonly supervisor: Supervisor,
    private readonly root: string,
  ) {
    this.#outside = join(root, 'outside');
    mkdirSync(this.#outside);
    writeFileSync(join(this.#outside, 'secret'), secret);
    this.#listener = createServer((socket) => {
      this.#connections += 1;
      socket.end(secret);
    });
  }

  /** Listens on a loopback port that no attack may reach. */
  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#listener.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  async run(attack: NamedAttack): Promise<Result> {
    this.#started += 1;
    const directory = join(this.root, `${this.#started}`);
    mkdirSync(directory);
    this.#plant(directory, attack);
    const connections = this.#connections;
    const outside = this.#look();
    const written: Buffer[] = [];
    let bytes = 0;
    const program = await this.supervisor.start({
      name: attack.name,
      language: attack.language,
      source: Buffer.from(attack.source),
      args: [...(attack.args ?? []), String(this.#port())],
      restrictions: restrictionsOf(attack),
      directory,
      log: {
        write(chunk) {
          bytes += chunk.length;
          if (bytes < 1 << 20) written.push(Buffer.from(chunk));
          return undefined;
        },
        close: async () => undefined,
      },
    });
    const { stopAfterMs } = attack;
    let timer: NodeJS.Timeout | undefined;
    if (stopAfterMs !== undefined) {
      const stop = () => {
        timer = setTimeout(() => program.stop(), stopAfterMs);
      };
      if (program.state === 'running') stop();
      else program.on('state', (state) => state === 'running' && stop());
    }
    const outcome = await program.outcome;
    clearTimeout(timer);
    const log = Buffer.concat(written).toString('latin1');
    const failures = judge(attack, outcome, log);
    if (attack.untouched.includes('host files') && this.#look() !== outside) failures.push('files of the host changed');
    if (attack.untouched.includes('listener') && this.#connections !== connections)
      failures.push('the listener was reached');
    if (attack.untouched.includes('directory')) {
      const left = readdirSync(directory).sort().join(' ');
      const expected = [...(attack.leaves ?? [])].sort().join(' ');
      if (left !== expected) failures.push(`the directory holds [${left}], not [${expected}]`);
    }
    rmSync(directory, { recursive: true });
    return { outcome, log, failures };
  }

  #plant(directory: string, { planted = {} }: Attack): void {
    for (const [name, what] of Object.entries(planted)) {
      const path = join(directory, name);
      if ('file' in what) writeFileSync(path, what.file);
      else symlinkSync(what.link.replace('OUTSIDE', this.#outside), path);
    }
  }

  #port(): number {
    const address = this.#listener.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  #look(): string {
    const at = (name: string) => statSync(join(this.#outside, name)).mtimeMs;
    const names = readdirSync(this.#outside).map((name) => `${name} ${at(name)}`);
    return `${names.join(',')} ${readFileSync(join(this.#outside, 'secret'), 'utf8')}`;
  }
}

function restrictionsOf({ restrictions = [] }: Attack) {
  const replaced = new Set(restrictions.map((line) => line.split(' ')[0]));
  const kept = Object.entries(usual).flatMap(([name, value]) => (replaced.has(name) ? [] : [`${name} ${value}`]));
  return loadRestrictions(Buffer.from([...kept, ...restrictions].map((line) => `resource ${line}\n`).join('')));
}

export const endingOf = ({ reason, limit }: Outcome): Ending =>
  reason === 'limit' ? `limit ${limit?.resource ?? ''}` : reason;

function judge(attack: Attack, outcome: Outcome, log: string): string[] {
  const failures: string[] = [];
  const ending = endingOf(outcome);
  if (!attack.ends.includes(ending))
    failures.push(`ended by ${ending} (${outcome.message}), not ${attack.ends.join(' or ')}`);
  if (log.includes('ESCAPED')) failures.push('it says that it escaped');
  failures.push(...passedMemory(attack, outcome));
  // log() ends what it prints with a space of its own.
  const words = log.trim().replace(/\s+/g, ' ');
  if (attack.logs !== undefined && !attack.logs.test(words)) failures.push(`its log does not match ${attack.logs}`);
  const report = outcome.report ?? '';
  if (attack.reports !== undefined && !attack.reports.test(report))
    failures.push(`its report does not match ${attack.reports}`);
  // Paths of the host and frames of the runtime are nothing that a guest's report may hold.
  if (/node:|file:\/\/|child-runtime|secret|belongs to the host/.test(`${report}${log}`))
    failures.push('it shows something of the host');
  return failures;
}

/** Where the kernel keeps the limit of memory, no program ever has more, whatever it tries. */
function passedMemory(attack: Attack, { enforcement, usage }: Outcome): string[] {
  if (enforcement.find(({ resource }) => resource === 'memory')?.state !== 'enforced') return [];
  const line = attack.restrictions?.find((line) => line.startsWith('memory '));
  const allowed = Number(line?.split(' ')[1] ?? usual.memory);
  return usage.memoryPeakBytes <= allowed ? [] : [`it had ${usage.memoryPeakBytes} of ${allowed} bytes of memory`];
}
