/** Limits of jobs on a real Windows API. What the host doesn't keep (Wine keeps little) is skipped here, each by its name. */
import '../support/untapped.js';
import t, { type Test } from 'tap';
import type { StartedProcess } from '../../supervisor/launch/starter.js';
import type { LimitGroup, OsLimits } from '../../supervisor/limits/limiter.js';
import { JobLimiter } from '../../supervisor/limits/windows-limiter.js';
import { holdToProcessors } from '../../supervisor/platform/windows/affinity.js';
import { Job } from '../../supervisor/platform/windows/job.js';
import { applyLimits } from '../../supervisor/platform/windows/job-limits.js';
import { leastOf, settledUse, until } from '../support/patience.js';
import { pause, startScript, systemRoot, token, win32 } from './host.js';

const MB = 1_000_000;
const limits: OsLimits = { cpu: 1, memory: 100 * MB, processes: 1 };

const [kernel, poller] = await Promise.all(
  (['detect', 'polling'] as const).map((choice) => JobLimiter.open({ win32, token: token.handle, choice, systemRoot })),
);
const kept = (() => {
  const job = new Job(win32);
  const all = {
    cpu: 0.5,
    processors: 2,
    memory: 2 ** 30,
    userTime: 60,
    processes: 1,
    priority: 0x20,
    uiRestrictions: true,
  };
  const found = applyLimits(job, all);
  job.close();
  return found;
})();

const spins = 'for (;;);';

/** A process that has loaded, and then runs `script` for its group to watch. */
async function begin(
  limiter: JobLimiter,
  script: string,
  asked: Partial<OsLimits> = {},
): Promise<{ group: LimitGroup; child: StartedProcess; close(): Promise<void> }> {
  const group = await limiter.create('1', { ...limits, ...asked });
  const waits = `console.log('ready'); process.stdin.once('data', () => { process.stdin.pause(); ${script} });`;
  const child = await startScript(waits, group.door);
  child.errors.resume();
  await new Promise((resolve) => child.output.once('data', resolve));
  child.output.resume();
  group.attach(child);
  child.input.write('go');
  return {
    group,
    child,
    async close() {
      await group.remove();
      await child.ended;
    },
  };
}

/** What it has used after so many seconds, and the most that the share allows; the first second doesn't count. */
async function useOf(group: LimitGroup, share: number, slack: number, atLeast: number) {
  await pause(1000);
  const [before, at] = [group.usage().cpuSeconds, performance.now()];
  const look = () => ({ used: group.usage().cpuSeconds - before, seconds: (performance.now() - at) / 1000 });
  return settledUse(look, { share, slack, atLeast });
}

for (const cpu of [0.05, 0.15]) {
  t.test(`the poller holds a program to ${cpu} of a core`, async (t) => {
    const { group, close } = await begin(poller!, spins, { cpu });
    // Clocks count in hundredths of a second, here and in Windows (64ths); on a busy host a program gets less.
    const { used, seconds, most } = await useOf(group, cpu * 1.1, 0.08, 4);
    t.ok(used <= most, `${used} s in ${seconds} s`);
    t.ok(used < cpu * 0.8 * seconds || group.usage().throttledSeconds > 0, 'it was made to wait');
    t.ok(await until(() => group.usage().cpuSeconds > 0.1), 'it gets something');
    await close();
  });
}

t.test('the poller ends a program above its memory', async (t) => {
  const hog = 'const held = []; setInterval(() => held.push(Buffer.alloc(1_000_000, 1)), 20);';
  const hoard = async () => {
    const { group, child, close } = await begin(poller!, hog, { memory: 20 * MB });
    t.equal((await child.ended).signal, 'SIGKILL');
    const { memoryKills, memoryPeakBytes } = group.usage();
    t.equal(memoryKills, 1);
    await close();
    return memoryPeakBytes;
  };
  // It grows by 50 MB/s at most and is looked at ten times a second at least; a busy host looks later.
  const peak = await leastOf(60 * MB, hoard);
  t.ok(peak > 20 * MB && peak < 60 * MB, `peak ${peak}`);
});

t.test('a program below its limits is left alone', async (t) => {
  const { group, child, close } = await begin(poller!, 'setInterval(() => {}, 1000)', { cpu: 0.1, memory: 30 * MB });
  await pause(1500);
  t.match(group.usage(), { memoryKills: 0, processes: 1 });
  t.ok(group.usage().memoryBytes < 10 * MB, `${group.usage().memoryBytes} bytes`);
  t.ok(group.usage().cpuSeconds < 1, `${group.usage().cpuSeconds} s`);
  child.signal('SIGKILL');
  await child.ended;
  t.equal(group.usage().processes, 1, 'as of the last look');
  await close();
});

t.test('suspended and resumed', async (t) => {
  const { group, close } = await begin(poller!, spins);
  await pause(300);
  await group.suspend();
  await pause(100);
  const before = group.usage().cpuSeconds;
  await pause(500);
  t.equal(group.usage().cpuSeconds, before);
  await group.resume();
  t.ok(await until(() => group.usage().cpuSeconds > before));
  await close();
});

t.test('limits change while a program runs', async (t) => {
  const { group, close } = await begin(kernel!, spins, { cpu: 0.5 });
  await group.change({ ...limits, cpu: 0.1 });
  const { used, seconds, most } = await useOf(group, 0.11, 0.12, 3);
  t.ok(used <= most, `${used} s in ${seconds} s`);
  await close();
});

t.test('processors', async (t) => {
  const { child, close } = await begin(poller!, spins, { cpu: 0.1 });
  holdToProcessors(win32, child.pid, [0], 2);
  holdToProcessors(win32, child.pid, undefined, 2);
  t.throws(() => holdToProcessors(win32, child.pid, [7], 2), /no processor 7/);
  await close();
});

/** A test of what the kernel does, for hosts where it does. */
function kernelKeeps(what: string, lack: string | undefined, test: (t: Test) => Promise<void>): void {
  t.test(what, { skip: lack === undefined ? false : `not kept here: ${lack}` }, test);
}

kernelKeeps('the job holds a program to its rate', kept.cpu, async (t) => {
  const { group, close } = await begin(kernel!, spins, { cpu: 0.2 });
  const { used, seconds, most } = await useOf(group, 0.22, 0, 4);
  t.ok(used > 0.02 && used <= most, `${used} s in ${seconds} s`);
  await close();
});

kernelKeeps('the job refuses memory beyond its limit', kept.memory, async (t) => {
  const hog = 'const held = []; for (;;) held.push(Buffer.alloc(1_000_000, 1));';
  const { group, child, close } = await begin(kernel!, hog, { memory: 50 * MB });
  await child.ended;
  const { memoryKills, memoryPeakBytes } = group.usage();
  t.ok(memoryKills > 0 && memoryPeakBytes <= 50 * MB, `${memoryKills} ${memoryPeakBytes}`);
  await close();
});

kernelKeeps('the job ends a program at its total of processor time', kept.userTime, async (t) => {
  const { group, child, close } = await begin(kernel!, spins, { cpuTime: 0.5 });
  await child.ended;
  const { cpuTimeReached, cpuSeconds } = group.usage();
  t.equal(cpuTimeReached, true);
  // Windows looks once in a while; what it spent in the kernel counts in what was used, not in the limit.
  t.ok(cpuSeconds >= 0.5 && cpuSeconds < 5, `${cpuSeconds} s`);
  await close();
});

kernelKeeps('the job refuses a second process', kept.processes, async (t) => {
  const script = `require('node:child_process').spawn(process.execPath).on('error', () => process.exit(9)).on('spawn', () => process.exit(8));`;
  const { child, close } = await begin(kernel!, script);
  t.equal((await child.ended).exitCode, 9);
  await close();
});

kernelKeeps('the job has UI restrictions', kept.userInterface, async (t) => {
  t.equal(
    (await kernel!.create('1', limits)).enforcement().find(({ resource }) => resource === 'user interface')?.state,
    'enforced',
  );
});

kernelKeeps('the token may write nothing', token.lack, async (t) => {
  const script = `try { require('node:fs').writeFileSync(require('node:path').join(process.env.SystemRoot, 'x'), ''); process.exit(8) } catch { process.exit(9) }`;
  const { child, close } = await begin(kernel!, script);
  t.equal((await child.ended).exitCode, 9);
  await close();
});
