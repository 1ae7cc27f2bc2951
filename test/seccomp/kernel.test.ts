/** The compiled filter under the real kernel: what the simulator promises is what happens. */
import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import t from 'tap';
import { compilePolicy } from '../../seccomp/compile.js';
import { hardenedPolicy, jitPolicy, type Policy } from '../../seccomp/policy.js';
import { FilterSimulator } from '../../seccomp/simulate.js';
import { type Architecture, errnos, type SyscallName, syscalls } from '../../seccomp/syscalls.js';

const source = fileURLToPath(new URL('../../../test/fixtures/seccomp/attempt.c', import.meta.url));
const architecture = process.arch as Architecture;

function lackOf(): string | false {
  if (process.platform !== 'linux') return 'no Linux';
  if (architecture !== 'x64' && architecture !== 'arm64') return `no policy for ${process.arch}`;
  return execaSync('cc', ['--version'], { reject: false }).failed && 'no C compiler';
}

/** What the kernel itself answers to an allowed call follows the arrow. */
type Attempt = readonly [
  name: SyscallName,
  args: readonly (number | bigint)[],
  allowed: 'ok' | keyof typeof constants.errno,
];

const attempts: readonly Attempt[] = [
  ['read', [3, 0, 0], 'ok'],
  ['read', [0, 0, 0], 'ok'],
  ['read', [4, 0, 0], 'ok'],
  ['write', [3, 0, 0], 'ok'],
  ['write', [1, 0, 0], 'ok'],
  ['poll', [0, 0, 1], 'ok'],
  ['poll', [0, 2, 1], 'EFAULT'],
  ['ppoll', [0, 1, 0, 0, 8], 'EFAULT'],
  ['ppoll', [0, 2, 0, 0, 8], 'EFAULT'],
  ['mmap', [0, 4096, 3, 0x22, -1, 0], 'ok'],
  ['mmap', [0, 4096, 7, 0x22, -1, 0], 'ok'],
  ['mmap', [0, 4096, 3, 0x21, -1, 0], 'ok'],
  ['mmap', [0, 4096, 3, 0x40022, -1, 0], 'ENOMEM'],
  ['mprotect', [0, 4096, 7], 'ENOMEM'],
  ['mprotect', [0, 4096, 1n << 32n], 'EINVAL'],
  ['munmap', [4096, 4096], 'ok'],
  ['madvise', [0, 0, 4], 'ok'],
  ['madvise', [0, 0, 12], 'ok'],
  ['futex', [0, 128, 0, 0, 0, 0], 'EFAULT'],
  ['futex', [0, 3, 0, 0, 0, 0], 'EFAULT'],
  ['clock_gettime', [1, 0], 'EFAULT'],
  ['clock_gettime', [-14, 0], 'EFAULT'],
  ['getpid', [], 'ok'],
  ['tgkill', [1, 1, 0], 'ok'],
  ['openat', [-100, 0, 0, 0], 'ok'],
  ['prlimit64', [0, 5, 0, 0], 'ok'],
  ['prlimit64', [0, 5, 4096, 0], 'EFAULT'],
  ['prctl', [0x53564d41, 0], 'EINVAL'],
  ['prctl', [38, 1], 'ok'],
  ['mremap', [0, 0, 0, 0, 0], 'ok'],
  ['socket', [1, 1, 0], 'ok'],
  ['execve', [0, 0, 0], 'ok'],
  ['kill', [1, 0], 'ok'],
  ['ptrace', [0, 0, 0, 0], 'ok'],
  ['close', [3], 'ok'],
];

t.test('under the kernel', { skip: lackOf() }, async (t) => {
  const program = join(t.testdir(), 'attempt');
  await execa('cc', ['-O1', '-Wall', '-Werror', '-o', program, source]);

  const run = async (policy: Policy, ...args: string[]) => {
    const filter = join(t.testdirName, policy.name);
    writeFileSync(filter, compilePolicy(policy, architecture));
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
    const result = await execa(program, [filter, ...args], { stdio, reject: false });
    if (result.exitCode !== undefined && result.exitCode >= 90) throw new Error(`attempt failed: ${result.exitCode}`);
    return result.signal ?? String(result.stdio[3]);
  };

  for (const policy of [jitPolicy, hardenedPolicy]) {
    t.test(`${policy.name}: each attempt goes as the simulator says`, async (t) => {
      const simulator = new FilterSimulator(compilePolicy(policy, architecture));
      for (const [name, args, allowed] of attempts) {
        const number = syscalls[name][architecture];
        if (number === null) continue;
        const verdict = simulator.run({ architecture, number, arguments: args });
        const got = await run(
          policy,
          'call',
          `${number}`,
          ...args.map((value) => `${BigInt.asUintN(64, BigInt(value))}`),
        );
        t.equal(got, expected(verdict, allowed), `${name}(${args.join(', ')}): ${verdict}`);
      }
    });
  }

  t.test('what libc makes of it', async (t) => {
    t.equal(await run(jitPolicy, 'realloc'), 'ok', 'realloc() copies where it can not remap');
    t.equal(await run(jitPolicy, 'clock'), 'ok', 'clocks that the vdso does not know');
    t.match(await run(jitPolicy, 'abort'), /^SIG(SEGV|ILL|TRAP|ABRT)$/, 'abort() ends the process');
  });
});

function expected(verdict: string, allowed: Attempt[2]): string {
  if (verdict === 'kill') return 'SIGSYS';
  if (verdict !== 'allow') return `${errnos[verdict as keyof typeof errnos]}`;
  return allowed === 'ok' ? 'ok' : `${constants.errno[allowed]}`;
}
