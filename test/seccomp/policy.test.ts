import t from 'tap';
import { compilePolicy } from '../../seccomp/compile.js';
import { hardenedPolicy, jitPolicy, type Policy, policies, type Verdict } from '../../seccomp/policy.js';
import { FilterSimulator } from '../../seccomp/simulate.js';
import { type Architecture, type SyscallName, syscalls } from '../../seccomp/syscalls.js';

type Row = readonly [name: SyscallName, args: readonly (bigint | number)[], verdict: Verdict, note?: string];

const high = 1n << 32n;
const R = 1;
const RW = 3;
const RWX = 7;
const privateAnonymous = 0x22;

/** What both policies have in common. */
const common: readonly Row[] = [
  ['read', [3, 0, 10], 'allow'],
  ['read', [0], 'kill'],
  ['read', [4], 'kill'],
  ['read', [-1], 'kill'],
  ['read', [high | 3n], 'allow', 'the kernel takes a descriptor from the low half'],
  ['write', [3, 0, 10], 'allow'],
  ['write', [1], 'EAGAIN'],
  ['write', [2], 'EAGAIN'],
  ['ppoll', [0, 0, 5], 'allow', 'a plain wait'],
  ['ppoll', [0x7000, 1, 0, 0, 8], 'allow'],
  ['ppoll', [0x7000, 2, 0, 0, 8], 'kill'],
  ['ppoll', [0x7000, 1, 0, 0x7000, 8], 'kill', 'a signal mask'],
  ['ppoll', [0x7000, 1, 0, high, 8], 'kill', 'a signal mask above 4 GiB'],
  ['mmap', [0, 4096, 0, privateAnonymous, -1, 0], 'allow'],
  ['mmap', [0, 4096, RW, privateAnonymous | 0x4010, -1, 0], 'allow', 'fixed, without reserve'],
  ['mmap', [0, 4096, RW, 0x2, 3, 0], 'kill', 'a file'],
  ['mmap', [0, 4096, RW, 0x21, -1, 0], 'kill', 'shared'],
  ['mmap', [0, 4096, RW, 0x23, -1, 0], 'kill', 'shared, validated'],
  ['mmap', [0, 4096, RW, privateAnonymous | 0x40000, -1, 0], 'kill', 'huge pages'],
  ['mmap', [0, 4096, RW, privateAnonymous | 0x2000, -1, 0], 'kill', 'locked'],
  ['mmap', [0, 4096, RW, BigInt(privateAnonymous) | high, -1, 0], 'kill', 'unknown flags'],
  ['mprotect', [0x7000, 4096, 0], 'allow'],
  ['mprotect', [0x7000, 4096, RW], 'allow'],
  ['pkey_mprotect', [0x7000, 4096, R, 1], 'allow'],
  ['munmap', [0x7000, 4096], 'allow'],
  ['brk', [0], 'allow'],
  ['mremap', [0x7000, 4096, 8192, 1, 0], 'ENOMEM'],
  ...[0, 4, 8, 10, 11, 14, 15, 16].map((advice): Row => ['madvise', [0x7000, 4096, advice], 'allow']),
  ['madvise', [0x7000, 4096, 12], 'kill', 'page merging'],
  ['madvise', [0x7000, 4096, 100], 'kill', 'poisoning'],
  ...[1, 10, 129, 128 + 10].map((operation): Row => ['futex', [0x7000, operation], 'allow']),
  ...[0, 9, 128, 128 + 9 + 256].map((operation): Row => ['futex', [0x7000, operation], 'kill', 'a wait for nobody']),
  ['futex', [0x7000, 4], 'kill', 'requeue'],
  ['futex', [0x7000, 128 + 6], 'kill', 'priority inheritance'],
  ['futex', [0x7000, 11], 'kill', 'requeue with priority inheritance'],
  ['clock_gettime', [1, 0x7000], 'allow'],
  ['clock_gettime', [11, 0x7000], 'allow'],
  ['clock_gettime', [12, 0x7000], 'kill'],
  ['clock_gettime', [-6, 0x7000], 'kill', "process 0's CPU clock"],
  ['clock_gettime', [~1234 * 8 + 2, 0x7000], 'kill', "another process's CPU clock"],
  ...(['gettimeofday', 'time', 'getpid', 'gettid', 'rt_sigprocmask', 'exit_group'] as const).map(
    (name): Row => [name, [0], 'allow'],
  ),
  ['tgkill', [1, 1, 6], 'EPERM'],
  ['rt_sigaction', [11, 0x7000, 0, 8], 'EPERM'],
  ['sched_getaffinity', [0, 128, 0x7000], 'EPERM'],
  ...(['openat', 'newfstatat', 'readlink', 'readlinkat'] as const).map((name): Row => [name, [], 'ENOENT']),
  ['prlimit64', [0, 2, 0, 0x7000], 'allow', 'reads its own limit of data'],
  ['prlimit64', [0, 5, 0, 0x7000], 'allow', "reads its own limit of V8's heap"],
  ['prlimit64', [0, 2, 0x7000, 0], 'kill', 'sets a limit'],
  ['prlimit64', [0, 2, high, 0], 'kill', 'sets a limit'],
  ['prlimit64', [0, 7, 0, 0x7000], 'kill', 'another limit'],
  ['prlimit64', [1, 2, 0, 0x7000], 'kill', "another process's"],
  ['prctl', [0x53564d41, 0], 'kill', 'names a mapping'],
  ['prctl', [38, 1], 'kill', 'no_new_privs'],
  ['prctl', [22, 2], 'kill', 'seccomp'],
  ...(
    [
      ['open', 'close', 'ioctl', 'dup', 'fcntl', 'socket', 'connect', 'sendmsg', 'recvmsg', 'clone', 'clone3', 'fork'],
      ['vfork', 'execve', 'execveat', 'kill', 'ptrace', 'setuid', 'mount', 'unshare', 'process_vm_readv', 'seccomp'],
      ['poll', 'getrandom', 'rt_sigreturn', 'restart_syscall', 'sched_yield', 'exit'],
      ['memfd_create', 'bpf', 'userfaultfd', 'io_uring_setup', 'pidfd_open'],
      // What one process does to another of its uid.
      [
        'tkill',
        'rt_sigqueueinfo',
        'rt_tgsigqueueinfo',
        'process_vm_writev',

        'pidfd_send_signal',
        'pidfd_getfd',
      ],
      ['process_madvise', 'kcmp', 'sched_setaffinity', 'sched_setscheduler', 'sched_setattr', 'setpriority'],
      ['setpgid', 'ioprio_set', 'move_pages', 'migrate_pages', 'get_robust_list', 'perf_event_open', 'keyctl', 'setns'],
    ] as const
  )
    .flat()
    .map((name): Row => [name, [3], 'kill']),
];

const codePages: readonly Row[] = [
  ['mmap', [0, 4096, RWX, privateAnonymous, -1, 0], 'allow'],
  ['mmap', [0, 4096, 0x15, privateAnonymous, -1, 0], 'allow', 'branch targets on arm64'],
  ['mmap', [0, 4096, 0x1000000 | R, privateAnonymous, -1, 0], 'kill', 'unknown rights'],
  ['mmap', [0, 4096, high | 3n, privateAnonymous, -1, 0], 'kill', 'unknown rights'],
  ['mmap', [0, 4096, 5, 0x2, 3, 0], 'kill', 'code from a file'],
  ['mprotect', [0x7000, 4096, RWX], 'allow'],
  ['mprotect', [0x7000, 4096, 8], 'kill', 'unknown rights'],
  ['mprotect', [0x7000, 4096, high], 'kill', 'unknown rights'],
  ['pkey_mprotect', [0x7000, 4096, RWX, 1], 'allow'],
  ['pkey_mprotect', [0x7000, 4096, 0x1000000, 1], 'kill', 'grows down'],
  ['pkey_mprotect', [0x7000, 4096, high, 1], 'kill', 'unknown rights'],
];

const noCodePages: readonly Row[] = [
  ['mmap', [0, 4096, RWX, privateAnonymous, -1, 0], 'kill'],
  ['mmap', [0, 4096, 4, privateAnonymous, -1, 0], 'kill'],
  ['mmap', [0, 4096, 4, 0x2, 3, 0], 'kill'],
  ['mmap', [0, 4096, high, privateAnonymous, -1, 0], 'kill'],
  ['mprotect', [0x7000, 4096, 5], 'kill'],
  ['mprotect', [0x7000, 4096, high | 3n], 'kill'],
  ['pkey_mprotect', [0x7000, 4096, 4, -1], 'kill'],
  ['pkey_mprotect', [0x7000, 4096, high, -1], 'kill'],
];

const tables = new Map<Policy, readonly Row[]>([
  [jitPolicy, [...common, ...codePages]],
  [hardenedPolicy, [...common, ...noCodePages]],
]);

const otherArchitecture = { x64: 'arm64', arm64: 'x64' } as const;

for (const policy of policies) {
  for (const architecture of ['x64', 'arm64'] satisfies Architecture[]) {
    t.test(`${policy.name} on ${architecture}: every rule, and every branch of the filter`, (t) => {
      const rows = tables.get(policy)!;
      const simulator = new FilterSimulator(compilePolicy(policy, architecture));
      const tested = new Set<string>();
      for (const [name, args, verdict, note] of rows) {
        tested.add(name);
        const number = syscalls[name][architecture];
        if (number === null) continue;
        const got = simulator.run({ architecture, number, arguments: args });
        t.equal(got, verdict, `${name}(${args.join(', ')}): ${verdict}${note ? ` (${note})` : ''}`);
      }
      for (const name of Object.keys(policy.rules)) t.ok(tested.has(name), `the table has ${name}`);

      t.equal(
        simulator.run({ architecture: otherArchitecture[architecture], number: 0 }),
        'kill',
        'other architecture',
      );
      t.equal(simulator.run({ architecture: 0x40000003, number: 4 }), 'kill', '32-bit call');
      for (const number of unnamedNumbers(policy, architecture)) {
        const got = simulator.run({ architecture, number, arguments: [3] });
        if (got !== 'kill') t.fail(`call ${number}, which no rule names: ${got}`);
      }
      t.same(simulator.unused(), [], 'every instruction and both ways of every branch were used');
      t.end();
    });
  }
}

/** Every number up to 600 without a rule, the same with the x32 bit, and the outermost ones. */
function unnamedNumbers(policy: Policy, architecture: Architecture): number[] {
  const named = new Set(Object.keys(policy.rules).map((name) => syscalls[name as SyscallName][architecture]));
  const unnamed = Array.from({ length: 600 }, (_, number) => number).filter((number) => !named.has(number));
  const x32 = Array.from({ length: 600 }, (_, number) => number + 0x40000000);
  return [...unnamed, ...x32, -1, 0x7fffffff, -0x80000000];
}

t.test('a rule says why, and names its verdict for every case', (t) => {
  for (const policy of policies) {
    for (const [name, cases] of Object.entries(policy.rules)) {
      t.ok(cases.length > 0, `${policy.name}: ${name} has a case`);
      for (const { why } of cases) t.ok(why.length > 5, `${policy.name}: ${name} says why`);
      t.ok(
        cases.slice(0, -1).every(({ when }) => when !== undefined),
        `${policy.name}: no case of ${name} hides a later one`,
      );
    }
    t.equal(policy.otherwise, 'kill');
  }
  t.end();
});
