/**
 * What a JavaScript or TypeScript program of Repyard has beside the language itself. Generated from the API table.
 * Use: /// <reference types="repyard/guest" />, with "lib": ["es2022"], "moduleDetection": "force" and no other types.
 */

/** Bytes: a Uint8Array, or a string whose characters are U+0000 to U+00FF. */
type RepyBytes = string | Uint8Array;

/** Rates by the second, as the policy has them. */
interface RepyLimits {
  readonly cpu: number;
  readonly memory: number;
  readonly diskused: number;
  readonly filewrite: number;
  readonly fileread: number;
  readonly netsend: number;
  readonly netrecv: number;
  readonly loopsend: number;
  readonly looprecv: number;
  readonly lograte: number;
  readonly random: number;
  readonly events: number;
  readonly filesopened: number;
  readonly insockets: number;
  readonly outsockets: number;
  readonly messport: number[];
  readonly connport: number[];
}
/** Of rates what has not drained yet, of cpu the seconds in all; ports that were used. */
interface RepyUsage extends RepyLimits {
  readonly threadcpu: number;
}
/** Limits, usage, and when the program was stopped for its cpu limit: seconds since its start, and how long. */
type RepyResources = [limits: RepyLimits, usage: RepyUsage, stops: [time: number, seconds: number][]];

/** Writes the items to the program's log, with RepyV2's spaces between them and nothing at the end. */
declare function log(...items: unknown[]): Promise<void>;
/** Opens a file of the program's own directory, and creates it if `create` is true. A name has 1 to 120 characters of a-z, 0-9, `.`, `-` and `_`, and begins with no period. Rejects with RepyArgumentError, FileInUseError, ResourceExhaustedError, FileNotFoundError. */
declare function openfile(filename: RepyBytes, create: boolean): Promise<RepyFile>;
/** The names of the files in the program's directory. */
declare function listfiles(): Promise<string[]>;
/** Removes a file that is not open. Rejects with RepyArgumentError, FileInUseError, FileNotFoundError. */
declare function removefile(filename: RepyBytes): Promise<void>;
/** 1024 random bytes. */
declare function randombytes(): Promise<string>;
/** The limits, the use of each resource, and when the program was stopped for its cpu limit (time, seconds). */
declare function getresources(): Promise<RepyResources>;
/** Waits so many seconds. Rejects with RepyArgumentError. */
declare function sleep(seconds: number): Promise<void>;
/** Seconds since the program was started. */
declare function getruntime(): number;
/** Ends the program at once, all its threads included. */
declare function exitall(): never;
/** The address of a host by its name. Rejects with RepyArgumentError, ResourceForbiddenError, NetworkAddressError. */
declare function gethostbyname(name: RepyBytes): Promise<string>;
/** The program's own address: the first listed one that the host has, or the one by which the world is reached. Rejects with InternetConnectivityError. */
declare function getmyip(): Promise<string>;
/** Sends one UDP message of at most 9216 bytes; returns its length. From the socket that listens on `localport`, if there is one. Rejects with RepyArgumentError, ResourceForbiddenError, ResourceExhaustedError, AddressBindingError, AlreadyListeningError, DuplicateTupleError, CleanupInProgressError, InternetConnectivityError. */
declare function sendmessage(destip: RepyBytes, destport: number, message: RepyBytes, localip: RepyBytes, localport: number): Promise<number>;
/** Listens for UDP messages. Rejects with RepyArgumentError, ResourceForbiddenError, ResourceExhaustedError, AddressBindingError, AlreadyListeningError, DuplicateTupleError, CleanupInProgressError. */
declare function listenformessage(localip: RepyBytes, localport: number): Promise<RepyUdpServer>;
/** Connects by TCP, and waits for that at most `timeout` seconds. Rejects with RepyArgumentError, ResourceForbiddenError, ResourceExhaustedError, AddressBindingError, AlreadyListeningError, DuplicateTupleError, CleanupInProgressError, ConnectionRefusedError, TimeoutError, InternetConnectivityError. */
declare function openconnection(destip: RepyBytes, destport: number, localip: RepyBytes, localport: number, timeout: number): Promise<RepySocket>;
/** Listens for TCP connections. Up to 64 of them may wait to be accepted. Rejects with RepyArgumentError, ResourceForbiddenError, ResourceExhaustedError, AddressBindingError, AlreadyListeningError, DuplicateTupleError, CleanupInProgressError. */
declare function listenforconnection(localip: RepyBytes, localport: number): Promise<RepyTcpServer>;
/** A lock, which any thread may release. */
declare function createlock(): RepyLock;
/** Calls the function in a thread of its own. Throws RepyArgumentError, ResourceExhaustedError. */
declare function createthread(thread: () => unknown): void;
/** Checks code, to be evaluated later, as often as wanted. `name` is shown in its error reports. Throws RepyArgumentError, CodeUnsafeError. */
declare function createvirtualnamespace(code: RepyBytes, name: RepyBytes): RepyNamespace;

interface RepyFile {
  readonly [Symbol.toStringTag]: 'RepyFile';
  /** Reads at most `sizelimit` bytes from `offset` on, fewer at the end of the file; all that follows for none. Rejects with RepyArgumentError, FileClosedError, SeekPastEndOfFileError. */
  readat(sizelimit: number | null, offset: number): Promise<string>;
  /** Writes all of `data` at `offset`, which may be the end of the file but not beyond it. Rejects with RepyArgumentError, FileClosedError, SeekPastEndOfFileError. */
  writeat(data: RepyBytes, offset: number): Promise<void>;
  /** Closes the file. Rejects with FileClosedError. */
  close(): Promise<void>;
}

interface RepyUdpServer {
  readonly [Symbol.toStringTag]: 'RepyUdpServer';
  /** The next message with its sender: (remote IP, remote port, message). Never waits for one. Rejects with SocketClosedLocal, SocketWouldBlockError. */
  getmessage(): Promise<[ip: string, port: number, message: string]>;
  /** Closes the socket. True, however often. */
  close(): Promise<boolean>;
}

interface RepyTcpServer {
  readonly [Symbol.toStringTag]: 'RepyTcpServer';
  /** The next connection with its peer: (remote IP, remote port, socket). Never waits for one. Rejects with SocketClosedLocal, ResourceExhaustedError, SocketWouldBlockError, TCPServerSocketInvalidError. */
  getconnection(): Promise<[ip: string, port: number, socket: RepySocket]>;
  /** Closes the socket. True, however often. Connections that were accepted stay open. */
  close(): Promise<boolean>;
}

interface RepySocket {
  readonly [Symbol.toStringTag]: 'RepySocket';
  /** Sends as many of the bytes as there is room for, 19,999 at most, and returns how many that were. What was taken arrives, unless the peer closes or resets first. Rejects with RepyArgumentError, SocketClosedLocal, SocketClosedRemote, SocketWouldBlockError. */
  send(message: RepyBytes): Promise<number>;
  /** Reads 1 to `bytes` bytes that have arrived, 65,536 at most. Never waits for any. Rejects with RepyArgumentError, SocketClosedLocal, SocketClosedRemote, SocketWouldBlockError. */
  recv(bytes: number): Promise<string>;
  /** Closes the connection; what was sent before is still delivered. False when it was closed already. */
  close(): Promise<boolean>;
}

interface RepyLock {
  readonly [Symbol.toStringTag]: 'RepyLock';
  /** Takes the lock, and waits for it if `blocking` is true. Whether the caller has it. Rejects with RepyArgumentError. */
  acquire(blocking: boolean): Promise<boolean>;
  /** Gives the lock back. Throws LockDoubleReleaseError. */
  release(): void;
}

interface RepyNamespace {
  readonly [Symbol.toStringTag]: 'RepyNamespace';
  /** Runs the code with `context` as its global names; returns them as they are then. Rejects with RepyArgumentError, ContextUnsafeError. */
  evaluate(context: object): Promise<Record<string, any>>;
}

declare class RepyException extends Error {}
declare class RepyArgumentError extends RepyException {}
declare class TimeoutError extends RepyException {}
declare class CodeUnsafeError extends RepyException {}
declare class ContextUnsafeError extends RepyException {}
declare class ResourceUsageError extends RepyException {}
declare class ResourceExhaustedError extends ResourceUsageError {}
declare class ResourceForbiddenError extends ResourceUsageError {}
declare class FileError extends RepyException {}
declare class FileNotFoundError extends FileError {}
declare class FileInUseError extends FileError {}
declare class SeekPastEndOfFileError extends FileError {}
declare class FileClosedError extends FileError {}
declare class LockDoubleReleaseError extends RepyException {}
declare class NetworkError extends RepyException {}
declare class NetworkAddressError extends NetworkError {}
declare class AlreadyListeningError extends NetworkError {}
declare class DuplicateTupleError extends NetworkError {}
declare class CleanupInProgressError extends NetworkError {}
declare class InternetConnectivityError extends NetworkError {}
declare class AddressBindingError extends NetworkError {}
declare class ConnectionRefusedError extends NetworkError {}
declare class LocalIPChanged extends NetworkError {}
declare class SocketClosedLocal extends NetworkError {}
declare class SocketClosedRemote extends NetworkError {}
declare class SocketWouldBlockError extends NetworkError {}
declare class TCPServerSocketInvalidError extends NetworkError {}

/** The program's arguments. */
declare const callargs: string[];
/** An empty object, for what the program's parts share. */
declare const mycontext: Record<string, unknown>;

/** Each call is one line of the program's log. */
interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
}
declare var console: Console;

declare function setTimeout(callback: (...args: never[]) => unknown, milliseconds?: number, ...args: unknown[]): number;
declare function setInterval(callback: (...args: never[]) => unknown, milliseconds?: number, ...args: unknown[]): number;
declare function clearTimeout(timer: number | undefined): void;
declare function clearInterval(timer: number | undefined): void;
declare function queueMicrotask(callback: () => unknown): void;

interface TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array;
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder };

interface TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** Also takes strings of bytes, as files and sockets give them. */
  decode(bytes?: RepyBytes | ArrayBuffer): string;
}
declare var TextDecoder: {
  prototype: TextDecoder;
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};
