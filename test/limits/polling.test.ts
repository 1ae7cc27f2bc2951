import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { PolledGroup } from '../../supervisor/limits/polling.js';
import { ProcessFiles } from '../../supervisor/limits/process-files.js';
import { MemoryFiles } from './memory-files.js';

const limits = { cpu: 0.1, memory: 1_000_000, processes: 1 };

/** A process whose use the test writes, and the signals that it got. */
function stage(cpu = limits.cpu) {
  const files = new MemoryFiles({ '/proc/7/statm': '0 100 0 0 0 0 0', '/proc/7/schedstat': '0 0 0' });
  const group = new PolledGroup({ ...limits, cpu }, (pid) => new ProcessFiles(pid, files));
  const signals: string[] = [];
  const use = (pages: number, cpuSeconds = 0) => {
    files.texts.set('/proc/7/statm', `0 ${pages} 0 0 0 0 0`);
    files.texts.set('/proc/7/schedstat', `${cpuSeconds * 1e9} 0 0`);
  };
  group.attach({ pid: 7, signal: (name) => signals.push(name) });
  const until = async (name: string) => {
    while (!signals.includes(name)) await delay(5);
  };
  return { files, group, signals, use, until };
}

t.test('what it inherited is not counted; a program above its memory is killed once', async (t) => {
  const { group, signals, use, until } = stage();
  t.equal(group.usage().memoryBytes, 0);
  use(100 + 245);
  await until('SIGKILL');
  await delay(30);
  t.same(signals, ['SIGKILL']);
  t.match(group.usage(), { memoryKills: 1, memoryBytes: 245 * 4096, memoryPeakBytes: 245 * 4096 });
  await group.remove();
});

t.test('a program ahead of its share is stopped, and continued', async (t) => {
  const { group, signals, use, until } = stage();
  // 10 ms used, 5 ms are free: 50 ms have to pass. Where they have passed before the first look, it uses more.
  for (let used = 0.01; !signals.includes('SIGSTOP'); used += 0.01) {
    use(100, used);
    await delay(5);
  }
  await until('SIGCONT');
  t.same(signals, ['SIGSTOP', 'SIGCONT']);
  t.ok(group.usage().throttledSeconds > 0, `stopped for ${group.usage().throttledSeconds} s`);
  await group.remove();
});

t.test('a program that can not be watched is killed, and whoever asks for its usage is told', async (t) => {
  const { files, group, until } = stage();
  files.texts.set('/proc/7/statm', 'nonsense');
  await until('SIGKILL');
  t.throws(() => group.usage(), { code: 'UNAVAILABLE' });
  await group.remove();
});

t.test('suspended, it stays stopped until it is resumed', async (t) => {
  const { group, signals } = stage();
  await group.suspend();
  await delay(150);
  t.same(signals, ['SIGSTOP']);
  await group.resume();
  t.same(signals, ['SIGSTOP', 'SIGCONT']);
  await group.remove();
});

t.test('memory in use can not be taken away; what takes cgroups is said to be lacking', async (t) => {
  const { group, use, files } = stage(2);
  use(100 + 200);
  while (group.usage().memoryBytes === 0) await delay(5);
  await t.rejects(group.change({ ...limits, memory: 500_000 }), { code: 'LIMIT_REFUSED', message: /are in use/ });
  await group.change({ ...limits, cpuWeight: 50, memoryHigh: 900_000 });
  const states = Object.fromEntries(group.enforcement().map(({ resource, state }) => [resource, state]));
  t.same(states, {
    cpu: 'polled',
    memory: 'polled',
    processes: 'enforced',
    cpuweight: 'not enforced',
    memoryhigh: 'not enforced',
  });
  await group.remove();
  t.equal(files.openDescriptors.size, 0);
  t.equal(group.usage().processes, 0);
});
