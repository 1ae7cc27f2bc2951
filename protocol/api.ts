/**
 * The API table: every call that a guest can make. Data only; both sides are built from it: the child's namespace layer
 * (arguments in, results out) and the supervisor's own argument check, which never relies on the child's.
 * Source of names, types, errors and costs: RepyV2's namespace.py, emulfile.py, emulmisc.py, nanny.py as observed.
 */
import type { RepyExceptionName } from './exceptions.js';

/** Shapes of arguments. `int` excludes bool; bounds are inclusive. */
export type ArgumentShape =
  | { readonly kind: 'bytes'; readonly maxLength?: number }
  /** `plain`: RepyV2 refuses a Python long here ("Provided NAME must be an int!"), after all other types are checked. */
  | { readonly kind: 'int'; readonly min?: number; readonly max?: number; readonly plain?: true }
  | { readonly kind: 'number'; readonly min?: number }
  | { readonly kind: 'bool' }
  | { readonly kind: 'none-or'; readonly shape: ArgumentShape }
  | { readonly kind: 'handle'; readonly of: HandleKind }
  /** Checked and used in the child only (callables, dicts): never crosses the channel. */
  | { readonly kind: 'local' };

export type ResultShape =
  | 'none'
  | 'bool'
  | 'int'
  | 'float'
  | 'bytes'
  | 'list-of-bytes'
  | 'handle'
  /** (remote IP, remote port, message): bytes, int, bytes. */
  | 'datagram'
  /** (remote IP, remote port, socket): bytes, int, and on the wire the number of the handle. */
  | 'connection'
  | 'resources'
  | 'local';

export type HandleKind = 'file' | 'lock' | 'udp-server' | 'tcp-server' | 'socket' | 'namespace';

export interface ApiArgument {
  readonly name: string;
  readonly shape: ArgumentShape;
}

/**
 * What a call costs, as the nanny charges it. The broker does the charging; docs are printed from these lines.
 * `netsend/loopsend` and `netrecv/looprecv`: the second when the peer is a loopback address.
 */
export interface ApiCost {
  readonly resource: string;
  readonly amount:
    | number
    | 'per 4096-byte block touched'
    | 'bytes written'
    | 'message bytes + 64'
    | 'one while open'
    | 'one from the first call on';
  readonly when: 'before' | 'after' | 'on success';
}

export interface ApiCall {
  /** Stable number on the wire. */
  readonly number: number;
  /** The guest's name: a global function, or `kind.method` for a handle's method. */
  readonly name: string;
  /** RepyV2's name for it in its messages ("when calling emulated_open."). */
  readonly internalName: string;
  readonly arguments: readonly ApiArgument[];
  /** Extra arguments of any number, each of this shape (log). */
  readonly rest?: ArgumentShape;
  readonly result: ResultShape;
  /** What a result of shape `handle` or `connection` is a handle of. */
  readonly handle?: HandleKind;
  /** In RepyV2's order of precedence. */
  readonly errors: readonly RepyExceptionName[];
  readonly costs: readonly ApiCost[];
  /** `child`: answered by the runtime in the child's own process; `supervisor`: asked of the broker. */
  readonly served: 'child' | 'supervisor';
  /** The one language that has it; default: all. */
  readonly only?: 'python';
  /** Whether it may wait, so that a JavaScript guest gets a promise. */
  readonly waits: boolean;
}

const fileHandle: ApiArgument = { name: 'self', shape: { kind: 'handle', of: 'file' } };
const fileName: ApiArgument = { name: 'filename', shape: { kind: 'bytes', maxLength: 120 } };
const offset: ApiArgument = { name: 'offset', shape: { kind: 'int', min: 0 } };
const udpServer: ApiArgument = { name: 'self', shape: { kind: 'handle', of: 'udp-server' } };
const tcpServer: ApiArgument = { name: 'self', shape: { kind: 'handle', of: 'tcp-server' } };
const socket: ApiArgument = { name: 'self', shape: { kind: 'handle', of: 'socket' } };
const ip = (name: string): ApiArgument => ({ name, shape: { kind: 'bytes' } });
const port = (name: string): ApiArgument => ({ name, shape: { kind: 'int', min: 0, plain: true } });
const lock: ApiArgument = { name: 'self', shape: { kind: 'handle', of: 'lock' } };
const namespace: ApiArgument = { name: 'self', shape: { kind: 'handle', of: 'namespace' } };

const sent = (amount: ApiCost['amount'], when: ApiCost['when']): ApiCost => ({
  resource: 'netsend/loopsend',
  amount,
  when,
});
const received = (amount: ApiCost['amount'], when: ApiCost['when']): ApiCost => ({
  resource: 'netrecv/looprecv',
  amount,
  when,
});
/** What the operating system may say to a local address; RepyV2 tells them apart in this order. */
const bindErrors = [
  'AddressBindingError',
  'AlreadyListeningError',
  'DuplicateTupleError',
  'CleanupInProgressError',
] as const satisfies readonly RepyExceptionName[];

export const apiCalls = [
  {
    number: 1,
    name: 'log',
    internalName: 'log',
    arguments: [],
    rest: { kind: 'bytes' },
    result: 'none',
    errors: [],
    costs: [{ resource: 'lograte', amount: 'bytes written', when: 'after' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 2,
    name: 'openfile',
    internalName: 'emulated_open',
    arguments: [fileName, { name: 'create', shape: { kind: 'bool' } }],
    result: 'handle',
    handle: 'file',
    errors: ['RepyArgumentError', 'FileInUseError', 'ResourceExhaustedError', 'FileNotFoundError'],
    costs: [
      { resource: 'fileread', amount: 4096, when: 'before' },
      { resource: 'filewrite', amount: 4096, when: 'on success' },
      { resource: 'filesopened', amount: 'one while open', when: 'on success' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 3,
    name: 'file.readat',
    internalName: 'readat',
    arguments: [fileHandle, { name: 'sizelimit', shape: { kind: 'none-or', shape: { kind: 'int', min: 0 } } }, offset],
    result: 'bytes',
    errors: ['RepyArgumentError', 'FileClosedError', 'SeekPastEndOfFileError'],
    costs: [{ resource: 'fileread', amount: 'per 4096-byte block touched', when: 'after' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 4,
    name: 'file.writeat',
    internalName: 'writeat',
    arguments: [fileHandle, { name: 'data', shape: { kind: 'bytes' } }, offset],
    result: 'none',
    errors: ['RepyArgumentError', 'FileClosedError', 'SeekPastEndOfFileError'],
    costs: [{ resource: 'filewrite', amount: 'per 4096-byte block touched', when: 'after' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 5,
    name: 'file.close',
    internalName: 'close',
    arguments: [fileHandle],
    result: 'none',
    errors: ['FileClosedError'],
    costs: [],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 6,
    name: 'listfiles',
    internalName: 'listfiles',
    arguments: [],
    result: 'list-of-bytes',
    errors: [],
    costs: [{ resource: 'fileread', amount: 4096, when: 'before' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 7,
    name: 'removefile',
    internalName: 'removefile',
    arguments: [fileName],
    result: 'none',
    errors: ['RepyArgumentError', 'FileInUseError', 'FileNotFoundError'],
    costs: [
      { resource: 'fileread', amount: 4096, when: 'before' },
      { resource: 'filewrite', amount: 4096, when: 'on success' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 8,
    name: 'randombytes',
    internalName: 'randombytes',
    arguments: [],
    result: 'bytes',
    errors: [],
    costs: [{ resource: 'random', amount: 1024, when: 'after' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 9,
    name: 'getresources',
    internalName: 'get_resources',
    arguments: [],
    result: 'resources',
    errors: [],
    costs: [],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 10,
    name: 'sleep',
    internalName: 'sleep',
    arguments: [{ name: 'seconds', shape: { kind: 'number', min: 0 } }],
    result: 'none',
    errors: ['RepyArgumentError'],
    costs: [],
    served: 'child',
    waits: true,
  },
  {
    number: 11,
    name: 'getruntime',
    internalName: 'getruntime',
    arguments: [],
    result: 'float',
    errors: [],
    costs: [],
    served: 'child',
    waits: false,
  },
  {
    number: 12,
    name: 'exitall',
    internalName: 'exitall',
    arguments: [],
    result: 'none',
    errors: [],
    costs: [],
    served: 'child',
    waits: false,
  },
  {
    number: 13,
    name: 'gethostbyname',
    internalName: 'gethostbyname',
    arguments: [{ name: 'name', shape: { kind: 'bytes' } }],
    result: 'bytes',
    errors: ['RepyArgumentError', 'ResourceForbiddenError', 'NetworkAddressError'],
    costs: [
      { resource: 'netsend', amount: 1024, when: 'before' },
      { resource: 'netrecv', amount: 4096, when: 'before' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 14,
    name: 'getmyip',
    internalName: 'getmyip',
    arguments: [],
    result: 'bytes',
    errors: ['InternetConnectivityError'],
    costs: [
      { resource: 'netsend', amount: 256, when: 'before' },
      { resource: 'netrecv', amount: 128, when: 'before' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 15,
    name: 'sendmessage',
    internalName: 'sendmessage',
    arguments: [
      ip('destip'),
      port('destport'),
      { name: 'message', shape: { kind: 'bytes' } },
      ip('localip'),
      port('localport'),
    ],
    result: 'int',
    errors: [
      'RepyArgumentError',
      'ResourceForbiddenError',
      'ResourceExhaustedError',
      ...bindErrors,
      'InternetConnectivityError',
    ],
    costs: [
      sent('message bytes + 64', 'after'),
      { resource: 'outsockets', amount: 'one from the first call on', when: 'on success' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 16,
    name: 'listenformessage',
    internalName: 'listenformessage',
    arguments: [ip('localip'), port('localport')],
    result: 'handle',
    handle: 'udp-server',
    errors: ['RepyArgumentError', 'ResourceForbiddenError', 'ResourceExhaustedError', ...bindErrors],
    costs: [{ resource: 'insockets', amount: 'one while open', when: 'on success' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 17,
    name: 'udp-server.getmessage',
    internalName: 'getmessage',
    arguments: [udpServer],
    result: 'datagram',
    errors: ['SocketClosedLocal', 'SocketWouldBlockError'],
    costs: [received('message bytes + 64', 'on success')],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 18,
    name: 'udp-server.close',
    internalName: 'close',
    arguments: [udpServer],
    result: 'bool',
    errors: [],
    costs: [],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 19,
    name: 'openconnection',
    internalName: 'openconnection',
    arguments: [
      ip('destip'),
      port('destport'),
      ip('localip'),
      port('localport'),
      { name: 'timeout', shape: { kind: 'number', min: 0 } },
    ],
    result: 'handle',
    handle: 'socket',
    errors: [
      'RepyArgumentError',
      'ResourceForbiddenError',
      'ResourceExhaustedError',
      ...bindErrors,
      'ConnectionRefusedError',
      'TimeoutError',
      'InternetConnectivityError',
    ],
    costs: [
      sent(128, 'on success'),
      received(64, 'on success'),
      { resource: 'outsockets', amount: 'one while open', when: 'on success' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 20,
    name: 'listenforconnection',
    internalName: 'listenforconnection',
    arguments: [ip('localip'), port('localport')],
    result: 'handle',
    handle: 'tcp-server',
    errors: ['RepyArgumentError', 'ResourceForbiddenError', 'ResourceExhaustedError', ...bindErrors],
    costs: [{ resource: 'insockets', amount: 'one while open', when: 'on success' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 21,
    name: 'tcp-server.getconnection',
    internalName: 'getconnection',
    arguments: [tcpServer],
    result: 'connection',
    handle: 'socket',
    errors: ['SocketClosedLocal', 'ResourceExhaustedError', 'SocketWouldBlockError', 'TCPServerSocketInvalidError'],
    costs: [
      received(128, 'on success'),
      sent(64, 'on success'),
      { resource: 'outsockets', amount: 'one while open', when: 'on success' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 22,
    name: 'tcp-server.close',
    internalName: 'close',
    arguments: [tcpServer],
    result: 'bool',
    errors: [],
    costs: [],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 23,
    name: 'socket.send',
    internalName: 'send',
    arguments: [socket, { name: 'message', shape: { kind: 'bytes' } }],
    result: 'int',
    errors: ['RepyArgumentError', 'SocketClosedLocal', 'SocketClosedRemote', 'SocketWouldBlockError'],
    costs: [sent('message bytes + 64', 'on success'), received(64, 'on success')],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 24,
    name: 'socket.recv',
    internalName: 'recv',
    arguments: [socket, { name: 'bytes', shape: { kind: 'int', min: 1 } }],
    result: 'bytes',
    errors: ['RepyArgumentError', 'SocketClosedLocal', 'SocketClosedRemote', 'SocketWouldBlockError'],
    costs: [received('message bytes + 64', 'on success'), sent(64, 'on success')],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 25,
    name: 'socket.close',
    internalName: 'close',
    arguments: [socket],
    result: 'bool',
    errors: [],
    costs: [received(64, 'on success'), sent(128, 'on success')],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 26,
    name: 'createlock',
    internalName: 'createlock',
    arguments: [],
    result: 'handle',
    handle: 'lock',
    errors: [],
    costs: [],
    served: 'child',
    waits: false,
  },
  {
    number: 27,
    name: 'lock.acquire',
    internalName: 'acquire',
    arguments: [lock, { name: 'blocking', shape: { kind: 'bool' } }],
    result: 'bool',
    errors: ['RepyArgumentError'],
    costs: [],
    served: 'child',
    waits: true,
  },
  {
    number: 28,
    name: 'lock.release',
    internalName: 'release',
    arguments: [lock],
    result: 'none',
    errors: ['LockDoubleReleaseError'],
    costs: [],
    served: 'child',
    waits: false,
  },
  {
    number: 29,
    name: 'createthread',
    internalName: 'createthread',
    arguments: [{ name: 'function', shape: { kind: 'local' } }],
    result: 'none',
    errors: ['RepyArgumentError', 'ResourceExhaustedError'],
    costs: [{ resource: 'events', amount: 'one while open', when: 'on success' }],
    served: 'child',
    waits: false,
  },
  {
    number: 30,
    name: 'getthreadname',
    internalName: 'getthreadname',
    only: 'python',
    arguments: [],
    result: 'bytes',
    errors: [],
    costs: [],
    served: 'child',
    waits: false,
  },
  {
    number: 31,
    name: 'getlasterror',
    internalName: 'getlasterror',
    only: 'python',
    arguments: [],
    result: 'local',
    errors: [],
    costs: [],
    served: 'child',
    waits: false,
  },
  {
    number: 32,
    name: 'createvirtualnamespace',
    internalName: 'createvirtualnamespace',
    arguments: [
      { name: 'code', shape: { kind: 'bytes' } },
      { name: 'name', shape: { kind: 'bytes' } },
    ],
    result: 'handle',
    handle: 'namespace',
    errors: ['RepyArgumentError', 'CodeUnsafeError'],
    costs: [],
    served: 'child',
    waits: false,
  },
  {
    number: 33,
    name: 'namespace.evaluate',
    internalName: 'evaluate',
    arguments: [namespace, { name: 'context', shape: { kind: 'local' } }],
    result: 'local',
    errors: ['RepyArgumentError', 'ContextUnsafeError'],
    costs: [],
    served: 'child',
    waits: true,
  },
] as const satisfies readonly ApiCall[];

export type ApiName = (typeof apiCalls)[number]['name'];

const byNumber = new Map<number, ApiCall>(apiCalls.map((call) => [call.number, call]));
const byName = new Map<string, ApiCall>(apiCalls.map((call) => [call.name, call]));

/** The call with this wire number, if there is one that the supervisor serves. */
export function supervisorCall(number: number): ApiCall | undefined {
  const call = byNumber.get(number);
  return call?.served === 'supervisor' ? call : undefined;
}

export function apiCall(name: ApiName): ApiCall {
  const call = byName.get(name);
  if (call === undefined) throw new Error(`the API table has no call ${name}`);
  return call;
}
