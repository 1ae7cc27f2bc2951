/**
 * What a locked child may ask of the kernel. Data only: `compile.ts` turns it into BPF, `simulate.ts` runs that in tests.
 *
 * A child reads and writes descriptor 3, waits for it, manages its own private memory and exits. Whatever is not named
 * here ends the process. A call is answered with an errno instead where libc, V8 or ICU make it on behalf of
 * harmless guest code and cope with the refusal; the kernel then does nothing.
 *
 * Each case is needed: a test runs guests that do all that guests do and looks which cases decide. One that none of them reaches says
 * in `unseen` why it is there all the same.
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
  /** Why it is there though no guest of the tests reaches it. */
  readonly unseen?: string;
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
const FUTEX = { WAKE: 1, WAKE_BITSET: 10, PRIVATE: 128 };
const RLIMIT = { DATA: 2, RSS: 5 };
const CLOCK_TAI = 11;

const allow = (why: string, unseen?: string): readonly SyscallCase[] => [one('allow', why, unseen)];
const refuse = (verdict: Verdict, why: string, unseen?: string): readonly SyscallCase[] => [one(verdict, why, unseen)];

function one(verdict: Verdict, why: string, unseen?: string): SyscallCase {
  return unseen === undefined ? { verdict, why } : { verdict, why, unseen };
}

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

const warmed = 'the zygote has asked already: a guest that makes a library ask anew is refused, not killed';
const vdsoAnswers = 'where the tests run, the vdso answers; on hosts with other clocks it asks the kernel';
const ownAbort =
  "libc's own abort() at a heap that is corrupted: without it, that end would be told as a forbidden call";
const keysUnused = 'for processors whose protection keys V8 uses: where the tests run it does not';

/** For the engine with its compilers: pages may be writable and executable. */
export const jitPolicy: Policy = {
  name: 'jit',
  otherwise: 'kill',
  rules: {
    read: [
      { when: [{ argument: 0, is: [channelDescriptor] }], verdict: 'allow', why: 'answers arrive on the channel' },
    ],
    write: [
      { when: [{ argument: 0, is: [channelDescriptor] }], verdict: 'allow', why: 'requests leave by the channel' },
      { verdict: 'EAGAIN', why: "V8 posts tasks to Node's loop by an eventfd; on any other errno libuv aborts" },
    ],
    ppoll: [
      {
        when: [
          { argument: 1, atMost: 1 },
          { argument: 3, is: [0] },
        ],
        verdict: 'allow',
        why: 'the child waits for its channel; no change of the signal mask, and more entries would only make the kernel allocate',
      },
    ],
    mmap: [{ when: [anyRights(2), privateAnonymous], verdict: 'allow', why: 'heap, stacks and compiled code' }],
    mprotect: [{ when: [anyRights(2)], verdict: 'allow', why: 'V8 commits heap pages and publishes compiled code' }],
    pkey_mprotect: [
      { when: [anyRights(2)], verdict: 'allow', why: 'mprotect for pages with protection keys', unseen: keysUnused },
    ],
    munmap: allow('gives memory back'),
    brk: allow("malloc's main arena"),
    mremap: refuse(
      'ENOMEM',
      'realloc() then copies instead; the call has a record of kernel bugs',
      'no guest makes libc grow a block that has a mapping of its own',
    ),
    madvise: [
      {
        when: [{ argument: 2, is: Object.values(MADV) }],
        verdict: 'allow',
        why: 'V8 and malloc give pages back and set properties of their own mappings; page merging would tell of neighbours',
      },
    ],
    futex: [
      {
        when: [{ argument: 1, is: [FUTEX.WAKE, FUTEX.WAKE_BITSET], ignoring: FUTEX.PRIVATE }],
        verdict: 'allow',
        why: 'libc lets go of a lock that threads of the zygote waited for, seen when an engine gives up; nobody is there to be waited for',
      },
    ],
    clock_gettime: [
      {
        when: [{ argument: 0, atMost: CLOCK_TAI }],
        verdict: 'allow',
        why: "the clocks of the system and of the child, whose processor time measures the turns of Python's threads; negative ids name other processes' clocks",
      },
    ],
    gettimeofday: allow('the time of day', vdsoAnswers),
    time: allow('the time of day', vdsoAnswers),
    getpid: allow('OpenSSL notices a fork by it'),
    gettid: allow('part of abort()', ownAbort),
    rt_sigprocmask: allow('part of abort()'),
    exit_group: allow('ends the process'),
    tgkill: refuse('EPERM', 'no signal to anybody; abort() then ends the process by a faulting instruction', ownAbort),
    rt_sigaction: refuse(
      'EPERM',
      'at a memory fault the engine gives its handlers up; they stay as the zygote set them',
    ),
    openat: refuse('ENOENT', 'ICU looks for time zones, absl for the number of CPUs, Node for /proc/self/stat', warmed),
    newfstatat: refuse('ENOENT', 'probes as above', warmed),
    readlink: refuse('ENOENT', 'ICU resolves /etc/localtime', warmed),
    readlinkat: refuse('ENOENT', 'readlink() on arm64', warmed),
    sched_getaffinity: refuse('EPERM', 'the number of CPUs, asked once by absl; one is assumed', warmed),
    prlimit64: [
      {
        when: [
          { argument: 0, is: [0] },
          { argument: 1, is: [RLIMIT.DATA, RLIMIT.RSS] },
          { argument: 2, is: [0] },
        ],
        verdict: 'allow',
        why: "reads its own limits, by which it learns of new ones for V8's heap; it sets none, and reads nobody else's",
      },
    ],
  },
};

/** The same policy with some system calls' rules replaced. */
export function vary(base: Policy, name: string, rules: SyscallRules): Policy {
  return { ...base, name, rules: { ...base.rules, ...rules } };
}

/** For an engine that runs without compiling (--jitless): no page ever becomes executable. */
export const hardenedPolicy: Policy = vary(jitPolicy, 'hardened', {
  mmap: [
    { when: [dataRights(2), privateAnonymous], verdict: 'allow', why: 'heap and stacks; no page with code in it' },
  ],
  mprotect: [{ when: [dataRights(2)], verdict: 'allow', why: 'V8 commits heap pages; none becomes code' }],
  pkey_mprotect: [
    { when: [dataRights(2)], verdict: 'allow', why: 'mprotect for pages with protection keys', unseen: keysUnused },
  ],
});

export const policies: readonly Policy[] = [jitPolicy, hardenedPolicy];
