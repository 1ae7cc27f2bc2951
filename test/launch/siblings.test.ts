/**
 * Attacks by a child that makes any system call it likes on siblings that have its uid: where the supervisor is an ordinary user, no
 * difference of uid is behind the filter. Once under the policy, once without its help, for what the kernel alone still refuses.
 */
import { copyFileSync, mkdtempSync, openSync, readlinkSync, rmSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import t, { type Test } from 'tap';
import { compilePolicy } from '../../seccomp/compile.js';
import { jitPolicy, type SyscallRules, vary } from '../../seccomp/policy.js';
import { type Architecture, type SyscallName, syscalls } from '../../seccomp/syscalls.js';
import type { Launcher } from '../../supervisor/launch/launcher.js';
import { isOrdinaryUser, ordinaryUserLacks, runAsOrdinaryUser } from '../support/ordinary-user.js';
import { fixture, Guest, launcherFor, noDoor, smallMemory, streamOf } from './support.js';

const architecture = arch() as Architecture;
const headers = fileURLToPath(new URL('../../../node_modules/node-api-headers/include', import.meta.url));
const EPERM = '-1';
const SIGKILL = 9;
const [PTRACE_ATTACH, PTRACE_SEIZE] = [16, 0x4206];

/** Whoever may do this to a process of its uid may stop it, read it, slow it down or end it. */
const attacks: Partial<Record<SyscallName, (pid: number) => number[]>> = {
  kill: (pid) => [pid, SIGKILL],
  tkill: (pid) => [pid, SIGKILL],
  rt_sigqueueinfo: (pid) => [pid, SIGKILL, 0],
  rt_tgsigqueueinfo: (pid) => [pid, pid, SIGKILL, 0],
  pidfd_open: (pid) => [pid, 0],
  pidfd_send_signal: (pid) => [pid, SIGKILL, 0, 0],
  pidfd_getfd: () => [3, 3, 0],
  ptrace: (pid) => [PTRACE_ATTACH, pid, 0, 0],
  process_vm_readv: (pid) => [pid, 0, 0, 0, 0, 0],
  process_vm_writev: (pid) => [pid, 0, 0, 0, 0, 0],
  process_madvise: () => [3, 0, 0, 4, 0],
  kcmp: (pid) => [pid, pid, 0, 0, 0],
  prlimit64: (pid) => [pid, 7, 0, 0],
  sched_setaffinity: (pid) => [pid, 8, 0],
  sched_setscheduler: (pid) => [pid, 5, 0],
  sched_setattr: (pid) => [pid, 0, 0],
  setpriority: (pid) => [0, pid, 19],
  ioprio_set: (pid) => [1, pid, 0x6000],
  setpgid: (pid) => [pid, pid],
  move_pages: (pid) => [pid, 0, 0, 0, 0, 0],
  migrate_pages: (pid) => [pid, 0, 0, 0],
  get_robust_list: (pid) => [pid, 0, 0],
  perf_event_open: (pid) => [0, pid, -1, -1, 0],
  keyctl: () => [0, -3, 0],
};

/** A runtime that obeys, with its addon beside it. */
async function attacker(t: Test): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'repyard-attacker-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  const addon = join(directory, 'raw-calls.node');
  await execa('cc', [
    '-O1',
    '-std=c11',
    '-D_GNU_SOURCE',
    '-shared',
    '-fPIC',
    '-include',
    'stdbool.h',
    '-isystem',
    headers,
    '-o',
    addon,
    fixture('raw-calls.c'),
  ]);
  copyFileSync(fixture('attacker.mjs'), join(directory, 'attacker.mjs'));
  return join(directory, 'attacker.mjs');
}

const identity = { uid: process.geteuid!(), gid: process.getegid!() };
const start = async (launcher: Launcher): Promise<Guest> =>
  new Guest(await launcher.launch({ memory: smallMemory, ...identity, door: noDoor }), identity.uid);

/** The result, negative for an errno, or the signal that ended the caller. */
async function attempt(launcher: Launcher, name: SyscallName, args: readonly number[]): Promise<string> {
  const guest = await start(launcher);
  streamOf(guest.child).write(`${JSON.stringify([syscalls[name][architecture], ...args].map(String))}\n`);
  const answer = await guest.next();
  guest.child.signal('SIGKILL');
  const { signal } = await guest.child.ended;
  return answer === undefined ? String(signal) : String(answer);
}

if (!isOrdinaryUser) {
  const lacks = ordinaryUserLacks() || (execaSync('cc', ['--version'], { reject: false }).failed && 'no C compiler');
  t.test('as an ordinary user', { skip: lacks }, async (t) => {
    await runAsOrdinaryUser(t, import.meta.url);
  });
} else {
  const lacks = execaSync('cc', ['--version'], { reject: false }).failed && 'no C compiler';
  t.test('children of one uid', { skip: lacks }, async (t) => {
    const runtime = await attacker(t);

    await t.test('under the policy: each attempt on a sibling ends the one who makes it', async (t) => {
      const launcher = launcherFor(t, { runtime });
      const victim = await start(launcher);
      t.equal(victim.status('Uid')?.split('\t')[0], String(identity.uid), 'the same uid');
      const { pid } = victim.child;
      for (const [name, args] of Object.entries(attacks))
        t.equal(await attempt(launcher, name as SyscallName, args(pid)), 'SIGSYS', name);
      t.equal(await attempt(launcher, 'tgkill', [pid, pid, SIGKILL]), EPERM, 'tgkill, which abort() makes');
      t.equal(await attempt(launcher, 'clock_gettime', [~pid * 8 + 2, 0]), 'SIGSYS', "a sibling's processor time");
      streamOf(victim.child).write(`["${syscalls.getpid[architecture]}"]\n`);
      t.equal(await victim.next(), String(pid), 'the sibling lives');
    });

    await t.test('without the policy, the kernel still lets none be traced or read', async (t) => {
      const allowed: SyscallName[] = ['ptrace', 'kill'];
      const rules = Object.fromEntries(
        allowed.map((name) => [name, [{ verdict: 'allow', why: 'a test' }]]),
      ) as SyscallRules;
      const launcher = launcherFor(t, { runtime, filter: compilePolicy(vary(jitPolicy, 'open', rules), architecture) });
      const sibling = await start(launcher);
      const zygote = Number(sibling.status('PPid'));
      for (const [who, pid] of Object.entries({ sibling: sibling.child.pid, zygote, supervisor: process.pid })) {
        t.equal(await attempt(launcher, 'ptrace', [PTRACE_ATTACH, pid, 0, 0]), EPERM, `PTRACE_ATTACH ${who}`);
        t.equal(await attempt(launcher, 'ptrace', [PTRACE_SEIZE, pid, 0, 0]), EPERM, `PTRACE_SEIZE ${who}`);
      }
      t.equal(
        await attempt(launcher, 'kill', [sibling.child.pid, 0]),
        '0',
        'but signals it would: the filter alone forbids those',
      );
    });

    await t.test('nobody outside who has the uid can trace or read a child or the zygote', async (t) => {
      const launcher = launcherFor(t, { runtime });
      const guest = await start(launcher);
      for (const pid of [guest.child.pid, Number(guest.status('PPid'))]) {
        for (const file of ['mem', 'environ', 'maps'])
          t.throws(() => openSync(`/proc/${pid}/${file}`, 'r'), { code: 'EACCES' }, `/proc/${pid}/${file}`);
        for (const link of ['root', 'fd/3', 'exe'])
          t.throws(() => readlinkSync(`/proc/${pid}/${link}`), { code: 'EACCES' }, link);
      }
    });
  });
}
