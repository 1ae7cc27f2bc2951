/** A program's job from its making to its removal, on Windows that keep limits, only say so, or refuse. */
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { LimitsError } from '../../supervisor/limits/errors.js';
import type { OsLimits } from '../../supervisor/limits/limiter.js';
import { JobGroup, type JobSurroundings } from '../../supervisor/limits/windows-job.js';
import { JobLimiter } from '../../supervisor/limits/windows-limiter.js';
import { JobObjectInformation } from '../../supervisor/platform/windows/constants.js';
import { ChildProcess } from '../../supervisor/platform/windows/process.js';
import { HandleTimes } from '../../supervisor/platform/windows/process-meter.js';
import { FakeWindows, type Manner } from '../platform/windows/fake-windows.js';

/** Whole pages, in which Windows counts. */
const MB = 4096 * 250;
const limits: OsLimits = { cpu: 0.5, memory: 15 * MB, processes: 1 };
const engine = 40 * MB;

function stage(manner: Manner, more: Partial<JobSurroundings> = {}, asked = limits) {
  const windows = new FakeWindows();
  windows.manner = manner;
  windows.manners.set(JobObjectInformation.AssociateCompletionPort, 'keeps');
  const { win32 } = windows;
  const surroundings = { win32, times: new HandleTimes(win32), processors: 2, nested: false, pollOnly: false };
  const group = new JobGroup({ ...surroundings, ...more }, asked);
  const { job, entered } = group.door.job!;
  const child = ChildProcess.create(win32, {
    executable: 'engine.exe',
    args: [],
    environment: {},
    directory: 'C:\\',
    token: 1n,
    job,
    stdio: [1n, 2n, 3n],
  });
  entered(child);
  child.begin();
  const process = windows.process(child.handle);
  process.committed = engine;
  process.cpu = 0.25;
  const signals: string[] = [];
  const attach = () =>
    group.attach({
      pid: child.pid,
      signal(name) {
        signals.push(name);
        if (name === 'SIGSTOP') child.suspend();
        else if (name === 'SIGCONT') child.resume();
        else job.terminate(137);
      },
    });
  const memoryLimits = () =>
    windows.set.filter(({ information }) => information === 9).map(({ bytes }) => Number(bytes.readBigUInt64LE(120)));
  /** Seconds in user mode that the job may still use, as it was last told; undefined without a limit. */
  const timeLimit = () => {
    const { bytes } = windows.set.findLast(({ information }) => information === 9)!;
    return bytes.readUInt32LE(16) & 0x4 ? Number(bytes.readBigInt64LE(8)) / 1e7 : undefined;
  };
  const states = () => Object.fromEntries(group.enforcement().map(({ resource, state }) => [resource, state]));
  const close = async () => {
    await group.remove();
    child.close();
  };
  return { windows, group, process, signals, attach, memoryLimits, timeLimit, states, close };
}

t.test('where limits are kept, the kernel does it', async (t) => {
  const { windows, group, process, signals, attach, memoryLimits, states, close } = stage('keeps');
  t.same(states(), { cpu: 'enforced', memory: 'enforced', processes: 'enforced', 'user interface': 'enforced' });
  t.same(memoryLimits(), [2 ** 30 + limits.memory], 'room for the engine to load');
  attach();
  t.same(memoryLimits().at(-1), engine + limits.memory, 'what the engine takes, and what the program may');
  process.cpu = 10;
  await delay(150);
  t.same(signals, [], 'the poller leaves processor time to the job');
  process.committed = engine + 5 * MB;
  await delay(150);
  const usage = group.usage();
  t.match(usage, { memoryBytes: 5 * MB, memoryKills: 0, processes: 1 });
  t.ok(Math.abs(usage.cpuSeconds - 9.75) < 1e-6, 'from when the program began');
  windows.accounted = 11;
  t.equal(group.usage().cpuSeconds, 11, "the job's account goes further");
  await close();
  t.same(windows.leaks(), []);
});

t.test('the message of a refused allocation is a memory limit', async (t) => {
  const { windows, group, process, attach, close } = stage('keeps');
  attach();
  windows.messages.push(6);
  t.equal(group.usage().memoryKills, 0);
  windows.messages.push(10, 7);
  windows.peak = engine + limits.memory - 4096;
  process.exitCode = 0x80000003;
  t.match(group.usage(), { memoryKills: 1, memoryPeakBytes: limits.memory - 4096 });
  await close();
});

t.test('a program that asks for a process is ended', async (t) => {
  const { windows, group, process, attach, close } = stage('keeps');
  attach();
  windows.messages.push(3);
  t.equal(group.usage().memoryKills, 0);
  t.equal(process.exitCode, 0xc0000044);
  await close();
});

for (const manner of ['ignores', 'refuses'] as const) {
  t.test(`where Windows ${manner} limits, the poller keeps what it can`, async (t) => {
    const { group, process, signals, attach, states, close } = stage(manner);
    t.same(states(), {
      cpu: 'polled',
      memory: 'polled',
      processes: 'not enforced',
      'user interface': 'not enforced',
    });
    attach();
    process.cpu += 1;
    await delay(50);
    t.equal(signals[0], 'SIGSTOP', 'ahead of its share');
    t.equal(process.suspensions, 1);
    process.committed = engine + limits.memory + 1;
    await delay(300);
    t.equal(signals.at(-1), 'SIGKILL');
    t.equal(process.exitCode, 137);
    t.equal(group.usage().memoryKills, 1);
    await close();
  });
}

t.test('a job that keeps a limit at first must keep its changes', async (t) => {
  const { windows, group, attach, memoryLimits, close } = stage('keeps');
  attach();
  await group.change({ ...limits, memory: 12 * MB });
  t.equal(memoryLimits().at(-1), engine + 12 * MB);
  windows.manner = 'refuses';
  await t.rejects(group.change({ ...limits, memory: 13 * MB }), { code: 'LIMIT_REFUSED' });
  windows.manner = 'keeps';
  await group.change({ ...limits, memory: 14 * MB });
  t.equal(memoryLimits().at(-1), engine + 14 * MB);
  await close();
});

const timed = { ...limits, cpuTime: 3 };
const notEnoughQuota = 1816;

t.test('a total of processor time is the job its own limit, from when the program began', async (t) => {
  const { windows, group, attach, timeLimit, states, close } = stage('keeps', {}, timed);
  t.equal(states().cputime, 'enforced');
  t.equal(timeLimit(), 63, 'room for the engine to load');
  windows.accounted = 0.5;
  windows.accountedKernel = 7;
  attach();
  t.equal(timeLimit(), 3, "the engine's time is not the program's");
  windows.accounted = 1.5;
  windows.accountedKernel = 9;
  await group.change({ ...timed, cpu: 0.4 });
  t.equal(
    timeLimit(),
    2,
    'another limit changes: the job counts anew, and gets what is left; time in the kernel is not limited',
  );
  await group.change({ ...timed, cpuTime: 10 });
  t.equal(timeLimit(), 9);
  windows.accounted = 2.5;
  await group.change({ ...timed, cpuTime: 1 });
  t.equal(timeLimit(), 1e-7, 'used up: ended at the next look');
  await group.change(limits);
  t.equal(timeLimit(), undefined, 'taken away');
  t.equal(states().cputime, undefined);
  await group.change(timed);
  t.equal(timeLimit(), 1, 'given again');
  t.equal(states().cputime, 'enforced');
  await close();
});

t.test('what the job ends at its time is told from what ends otherwise', async (t) => {
  const ended = async (exitCode: number | undefined, accounted: number, asked: OsLimits = timed, message?: number) => {
    const { windows, group, process, attach, close } = stage('keeps', {}, asked);
    windows.accounted = 0.5;
    attach();
    t.equal(group.usage().cpuTimeReached, false);
    windows.accounted = accounted;
    process.exitCode = exitCode;
    if (message !== undefined) windows.messages.push(message);
    const { cpuTimeReached } = group.usage();
    t.equal(group.usage().cpuTimeReached, cpuTimeReached, 'it stays so');
    await close();
    return cpuTimeReached;
  };
  t.equal(await ended(notEnoughQuota, 3.5), true);
  t.equal(await ended(undefined, 3.5, timed, 1), true, 'END_OF_JOB_TIME');
  t.equal(await ended(notEnoughQuota, 3.4), false, 'an exit code that the program gave itself');
  t.equal(await ended(1, 3.6), false, 'another end');
  t.equal(await ended(undefined, 3.6), false, 'it runs');
  t.equal(await ended(notEnoughQuota, 3.6, limits), false, 'no total was set');
});

t.test('what ended at its time takes no other limits', async (t) => {
  const { windows, group, process, attach, close } = stage('keeps', {}, timed);
  attach();
  windows.accounted = 3;
  process.exitCode = notEnoughQuota;
  await t.rejects(group.change({ ...timed, cpuTime: 100 }), { code: 'LIMIT_REFUSED', message: /used up/ });
  t.equal(group.usage().cpuTimeReached, true);
  await close();
});

for (const manner of ['ignores', 'refuses'] as const) {
  t.test(`where Windows ${manner} it, a total of time is the supervisor's alone`, async (t) => {
    const { windows, group, process, attach, states, close } = stage(manner, {}, timed);
    t.equal(states().cputime, undefined, 'the group says nothing of it');
    attach();
    await group.change({ ...timed, cpuTime: 4 });
    windows.accounted = 5;
    process.exitCode = notEnoughQuota;
    t.equal(group.usage().cpuTimeReached, false);
    await close();
  });
}

t.test('a total of time that was kept must be kept at its new value', async (t) => {
  const { windows, group, attach, timeLimit, states, close } = stage('keeps', {}, timed);
  attach();
  windows.manner = 'ignores';
  await t.rejects(group.change({ ...timed, cpuTime: 4 }), { code: 'LIMIT_REFUSED', message: /userTime/ });
  windows.manner = 'keeps';
  await group.change({ ...timed, cpuTime: 5 });
  t.equal(timeLimit(), 5);
  t.equal(states().cputime, 'enforced');
  await close();
});

t.test('memory in use is not taken away', async (t) => {
  const { group, process, attach, close } = stage('keeps');
  attach();
  process.committed = engine + 10 * MB;
  await delay(150);
  await t.rejects(group.change({ ...limits, memory: 9 * MB }), { code: 'LIMIT_REFUSED' });
  await close();
});

t.test('only polling, when that is wanted', async (t) => {
  const { states, timeLimit, close } = stage('keeps', { pollOnly: true }, timed);
  t.match(states(), { cpu: 'polled', memory: 'polled', processes: 'enforced', cputime: undefined });
  t.equal(timeLimit(), undefined);
  await close();
});

t.test('removing ends what is left', async (t) => {
  const { windows, process, attach, close } = stage('keeps');
  attach();
  await close();
  t.not(process.exitCode, undefined);
  await close();
  t.same(windows.leaks(), []);
});

t.test('a job that cannot be made leaves nothing', async (t) => {
  const windows = new FakeWindows();
  windows.manners.set(7, 'refuses');
  const { win32 } = windows;
  const surroundings = { win32, times: new HandleTimes(win32), processors: 2, nested: false, pollOnly: false };
  t.throws(() => new JobGroup(surroundings, limits), /SetInformationJobObject/);
  t.same(windows.leaks(), []);
});

const open = (windows: FakeWindows) =>
  JobLimiter.open({ win32: windows.win32, token: 1n, choice: 'detect', systemRoot: 'C:\\Windows', diesWithinMs: 50 });

t.test('the limiter proves that a job ends what is in it', async (t) => {
  const windows = new FakeWindows();
  const limiter = await open(windows);
  t.equal(limiter.lack, undefined);
  t.equal(windows.created.length, 1);
  const [canary] = windows.processes.values();
  t.notOk(canary?.running, 'it never ran');
  t.same(windows.leaks(), []);
  const weak = new FakeWindows();
  weak.manner = 'ignores';
  t.match((await open(weak)).lack, /read back/);
});

t.test('where programs would outlive the supervisor, nothing is started', async (t) => {
  const windows = new FakeWindows();
  windows.killsOnClose = false;
  await t.rejects(open(windows), new LimitsError('UNAVAILABLE', 'a process outlives the job that it is in'));
  t.same(windows.leaks(), []);
  const refusing = new FakeWindows();
  refusing.joins = false;
  await t.rejects(open(refusing), /not made in its job/);
  t.same(refusing.leaks(), []);
});
