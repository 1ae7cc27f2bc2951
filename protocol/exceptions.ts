/**
 * RepyV2's exception hierarchy, as data: each exception and its parent.
 * Source: RepyV2's exception_hierarchy.py. Guests of every language see these names; `exported` ones are built-in names.
 */
export interface RepyExceptionEntry {
  readonly parent: string;
  /** Whether a guest can name it (RepyV2 keeps a few for itself). */
  readonly exported: boolean;
}

const exported = (parent: string): RepyExceptionEntry => ({ parent, exported: true });
const internal = (parent: string): RepyExceptionEntry => ({ parent, exported: false });

export const repyExceptions = {
  RepyException: exported('Exception'),
  RepyArgumentError: exported('RepyException'),
  TimeoutError: exported('RepyException'),
  CodeUnsafeError: exported('RepyException'),
  ContextUnsafeError: exported('RepyException'),
  ResourceUsageError: exported('RepyException'),
  ResourceExhaustedError: exported('ResourceUsageError'),
  ResourceForbiddenError: exported('ResourceUsageError'),
  FileError: exported('RepyException'),
  FileNotFoundError: exported('FileError'),
  FileInUseError: exported('FileError'),
  SeekPastEndOfFileError: exported('FileError'),
  FileClosedError: exported('FileError'),
  LockDoubleReleaseError: exported('RepyException'),
  SafeException: internal('RepyException'),
  CheckNodeException: internal('SafeException'),
  CheckStrException: internal('SafeException'),
  RunBuiltinException: internal('SafeException'),
  NetworkError: exported('RepyException'),
  NetworkAddressError: exported('NetworkError'),
  AlreadyListeningError: exported('NetworkError'),
  DuplicateTupleError: exported('NetworkError'),
  CleanupInProgressError: exported('NetworkError'),
  InternetConnectivityError: exported('NetworkError'),
  AddressBindingError: exported('NetworkError'),
  ConnectionRefusedError: exported('NetworkError'),
  LocalIPChanged: exported('NetworkError'),
  SocketClosedLocal: exported('NetworkError'),
  SocketClosedRemote: exported('NetworkError'),
  SocketWouldBlockError: exported('NetworkError'),
  TCPServerSocketInvalidError: exported('NetworkError'),
  InternalRepyError: internal('Exception'),
} as const satisfies Record<string, RepyExceptionEntry>;

export type RepyExceptionName = keyof typeof repyExceptions;

/** Whether `name` is one of the exceptions above; used on names that arrive from the other side of the channel. */
export function isRepyExceptionName(name: string): name is RepyExceptionName {
  return Object.hasOwn(repyExceptions, name);
}

/** The names from `name` up to, not including, Python's `Exception`. */
export function repyExceptionAncestry(name: RepyExceptionName): RepyExceptionName[] {
  const ancestry: RepyExceptionName[] = [];
  for (let at: string = name; isRepyExceptionName(at); at = repyExceptions[at].parent) ancestry.push(at);
  return ancestry;
}

/** An `Error` but for its stack, which would cost more to capture than most calls cost. */
class Stackless {}
Object.setPrototypeOf(Stackless.prototype, Error.prototype);

/**
 * An exception that a Repy API call ends with. Thrown by the broker and the nanny, sent as (name, message), rebuilt in the guest. Programs
 * cause them by the thousand (`SocketWouldBlockError`), and where they were made is of no use: they have no stack.
 */
export class RepyError extends (Stackless as unknown as new () => Error) {
  // Fields of its own: those of a hardened Error.prototype can't be assigned to.
  override readonly name: string;
  override readonly message: string;

  constructor(
    readonly repyName: RepyExceptionName,
    message: string,
  ) {
    super();
    this.name = repyName;
    this.message = message;
  }
}
