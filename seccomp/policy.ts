/**
 * What a locked child may ask of the kernel. Data only: `compile.ts` turns it into BPF, `simulate.ts` runs that in tests.
 *
 * A child reads and writes descriptor 3, waits for it, manages its own private memory and exits. Whatever is not named
 * here ends the process. A call is answered with an errno instead where libc, V8, ICU or OpenSSL make it on behalf of
 * harmless guest code and cope with the refusal; the kernel then does nothing.
 */
import type { ErrnoName, SyscallName } from './syscalls.js';

export type Verdict = 'allow' | 'kill' | ErrnoName;

/**
 * A condition on one argument, unsigned. Parameters that the kernel takes as `long` must also have an empty upper half.
 * `is`: one of these values, after the bits of `ignoring` were cleared. `atMost`: this value or less.
 */
export type ArgumentTest =
  | { readonly argument: number; readonly is: readonly number[]; readonly ignoring?: number }
  | { readonly argument: number; readonly atMost: number };

/** Holds if all tests of `when` hold; without `when`, always. */
export interface SyscallCase {
  readonly when?: readonly ArgumentTest[];
  readonly verdict: Verdict;
  readonly why: string;
}

/** The first case that holds decides; if none does, the policy's default. */
export type SyscallRules = { readonly [name in SyscallName]?: readonly SyscallCase[] };

export interface Policy {
  readonly name: string;
  readonly otherwise: Verdict;
  readonly rules: SyscallRules;
}

/** The child's only descriptor: its channel to the supervisor. */
export const channelDescriptor = 3;

const PROT = { READ: 1, WRITE: 2, EXEC: 4, BTI: 0x10 };
const MAP = { PRIVATE: 2, FIXED: 0x10, ANONYMOUS: 0x20, NORESERVE: 0x4000, STACK: 0x20000, FIXED_NOREPLACE: 0x100000 };
const MADV = { NORMAL: 0, DONTNEED: 4, FREE: 8, DONTFORK: 10, DOFORK: 11, HUGEPAGE: 14, NOHUGEPAGE: 15, DONTDUMP: 16 };
const FUTEX = { WAIT: 0, WAKE: 1, WAIT_BITSET: 9, WAKE_BITSET: 10, PRIVATE: 128, CLOCK_REALTIME: 256 };
const RLIMIT = { DATA: 2, RSS: 5 };
const CLOCK_TAI = 11;
const PR_SET_VMA = 0x53564d41;

const allow = (why: string): readonly SyscallCase[] => [{ verdict: 'allow', why }];
const refuse = (verdict: Verdict, why: string): readonly SyscallCase[] => [{ verdict, why }];

/** Page rights that the JIT needs; BTI marks branch targets of compiled code on arm64 and means nothing elsewhere. */
const anyRights = (argument: number): ArgumentTest => ({
  argument,
  is: [0],
  ignoring: PROT.READ | PROT.WRITE | PROT.EXEC | PROT.BTI,
});
const dataRights = (argument: number): ArgumentTest => ({ argument, is: [0], ignoring: PROT.READ | PROT.WRITE });

/** No file, no shared memory, no huge or locked pages: the last two are not charged to the memory cgroup, or escape swap limits. */
const privateAnonymous: ArgumentTest = {
  argument: 3,
  is: [MAP.PRIVATE | MAP.ANONYMOUS],
  ignoring: MAP.FIXED | MAP.NORESERVE | MAP.STACK | MAP.FIXED_NOREPLACE,
};

/** For the engine with its compilers: pages may be writable and executable. */
export const jitPolicy: Policy = {
  name: 'jit',
  otherwise: 'kill',
  rules: {
    read: [
      { when: [{ argument: 0, is: [channelDescriptor] }], verdict: 'allow', why: 'answers arrive on the channel' },
      { verdict: 'EBADF', why: 'no other descriptor exists; libuv tolerates the error' },
    ],
    write: [
      { when: [{ argument: 0, is: [channelDescriptor] }], verdict: 'allow', why: 'requests leave by the channel' },
      { verdict: 'EAGAIN', why: "V8 posts tasks to Node's loop by an eventfd; on any other errno libuv aborts" },
    ],
    poll: [
      {
        when: [{ argument: 1, atMost: 1 }],
        verdict: 'allow',
        why: 'the child waits for its channel; more entries would only make the kernel allocate',
      },
      { verdict: 'EINVAL', why: 'one descriptor is all there is to wait for' },
    ],
    ppoll: [
      {
        when: [
          { argument: 1, atMost: 1 },
          { argument: 3, is: [0] },
        ],
        verdict: 'allow',
        why: 'poll() on arm64, and with finer timeouts; no change of the signal mask',
      },
      { verdict: 'EINVAL', why: 'one descriptor is all there is to wait for' },
    ],
    mmap: [
      { when: [anyRights(2), privateAnonymous], verdict: 'allow', why: 'heap, stacks and compiled code' },
      { verdict: 'EPERM', why: 'files, shared, locked and huge pages' },
    ],
    mprotect: [
      { when: [anyRights(2)], verdict: 'allow', why: 'V8 commits heap pages and publishes compiled code' },
      { verdict: 'EINVAL', why: 'unknown rights' },
    ],
    pkey_mprotect: [
      {
        when: [anyRights(2)],
        verdict: 'allow',
        why: 'V8 uses it in place of mprotect where the CPU has protection keys',
      },
      { verdict: 'EINVAL', why: 'unknown rights' },
    ],
    munmap: allow('gives memory back'),
    brk: allow("malloc's main arena"),
    mremap: refuse('ENOMEM', 'realloc() then copies instead; the call has a record of kernel bugs'),
    madvise: [
      {
        when: [{ argument: 2, is: Object.values(MADV) }],
        verdict: 'allow',
        why: 'V8 and malloc give pages back and set properties of their own mappings',
      },
      { verdict: 'EINVAL', why: 'page merging, for one, would tell a guest what its neighbours have in memory' },
    ],
    futex: [
      {
        when: [
          {
            argument: 1,
            is: [FUTEX.WAIT, FUTEX.WAKE, FUTEX.WAIT_BITSET, FUTEX.WAKE_BITSET],
            ignoring: FUTEX.PRIVATE | FUTEX.CLOCK_REALTIME,
          },
        ],
        verdict: 'allow',
        why: "locks of libc, absl and V8, Atomics.wait; only this thread's own memory is in reach",
      },
      { verdict: 'ENOSYS', why: 'requeueing and priority inheritance: nothing uses them here, exploits did' },
    ],
    clock_gettime: [
      {
        when: [{ argument: 0, atMost: CLOCK_TAI }],
        verdict: 'allow',
        why: 'the clocks of the system and of the child, where the vdso cannot answer',
      },
      { verdict: 'EINVAL', why: "negative ids name the CPU clocks of other processes: a neighbour's activity" },
    ],
    gettimeofday: allow('the time of day, where the vdso cannot answer'),
    time: allow('the time of day, where the vdso cannot answer'),
    getrandom: allow("OpenSSL's and libc's seeds"),
    getpid: allow('OpenSSL notices a fork by it'),
    gettid: allow('part of abort()'),
    rt_sigprocmask: allow('part of abort()'),
    rt_sigreturn: allow("the way back from V8's handler of WebAssembly traps"),
    restart_syscall: allow('the kernel resumes poll and futex by it after a stop and continue'),
    sched_yield: allow('spinning locks; gives the processor to others'),
    exit: allow('ends the only thread'),
    exit_group: allow('ends the process'),
    tgkill: refuse('EPERM', 'no signal to anybody; abort() then ends the process by a faulting instruction'),
    rt_sigaction: refuse('EPERM', 'part of abort() and of V8 giving up; handlers stay as the zygote set them'),
    openat: refuse('ENOENT', 'ICU looks for time zones, absl for the number of CPUs, Node for /proc/self/stat'),
    newfstatat: refuse('ENOENT', 'probes as above'),
    readlink: refuse('ENOENT', 'ICU resolves /etc/localtime'),
    readlinkat: refuse('ENOENT', 'readlink() on arm64'),
    sched_getaffinity: refuse('EPERM', 'the number of CPUs, asked once by absl; one is assumed'),
    prlimit64: [
      {
        when: [
          { argument: 0, is: [0] },
          { argument: 1, is: [RLIMIT.DATA, RLIMIT.RSS] },
          { argument: 2, is: [0] },
        ],
        verdict: 'allow',
        why: "reads its own limits, by which it learns of new ones for V8's heap",
      },
      { verdict: 'kill', why: "everything else sets limits, or reads others'" },
    ],
    prctl: [
      {
        when: [{ argument: 0, is: [PR_SET_VMA] }],
        verdict: 'EINVAL',
        why: 'V8 names its mappings and ignores failure',
      },
      { verdict: 'kill', why: 'everything else changes what the process may do' },
    ],
  },
};

/** The same policy with some system calls' rules replaced. */
export function vary(base: Policy, name: string, rules: SyscallRules): Policy {
  return { ...base, name, rules: { ...base.rules, ...rules } };
}

const noCode: SyscallCase = {
  verdict: 'kill',
  why: 'without the compilers nothing makes a page executable: an exploit does',
};

/** For an engine that runs without compiling (--jitless): no page ever becomes executable. */
export const hardenedPolicy: Policy = vary(jitPolicy, 'hardened', {
  mmap: [
    { when: [dataRights(2), privateAnonymous], verdict: 'allow', why: 'heap and stacks' },
    { when: [dataRights(2)], verdict: 'EPERM', why: 'files, shared, locked and huge pages' },
    noCode,
  ],
  mprotect: [{ when: [dataRights(2)], verdict: 'allow', why: 'V8 commits heap pages' }, noCode],
  pkey_mprotect: [{ when: [dataRights(2)], verdict: 'allow', why: 'V8 commits heap pages' }, noCode],
});

export const policies: readonly Policy[] = [jitPolicy, hardenedPolicy];
