/**
 * The launcher of systems that have no zygotes: a process of the engine for each program, which loads the runtime, hardens it, and
 * says that it is ready. Its program is sent after its limits are set, as everywhere.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readyMark } from '../../protocol/ready-mark.js';
import { usualProfile } from '../../restrictions/profile.js';
import { reservedExitCodes } from '../../seccomp/native/addon.js';
import { monotonicMs } from '../clock.js';
import { launchErrors } from './errors.js';
import type { ChildEnding, LaunchedChild, Launcher, LaunchRequest } from './launcher.js';
import { childFlagsOf, compilerFreeFlags, compilersOf, heapFor, memoryClassOf } from './memory-classes.js';
import { permissionFlags } from './permission-flags.js';
import { PipeChannel } from './pipe-channel.js';
import type { EngineCommand, ProcessEnd, ProcessStarter, StartedProcess } from './starter.js';

export interface SpawnOptions {
  readonly engine: string;
  readonly start: ProcessStarter;
  /** How long a process may take to load the runtime. */
  readonly startTimeoutMs?: number;
}

const entry = fileURLToPath(new URL('../../child-runtime/spawned/main.js', import.meta.url));
/** A start takes half a second of processor time; hosts on which many start at once, beside programs that compute, take far longer. */
const usualTimeoutMs = 60_000;
/** Bytes of a child's last words that are kept, and those after which it isn't listened to any more. */
const stderrBytes = 8192;

export function spawnLauncher(options: SpawnOptions): Launcher {
  const living = new Set<StartedProcess>();
  let closed = false;

  return {
    async launch(request: LaunchRequest): Promise<LaunchedChild> {
      if (closed) throw launchErrors.closed();
      const requestedAt = monotonicMs();
      const cwd = await mkdtemp(join(tmpdir(), 'repyard-child-'));
      const remove = () => rm(cwd, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
      let child: StartedProcess;
      try {
        child = await options.start(commandOf(request, options.engine, cwd), request.door);
      } catch (error) {
        await remove();
        throw error;
      }
      living.add(child);
      const stderr = collect(child);
      const ended = child.ended.then(async (end) => {
        living.delete(child);
        await remove();
        return endingOf(end);
      });
      await untilReady(child, options.startTimeoutMs ?? usualTimeoutMs, stderr);
      return {
        pid: child.pid,
        channel: new PipeChannel(child.input, child.output),
        requestedAt,
        forkedAt: monotonicMs(),
        ended,
        signal: (name) => child.signal(name),
      };
    },
    // There is nothing that children could share.
    async warm() {},
    async close() {
      closed = true;
      const ends = [...living].map((child) => {
        child.signal('SIGKILL');
        return child.ended;
      });
      await Promise.all(ends);
    },
  };
}

function commandOf({ memory, profile = usualProfile }: LaunchRequest, engine: string, cwd: string): EngineCommand {
  const memoryClass = memoryClassOf(memory);
  const { old, young } = heapFor(memory);
  return {
    engine,
    args: [
      '--no-warnings',
      '--disable-sigusr1',
      ...permissionFlags(),
      ...compilerFreeFlags(profile),
      ...childFlagsOf(memoryClass, profile),
      ...compilersOf(memoryClass, profile),
      entry,
      String(old),
      String(young),
    ],
    // Children live in UTC; nothing of the supervisor's environment is theirs (NODE_OPTIONS would be obeyed).
    env: { TZ: 'UTC' },
    cwd,
  };
}

/** Reads the mark. Rejects, and kills the process, when something else comes, or nothing in time. */
async function untilReady(child: StartedProcess, timeoutMs: number, stderr: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, `not ready within ${timeoutMs} ms`);
  });
  const gone = child.ended.then(({ exitCode, signal }) => signal ?? `exit code ${exitCode}`);
  const failure = await Promise.race([readMark(child), gone, late]);
  clearTimeout(timer);
  if (failure === undefined) return;
  child.signal('SIGKILL');
  await child.ended;
  for (const stream of [child.input, child.output, child.errors]) stream.destroy();
  throw launchErrors.childNotReady(failure, stderr());
}

function readMark({ output, input }: StartedProcess): Promise<string | undefined> {
  input.on('error', () => undefined);
  return new Promise((resolve) => {
    const read = (): void => {
      const bytes = output.read(readyMark.length) as Buffer | null;
      if (bytes === null) return;
      output.off('readable', read);
      resolve(bytes.equals(readyMark) ? undefined : 'it speaks another protocol version');
    };
    output.on('error', () => undefined);
    output.on('readable', read);
    read();
  });
}

function collect({ errors }: StartedProcess): () => string {
  let text = '';
  errors.on('error', () => undefined);
  errors.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1', 0, stderrBytes - text.length);
    // What it writes from now on is its own trouble: it can't make this process listen for ever.
    if (text.length >= stderrBytes) errors.destroy();
  });
  return () => text.trim();
}

function endingOf({ exitCode, signal, used }: ProcessEnd): ChildEnding {
  return {
    exitCode,
    signal,
    heapExhausted: exitCode === reservedExitCodes.heapExhausted,
    zygoteDied: false,
    ...(used === undefined ? {} : { used }),
  };
}
