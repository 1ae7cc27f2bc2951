import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addonPath, loadNative, reservedExitCodes } from '../../seccomp/native/addon.js';
import { ControlSocket } from './control-socket.js';
import { launchErrors } from './errors.js';
import { encodeSetup, type Reply, type SetupFlags, wireVersion } from './wire.js';
import { worldLack } from './world-lack.js';

export interface ZygoteOptions extends SetupFlags {
  /** Path of the pinned engine. */
  readonly engine: string;
  /** V8's flags of the memory class, and those of them that only hold for children. */
  readonly flags: readonly string[];
  readonly childFlags: readonly string[];
  /** Flags that turn on V8's compilers, for a child whose program begins. */
  readonly compilers: readonly string[];
  /** Whether children have room for what a longer preparation leaves in the heap. */
  readonly roomy: boolean;
  /** Path of the runtime's main module. */
  readonly runtime: string;
  /** The seccomp filter, as an array of struct sock_filter. */
  readonly filter: Uint8Array;
  readonly startTimeoutMs: number;
}

/** A zygote that said `ready`. */
export interface ZygoteProcess {
  readonly pid: number;
  /** Bytes of heap that every child inherits. */
  readonly heap: number;
  readonly control: ControlSocket;
  /** The first bytes that it printed. */
  stderr(): string;
  /** How it ended, once the process is reaped and all its replies were handed out. */
  readonly ended: Promise<string>;
  kill(): void;
}

/**
 * Everything that makes the engine single-threaded, as far as flags can; the shim does the rest. And V8's built-in functions stay where the
 * engine's code is, on large pages, instead of nearer to what V8 compiles, on small ones that each child would have to map.
 */
const engineFlags = [
  '--v8-pool-size=0',
  '--single-threaded',
  '--disable-sigusr1',
  '--no-warnings',
  '--no-short-builtin-calls',
];
const entry = fileURLToPath(new URL('../../bundled/zygote.cjs', import.meta.url));
const shimFd = 4;
const stderrBytes = 8192;
const drainMs = 1000;

/** Starts a zygote and waits for its `ready`. Rejects with ZYGOTE_NOT_STARTED and what it printed; no process is left then. */
export async function startZygote(options: ZygoteOptions): Promise<ZygoteProcess> {
  const setup = encodeSetup(process.pid, options.filter, options);
  const [child, socket] = spawnConnected(options);
  const stderr = collectStderr(child);
  const control = new ControlSocket(socket);
  const ended = waitForEnd(child, control);
  const said = new Promise<Reply>((resolve) => {
    control.onReply = resolve;
  });
  control.write(setup);

  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, options.startTimeoutMs, `not ready within ${options.startTimeoutMs} ms`);
  });
  const first = await Promise.race([said, ended, late]);
  clearTimeout(timer);
  if (typeof first !== 'string' && first.id === wireVersion && child.pid !== undefined) {
    return { pid: child.pid, heap: first.bytes, control, stderr, ended, kill: () => void child.kill('SIGKILL') };
  }
  child.kill('SIGKILL');
  await ended;
  if (child.exitCode === reservedExitCodes.noWorld) throw launchErrors.noWorld(worldLack(options.rootless), stderr());
  throw launchErrors.notStarted(typeof first === 'string' ? first : 'it speaks another protocol version', stderr());
}

/** The process, and our end of its control socket. */
function spawnConnected(options: ZygoteOptions): [ChildProcess, number] {
  const native = loadNative().supervisor;
  const opened: number[] = [];
  try {
    const [ours, theirs] = native.socketPair();
    opened.push(ours, theirs);
    const shim = openSync(addonPath, 'r');
    opened.push(shim);
    const child = spawnEngine(options, theirs, shim);
    opened.shift();
    return [child, ours];
  } catch (error) {
    throw launchErrors.notStarted((error as Error).message, '');
  } finally {
    for (const fd of opened) native.close(fd);
  }
}

/**
 * Node's own spawn: the zygote is a process of ours with descriptors by number, not a command. It gets nothing of our environment
 * (NODE_OPTIONS would be obeyed), and a session of its own, so that a Ctrl-C at the terminal reaches the supervisor alone.
 * The shim is named by descriptor, since LD_PRELOAD can't name a path with blanks or colons.
 */
function spawnEngine(options: ZygoteOptions, control: number, shim: number): ChildProcess {
  const { engine, flags, runtime, compilers, roomy, childFlags } = options;
  return spawn(
    engine,
    [...engineFlags, ...flags, entry, runtime, compilers.join(' '), roomy ? 'roomy' : '', ...childFlags],
    {
      stdio: ['ignore', 'ignore', 'pipe', control, shim],
      env: { LD_PRELOAD: `/proc/self/fd/${shimFd}`, UV_THREADPOOL_SIZE: '1' },
      cwd: '/',
      detached: true,
    },
  );
}

function collectStderr(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(0, stderrBytes);
  });
  return () => text.trim();
}

async function waitForEnd(child: ChildProcess, control: ControlSocket): Promise<string> {
  const drained = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const how = await new Promise<string>((resolve) => {
    child.on('error', (error) => child.pid === undefined && resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  // Its last words and replies may still be in the pipes. A child that is being locked holds the other ends for a moment longer.
  const enough = new Promise((resolve) => setTimeout(resolve, drainMs).unref());
  await Promise.race([Promise.all([control.closed, drained]), enough]);
  control.destroy();
  return how;
}
