/** Winsock's errors under the names that the rest of the world has for them. Source: Microsoft, "Windows Sockets Error Codes". */
import { constants } from 'node:os';

type ErrnoName = keyof typeof constants.errno;

const names: Readonly<Record<number, ErrnoName>> = {
  6: 'EBADF',
  8: 'ENOMEM',
  10004: 'EINTR',
  10009: 'EBADF',
  10013: 'EACCES',
  10014: 'EFAULT',
  10022: 'EINVAL',
  10024: 'EMFILE',
  10035: 'EAGAIN',
  10036: 'EINPROGRESS',
  10037: 'EALREADY',
  // To Winsock a number that is no socket's is the same as a descriptor of another kind.
  10038: 'EBADF',
  10040: 'EMSGSIZE',
  10043: 'EPROTONOSUPPORT',
  10047: 'EAFNOSUPPORT',
  10048: 'EADDRINUSE',
  10049: 'EADDRNOTAVAIL',
  10050: 'ENETDOWN',
  10051: 'ENETUNREACH',
  10052: 'ENETRESET',
  10053: 'ECONNABORTED',
  10054: 'ECONNRESET',
  10055: 'ENOBUFS',
  10056: 'EISCONN',
  10057: 'ENOTCONN',
  // Sending after the connection has gone.
  10058: 'EPIPE',
  10060: 'ETIMEDOUT',
  10061: 'ECONNREFUSED',
  10065: 'EHOSTUNREACH',
};

/** The errno, negated. What has no name of its own is EIO, which no caller takes for a program's doing. */
export const negatedErrno = (code: number): number => -constants.errno[names[code] ?? 'EIO'];
