/**
 * The TypeScript face of the native addon (`repyard.node`, built by make beside this file's output).
 * One binary serves three processes, each with its own part: the supervisor opens and sends, the zygote freezes and forks,
 * the child polls, reads and writes its one descriptor. Failing system calls throw an Error whose `code` is the errno's name.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What works in a locked child, and all that does. */
export interface ChildNative {
  /**
   * Waits until the channel has something to read or has ended: true; or until `timeoutMs` is over: false.
   * 0 doesn't block, Infinity has no bound; fractions of a millisecond count.
   */
  poll(timeoutMs: number): boolean;
  /** Reads 1 to `length` bytes to `into[offset...]` and returns how many; blocks for the first. Ends the process at the end of the stream. */
  read(into: Uint8Array, offset: number, length: number): number;
  /**
   * Writes 1 to `length` bytes from `from[offset...]` and returns how many, or 0 when the socket is full and there is something
   * to read: read it first. Blocks while neither is possible. Ends the process if the supervisor has gone.
   */
  write(from: Uint8Array, offset: number, length: number): number;
  /** Writes `from[0...length]`, for which the socket must have room, then reads as `read` does, to the beginning of `into`. */
  exchange(from: Uint8Array, length: number, into: Uint8Array): number;
  /** CLOCK_MONOTONIC in seconds. */
  now(): number;
  /** Seconds of processor time that the calling thread has used; where the system can't say it in fine steps, `now()`. */
  processorTime(): number;
  /** `now()` when the lock was complete. */
  lockedAt(): number;
  /** Bytes of the last allocation outside of the heap that the kernel refused; 0 if there was none. */
  refusedBytes(): number;
  /** Takes notice that the supervisor has changed what memory there is, and collects garbage when it became less. */
  followMemory(): void;
  /** Ends the process at once, without any handler; codes from 0 to 99 and 200 are free, the others are `reservedExitCodes`' range. */
  exit(code: number): never;
  /**
   * Runs the promise jobs that are due until none is left; none while a promise job is running. Objects that only weak references
   * have shown may be collected afterwards.
   */
  runMicrotasks(): void;
}

/** What the zygote does before and around forking, in this order. */
export interface ZygoteNative {
  /**
   * Reads the supervisor's setup from the control socket (descriptor 3), and dies with the supervisor from now on.
   * Throws when the shim isn't preloaded or a symbol of the engine is missing: such a zygote must not serve.
   */
  setUp(): void;
  /** Full garbage collections, so that children share a heap without holes. */
  collectGarbage(): void;
  /** Ends every thread but this one for real, then closes all descriptors but stdio and the control socket. Throws unless exactly one thread and no DONTFORK mapping is left. */
  freeze(): void;
  /**
   * Own mount, network, IPC and UTS namespaces, an empty read-only root, and no capability beyond those that locking a child takes.
   * All that in a user namespace if the supervisor said that it is an ordinary user.
   */
  enterEmptyWorld(): void;
  /**
   * Says `ready`, then forks and reaps on request until the supervisor has gone. Returns only in a child, and only when that
   * child is locked. Call it outside of promise jobs (setImmediate), else `runMicrotasks` can't work in the child.
   * `heapBytes` is what V8's heap takes now: the room that a child is given for its heap comes on top.
   */
  serve(heapBytes: number): void;
  /**
   * Calls `f` so that exceptions which are thrown and caught in it cost less: V8 makes no message of where each was thrown. Returns
   * when `f` does or throws; what it threw is lost.
   */
  callQuietly(f: () => void): void;
}

export interface SupervisorNative {
  /** What a child does to lock itself, in order, in words. */
  readonly lockSteps: readonly string[];
  /** Two connected AF_UNIX stream sockets, close-on-exec, blocking. */
  socketPair(): [number, number];
  /** Sends all of `bytes` (at most 4096) with copies of up to 8 descriptors. False when the socket is full: nothing was sent. */
  sendWithFds(socket: number, bytes: Uint8Array, fds: readonly number[]): boolean;
  /**
   * Creates or opens `path` (mode 0600, never through a symbolic link at its end) and takes its exclusive lock, which lasts
   * until the descriptor is closed or the process has gone. Null when another process holds it.
   */
  lockFile(path: string): number | null;
  /** A directory, for reading or as CLONE_INTO_CGROUP takes it; close-on-exec, a symbolic link at its end is refused. */
  openDirectory(path: string): number;
  close(fd: number): void;
  /** Sends what fits of the first `count` bytes to a stream socket, without blocking; returns how many, or an errno, negated. */
  send(socket: number, bytes: Uint8Array, count: number): number;
  /**
   * Opens the regular file `name` of the open directory for reading and writing: [descriptor, size], or an errno, negated; -EISDIR
   * for whatever is no regular file, links included, which isn't opened. `name` must be one component.
   */
  openFile(directory: number, name: string): [number, number] | number;
}

/**
 * The supervisor's sockets. No call blocks; a result below 0 is an errno, negated. Hosts are numeric addresses: anything else throws
 * TypeError. The caller closes what it opened and what it accepted.
 */
export interface SocketNative {
  /** A bound socket: TCP when `stream` is 1, UDP when it is 0. `buffers` > 0 asks for so many bytes each way, which Linux doubles. */
  open(stream: 0 | 1, buffers: number, host: string, port: number): number;
  listen(fd: number, backlog: number): number;
  /** 0, or -EINPROGRESS: then `connected` tells. */
  connect(fd: number, host: string, port: number): number;
  /** 1 when it is, 0 while that isn't decided. */
  connected(fd: number): number;
  /** [descriptor, host, port] */
  accept(fd: number): number | [number, string, number];
  /** The first `count` bytes; returns how many were taken. -EPIPE when the peer has closed and all that it sent is read. */
  send(fd: number, bytes: Uint8Array, count: number): number;
  /** Reads at most `most` bytes; 0 when the peer has closed and all that it sent is read. */
  receive(fd: number, into: Uint8Array, most: number): number;
  sendTo(fd: number, bytes: Uint8Array, count: number, host: string, port: number): number;
  /** [bytes, host, port]; what doesn't fit `into` is lost. */
  receiveFrom(fd: number, into: Uint8Array): number | [number, string, number];
  /** [0, local address, 0] that packets to `host` leave from. Sends nothing. */
  routeTo(host: string): number | [number, string, number];
  close(fd: number): number;
}

/**
 * Long integers by divisors of one word: safe integers as numbers or bigints below 2^64, not 0. Floored, as in Python. `undefined` for any
 * other operand, and for an integer of more than 2^19 bits: then the engine's own operators have to do it.
 */
export interface BigintNative {
  /** A number if the divisor is one, else a bigint. */
  remainder(dividend: bigint, divisor: number | bigint): number | bigint | undefined;
  quotient(dividend: bigint, divisor: number | bigint): bigint | undefined;
}

export interface Native {
  readonly child: ChildNative;
  readonly zygote: ZygoteNative;
  readonly supervisor: SupervisorNative;
  readonly sockets: SocketNative;
  readonly bigint: BigintNative;
}

/** Exit codes by which the native part says why it ended a process; the launcher tells them from a guest's. */
export const reservedExitCodes = {
  /** The channel or the control socket ended: the supervisor has gone. */
  abandoned: 120,
  /** V8 met a fatal error that isn't about memory. */
  engineFailed: 121,
  /** A step of the lock failed. */
  lockFailed: 122,
  /** V8 reached its heap limit. */
  heapExhausted: 123,
  /** The zygote's: the kernel refused a part of the empty world. */
  noWorld: 124,
} as const;

/** The addon's file: loaded as a module by all, and preloaded as the shim by the zygote. */
export const addonPath = fileURLToPath(new URL('./repyard.node', import.meta.url));

let loaded: Native | undefined;

/** Loads the addon; throws an Error that says what to do when it wasn't built. */
export function loadNative(): Native {
  loaded ??= load();
  return loaded;
}

function load(): Native {
  try {
    return createRequire(import.meta.url)(addonPath) as Native;
  } catch (error) {
    throw new Error(
      `the native addon ${addonPath} can't be loaded; build it: \`npm rebuild repyard\`, in a clone \`make build\``,
      { cause: error },
    );
  }
}
