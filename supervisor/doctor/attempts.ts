import type { Verdict } from '../../seccomp/policy.js';
import { FilterSimulator } from '../../seccomp/simulate.js';
import { type Architecture, errnos, type SyscallName, syscalls } from '../../seccomp/syscalls.js';

/** A system call that code in a child could make, and what for. If nothing stopped it, it would do no harm: its other arguments are void. */
export interface Attempt {
  readonly want: string;
  readonly name: SyscallName;
  readonly args: readonly (number | string)[];
}

const attempt = (want: string, name: SyscallName, ...args: (number | string)[]): Attempt => ({ want, name, args });

const AT_FDCWD = -100;
const MAP_SHARED_ANONYMOUS = 0x21;
const MAP_PRIVATE_ANONYMOUS = 0x22;
const RW = 3;
const RWX = 7;
const CLONE_THREAD = 0x10000;
const CLONE_NEWUSER = 0x10000000;
const PTRACE_ATTACH = 16;
const MADV_MERGEABLE = 12;
const PR_SET_NO_NEW_PRIVS = 38;
/** Another process's CPU clock. */
const foreignClock = ~1 * 8 + 2;

export const attempts: readonly Attempt[] = [
  attempt('open a file', 'openat', AT_FDCWD, '/etc/passwd', 0),
  attempt('look for a file', 'newfstatat', AT_FDCWD, '/', 0, 0),
  attempt('read another descriptor', 'read', 0, 0, 0),
  attempt('write to another descriptor', 'write', 2, 0, 0),
  attempt('open a socket', 'socket', 2, 1, 0),
  attempt('connect', 'connect', 3, 0, 0),
  attempt('receive descriptors', 'recvmsg', 3, 0, 0),
  attempt('control a device', 'ioctl', 3, 0, 0),
  attempt('duplicate its descriptor', 'dup', 3),
  attempt('close its descriptor', 'close', 3),
  attempt('fork', 'clone3', 0, 0),
  attempt('make a thread', 'clone', CLONE_THREAD, 0, 0, 0, 0),
  attempt('run a program', 'execve', 0, 0, 0),
  attempt('signal a process', 'kill', 1, 0),
  attempt('signal a thread', 'tgkill', 1, 1, 0),
  attempt('handle a signal', 'rt_sigaction', 11, 0, 0, 8),
  attempt('trace a process', 'ptrace', PTRACE_ATTACH, 1, 0, 0),
  attempt("read another process's memory", 'process_vm_readv', 1, 0, 0, 0, 0, 0),
  attempt("read another process's clock", 'clock_gettime', foreignClock, 0),
  attempt('become root', 'setuid', 0),
  attempt('make a namespace', 'unshare', CLONE_NEWUSER),
  attempt('mount', 'mount', 0, 0, 0, 0, 0),
  attempt('change its own lock', 'prctl', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
  attempt('add a filter', 'seccomp', 1, 0, 0),
  attempt('share memory', 'mmap', 0, 4096, RW, MAP_SHARED_ANONYMOUS, -1, 0),
  attempt('merge its pages with others', 'madvise', 0, 0, MADV_MERGEABLE),
  attempt('make a file in memory', 'memfd_create', '', 0),
  attempt('load a program into the kernel', 'bpf', 0, 0, 0),
  attempt('handle page faults', 'userfaultfd', 0),
  attempt('share a queue with the kernel', 'io_uring_setup', 0, 0),
  attempt('make writable and executable memory', 'mmap', 0, 4096, RWX, MAP_PRIVATE_ANONYMOUS, -1, 0),
];

/** What became of a call: its result, an errno negated, or the signal that ended the child. */
export type Fate = number | string;

/** What stands between us and the hardware, a sandbox around this one, may refuse a call before our filter is asked. */
const unknownCall = -38;

/** Whether the call went as the policy says. */
export function isAsTold(verdict: Verdict, fate: Fate): boolean {
  if (verdict === 'kill') return fate === 'SIGSYS' || fate === unknownCall;
  if (verdict === 'allow') return typeof fate === 'number' && fate >= 0;
  return fate === -errnos[verdict];
}

/** The attempts that exist on this processor, each with what the compiled filter answers. */
export function foretell(
  filter: Uint8Array,
  architecture: Architecture,
): { readonly attempt: Attempt; readonly number: number; readonly verdict: Verdict }[] {
  const simulator = new FilterSimulator(filter);
  return attempts.flatMap((attempt) => {
    const number = syscalls[attempt.name][architecture];
    if (number === null) return [];
    // The address of a string: anywhere.
    const args = attempt.args.map((arg) => (typeof arg === 'string' ? 4096 : arg));
    return [{ attempt, number, verdict: simulator.run({ architecture, number, arguments: args }) }];
  });
}
