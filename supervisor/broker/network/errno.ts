/** What the operating system says of a socket, in RepyV2's exceptions. Native results below 0 are errnos, negated. */
import { constants } from 'node:os';
import { RepyError } from '../../../protocol/exceptions.js';

const { errno } = constants;

export const wouldBlock = -errno.EAGAIN;
export const inProgress = -errno.EINPROGRESS;

const messages = {
  bind: 'Cannot bind to the specified local ip, invalid!',
  listening: 'There is a listening socket on the provided localip and localport!',
  duplicate: 'There is a duplicate connection which conflicts with the request!',
  cleanup: 'The connection tuple is still being cleaned up by the operating system!',
  refused: 'The connection was refused!',
  timeout: 'Timed-out connecting to the remote host!',
  unreachable: 'The network is unreachable!',
  exhausted: 'The host has no more sockets to give!',
} as const;

/** Peers that are not there; whether they are is only known when the time is over. */
const silent: ReadonlySet<number> = new Set([-errno.EHOSTUNREACH, -errno.ETIMEDOUT]);
const shortage: ReadonlySet<number> = new Set([-errno.EMFILE, -errno.ENFILE, -errno.ENOBUFS, -errno.ENOMEM]);

/** Whether a connection's failure means that nobody has answered. */
export const isSilence = (result: number): boolean => silent.has(result);
export const isUnreachable = (result: number): boolean =>
  result === -errno.ENETUNREACH ||
  result === -errno.ENETDOWN ||
  result === -errno.EINVAL ||
  result === -errno.EPERM ||
  result === -errno.EACCES;
export const isShortage = (result: number): boolean => shortage.has(result);

export const timeoutError = (): RepyError => new RepyError('TimeoutError', messages.timeout);
export const duplicateError = (): RepyError => new RepyError('DuplicateTupleError', messages.duplicate);
export const cleanupError = (): RepyError => new RepyError('CleanupInProgressError', messages.cleanup);
export const listeningError = (): RepyError => new RepyError('AlreadyListeningError', messages.listening);
export const unreachableError = (): RepyError => new RepyError('InternetConnectivityError', messages.unreachable);
export const exhaustedError = (): RepyError => new RepyError('ResourceExhaustedError', messages.exhausted);

/** Why a local address can't be had. An errno that no program can cause is the supervisor's own trouble. */
export function bindError(result: number): Error {
  switch (result) {
    case -errno.EADDRINUSE:
      return listeningError();
    case -errno.EADDRNOTAVAIL:
    case -errno.EAFNOSUPPORT:
    case -errno.EINVAL:
    // A port that the host keeps for itself.
    case -errno.EACCES:
    case -errno.EPERM:
      return new RepyError('AddressBindingError', messages.bind);
  }
  return isShortage(result) ? exhaustedError() : new Error(`bind: unexpected errno ${-result}`);
}

/** Why a connection failed that was neither silence nor a duplicate. The network can answer with any errno it likes. */
export function connectError(result: number): RepyError {
  if (result === -errno.ECONNREFUSED || result === -errno.ECONNRESET) {
    return new RepyError('ConnectionRefusedError', messages.refused);
  }
  return isShortage(result) ? exhaustedError() : unreachableError();
}

/** Whether a listening socket will never accept again. */
export const isLost = (result: number): boolean =>
  result === -errno.EINVAL || result === -errno.EBADF || result === -errno.ENOTSOCK;
export const isUnassignable = (result: number): boolean => result === -errno.EADDRNOTAVAIL;
