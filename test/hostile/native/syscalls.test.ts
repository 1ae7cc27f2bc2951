/**
 * Assumes that the engine is owned: native code in a locked child tries every system call there is, and then what an attacker would
 * do with them. Each must go as the simulator of the policy says, and nothing outside may change.
 */
import '../../support/untapped.js';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import t from 'tap';
import { FilterSimulator } from '../../../seccomp/simulate.js';
import { type Architecture, errnos, type SyscallName, syscalls } from '../../../seccomp/syscalls.js';
import { filter, launcherFor } from '../../launch/support.js';
import { buildNative, lack } from './build.js';
import { type Argument, type Fate, OwnedChildren } from './owned.js';

const architecture = process.arch as Architecture;
/** Beyond the last call that kernels of today have. */
const highestNumber = 480;
const AT_FDCWD = -100;
const { EFAULT, EINTR, EINVAL, ENOMEM, ENOSYS, ENXIO } = constants.errno;

/**
 * Fates of a forbidden call. What is between us and the hardware may refuse a call before the filter is asked: ENOSYS. And the kernel
 * asks no filter about the two calls that only its own trampolines for probes may make (335, 336 on x86-64): from elsewhere they fail.
 */
const forbidden = (number: number): readonly Fate[] => [
  'SIGSYS',
  -ENOSYS,
  ...(architecture === 'x64' && [335, 336].includes(number) ? ['SIGILL', -ENXIO] : []),
];

/** What a call that the policy allows answers when all its arguments are 0; or that it ends the child, or is tried elsewhere. */
const allowedAnswers: Partial<Record<SyscallName, readonly Fate[]>> = {
  exit: ['exit 0'],
  exit_group: ['exit 0'],
  rt_sigreturn: ['SIGSEGV'],
};

/** name, arguments; with what an attacker wants by it. */
const attempts: readonly (readonly [want: string, name: SyscallName | number, ...args: Argument[]])[] = [
  ['read a file of the host', 'openat', AT_FDCWD, '/etc/passwd', 0],
  ['read a file of the host by the old call', 2, '/etc/passwd', 0],
  ['create a file', 'openat', AT_FDCWD, '/x', 0o101, 0o777],
  ['read the memory of its zygote', 'openat', AT_FDCWD, '/proc/1/mem', 2],
  ['read from a descriptor that it closed', 'read', 0, '*', 10],
  ['write to standard output', 'write', 1, 'x', 1],
  ['duplicate its channel', 'dup', 3],
  ['duplicate its channel to another number', 33, 3, 1],
  ['pass its channel on', 'sendmsg', 3, '*', 0],
  ['receive a descriptor over the channel', 'recvmsg', 3, '*', 0],
  ['make its channel non-blocking', 'fcntl', 3, 4, 0o4000],
  ['close its channel', 'close', 3],
  ['open a socket', 'socket', 2, 1, 0],
  ['open an abstract socket, which has no file', 'socket', 1, 1, 0],
  ['open a raw socket', 'socket', 17, 3, 768],
  ['talk to the kernel by netlink', 'socket', 16, 3, 0],
  ['make two connected sockets', 53, 1, 1, 0, '*'],
  ['connect its channel elsewhere', 'connect', 3, '*', 16],
  ['signal its zygote', 'kill', -1, 9],
  ['signal process 1', 'kill', 1, 9],
  ['signal a thread of another process', 'tgkill', 1, 1, 9],
  ['queue a signal', 129, 1, 9, '*'],
  ['trace a sibling', 'ptrace', 16, 1, 0, 0],
  ['let itself be traced', 'ptrace', 0, 0, 0, 0],
  ['read memory of another process', 310, 1, '*', 1, '*', 1, 0],
  ['write memory of another process', 311, 1, '*', 1, '*', 1, 0],
  ['open a descriptor for a process', 434, 1, 0],
  ['steal a descriptor of a process', 438, 3, 0, 0],
  ['compare kernel objects', 312, 1, 1, 0, 0, 0],
  ['fork', 57],
  ['fork sharing memory', 58],
  ['make a thread', 'clone', 0x3d0f00, 0, 0, 0, 0],
  ['make a process in new namespaces', 'clone', 0x7e020011, 0, 0, 0, 0],
  ['make a process by the new call', 435, '*', 88],
  ['execute a program', 'execve', '/bin/sh', 0, 0],
  ['execute a program by its descriptor', 322, 3, '', 0, 0, 0x1000],
  ['become root', 'setuid', 0],
  ['become root in all roles', 117, 0, 0, 0],
  ['take capabilities', 126, '*', '*'],
  ['enter a user namespace of its own', 272, 0x10000000],
  ['enter the namespaces of another process', 308, 3, 0],
  ['mount a file system', 'mount', 'x', '/', 'proc', 0, 0],
  ['mount by the new calls', 430, 'proc', 0],
  ['leave its root', 161, '/'],
  ['change its root back', 155, '.', '.'],
  ['load a module', 313, 3, '', 0],
  ['load a BPF program', 321, 5, '*', 128],
  ['use io_uring', 425, 8, '*'],
  ['handle page faults in user space, as exploits do', 323, 1],
  ['watch the hardware counters', 298, '*', 0, -1, -1, 0],
  ['keep secrets in kernel keyrings', 250, 0, 0],
  ['make shared memory', 29, 1, 4096, 0o1777],
  ['make a message queue', 68, 1, 0o1777],
  ['make a file in memory', 319, 'x', 0],
  ['make an eventfd', 290, 0, 0],
  ['make a pipe', 22, '*'],
  ['use an inotify watch', 253],
  ['map shared memory', 'mmap', 0, 4096, 3, 0x21, -1, 0],
  ['map its channel', 'mmap', 0, 4096, 1, 2, 3, 0],
  ['map huge pages', 'mmap', 0, 2097152, 3, 0x40022, -1, 0],
  ['map locked pages', 'mmap', 0, 4096, 3, 0x2022, -1, 0],
  ['merge pages with siblings', 'madvise', '*', 4096, 12],
  ['poison pages', 'madvise', '*', 4096, 100],
  ['lock memory', 149, '*', 4096],
  ['raise its limits', 160, 7, '*'],
  ['raise the limits of another process', 302, 1, 7, '*', 0],
  ['add a filter', 317, 1, 0, '*'],
  ['have its death signal taken away', 'prctl', 1, 0],
  ['make itself readable', 'prctl', 4, 1],
  ['let others trace it', 'prctl', 0x59616d61, -1],
  ['change its name', 'prctl', 15, 'supervisor'],
  ['spend the time of another scheduler', 144, 0, 2, '*'],
  ['run on another processor', 203, 0, 8, '*'],
  ['raise its priority', 141, 0, 0, -20],
  ['set an alarm', 37, 1],
  ['look at the clock of another process', 'clock_gettime', -14, '*'],
  ['set the clock', 227, 0, '*'],
  ['ask for a terminal', 'ioctl', 3, 0x5412, '*'],
  ['read the kernel log', 103, 3, '*', 100],
  ['reboot', 169, 0xfee1dead, 672274793, 0x1234567, 0],
  ['leave its session', 112],
  ['wait for thousands of descriptors', 'poll', '*', 4096, 0],
  ['use futexes that exploits used', 'futex', '*', 6, 0, 0, '*', 0],
  ['change a signal handler', 'rt_sigaction', 31, 0, 0, 8],
  ['grow a mapping in place', 'mremap', '*', 4096, 8192, 1, 0],
];

t.test('a child whose engine is owned', { skip: lack, timeout: 800_000 }, async (t) => {
  const runtime = await buildNative(t.testdir({ canary: 'as it was' }), 'owned.c');
  const owned = new OwnedChildren(launcherFor(t, { runtime }));
  const sibling = new OwnedChildren(launcherFor(t, { runtime }));
  const canary = `${t.testdirName}/canary`;
  const simulator = new FilterSimulator(filter);
  const files = () => readdirSync(t.testdirName).sort();
  const filesBefore = files();
  const siblingPid = (await sibling.child()).pid;
  const getpid = syscalls.getpid[architecture]!;
  const names = new Map(Object.entries(syscalls).map(([name, entry]) => [entry[architecture], name as SyscallName]));

  await t.test('every system call by its number, with arguments of 0', async (t) => {
    const allowed: string[] = [];
    let refused = 0;
    let fatal = 0;
    for (let number = 0; number < highestNumber; number += 1) {
      // With arguments of 0 these wait for ever.
      if (['read', 'ppoll'].includes(names.get(number) ?? '')) continue;
      const verdict = simulator.run({ architecture, number, arguments: [0, 0, 0, 0, 0, 0] });
      const fate = await owned.call(number, 0, 0, 0, 0, 0, 0);
      const name = names.get(number) ?? `${number}`;
      if (verdict === 'kill') {
        fatal += 1;
        if (!forbidden(number).includes(fate)) t.fail(`${name}: ${fate}, where SIGSYS was due`);
      } else if (verdict === 'allow') {
        allowed.push(name);
        const expected = allowedAnswers[name as SyscallName];
        if (expected !== undefined ? !expected.includes(fate) : typeof fate === 'string') t.fail(`${name}: ${fate}`);
      } else {
        refused += 1;
        if (fate !== -errnos[verdict]) t.fail(`${name}: ${fate}, where ${verdict} was due`);
      }
    }
    t.ok(fatal > 400, `${fatal} end the child`);
    t.ok(refused >= 8, `${refused} are refused`);
    t.ok(allowed.length <= 20, `${allowed.length} are served: ${allowed.join(' ')}`);
  });

  await t.test('what an attacker would do', async (t) => {
    for (const [want, call, ...args] of attempts) {
      // The numbers are those of x86-64.
      if (typeof call === 'number' && architecture !== 'x64') continue;
      const number = typeof call === 'number' ? call : syscalls[call][architecture];
      if (number === null) continue;
      const scalars = args.map((arg) => (typeof arg === 'string' ? 0x7f0000001000n : arg));
      const verdict = simulator.run({ architecture, number, arguments: scalars });
      const fate = await owned.call(number, ...args);
      if (verdict === 'allow') t.fail(`${want}: the policy allows it: ${fate}`);
      else
        t.ok((verdict === 'kill' ? forbidden(number) : [-errnos[verdict]]).includes(fate), `${want}: ${verdict}`, {
          fate,
        });
    }
  });

  await t.test('the gates for programs of other kinds', { skip: architecture !== 'x64' && 'x86 only' }, async (t) => {
    for (const number of [0x40000000, 0x40000001, 0x40000000 + 59, 0x40000208]) {
      t.equal(await owned.call(number), 'SIGSYS', `x32: 0x${number.toString(16)}`);
    }
    for (const number of [1, 2, 5, 11, 20, 120])
      t.equal(await owned.say(`int80 ${number}`), 'SIGSYS', `i386: ${number}`);
    for (const number of [-1, 2 ** 31, 1024, 99999]) t.equal(await owned.call(number), 'SIGSYS', `number ${number}`);
    t.equal(
      await owned.call((2n ** 32n + 39n) as unknown as number),
      await owned.call(39),
      'the kernel looks at 32 bits of it',
    );
  });

  await t.test('what is allowed stays within the child', async (t) => {
    const mmap = syscalls.mmap[architecture]!;
    const [MAP_PRIVATE_ANONYMOUS, MAP_FIXED] = [0x22, 0x10];
    t.equal(
      await owned.call(mmap, 0, 2 ** 40, 3, MAP_PRIVATE_ANONYMOUS, -1, 0),
      -ENOMEM,
      'no absurd mapping: RLIMIT_DATA',
    );
    t.ok(
      Number(await owned.call(mmap, 0x10000, 4096, 3, MAP_PRIVATE_ANONYMOUS | MAP_FIXED, -1, 0)) > 0,
      'its own memory is its own',
    );
    const poll = syscalls.ppoll[architecture]!;
    t.ok(
      [-EFAULT, -EINTR, -EINVAL].includes(Number(await owned.call(poll, 1, 1, '*', 0, 8))),
      'a wild pointer is refused by the kernel',
    );
    const pid = Number(await owned.call(getpid));
    t.ok(pid > 0, 'it knows its number');
    t.equal((await owned.child()).pid, pid);
  });

  t.test('nothing outside has changed', async (t) => {
    t.ok(owned.forks > 400, `${owned.forks} children were spent, all forked from one zygote`);
    t.equal((await sibling.child()).pid, siblingPid, 'the sibling is the same');
    t.equal(await sibling.call(getpid), siblingPid, 'and answers');
    t.equal(readFileSync(canary, 'utf8'), 'as it was');
    t.same(files(), filesBefore);
    t.doesNotThrow(() => writeFileSync(canary, 'as it was'), 'nothing was remounted');
    await Promise.all([owned.end(), sibling.end()]);
  });
});
