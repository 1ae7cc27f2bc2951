import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import type { GroupUsage } from '../../supervisor/limits/limiter.js';
import { UsagePoller } from '../../supervisor/limits/poller.js';

const noUsage: GroupUsage = {
  cpuSeconds: 0,
  throttledSeconds: 0,
  memoryBytes: 0,
  memoryPeakBytes: 0,
  processes: 1,
  memoryKills: 0,
};

/** Uses this share of a core since it was made. */
function group(share: number) {
  const since = performance.now();
  return { usage: () => ({ ...noUsage, cpuSeconds: (share * (performance.now() - since)) / 1000 }) };
}

t.test('busy ones are read often, idle ones seldom', async (t) => {
  const poller = new UsagePoller({ busyMs: 10, idleMs: 160 });
  const seen = { busy: 0, idle: 0 };
  const since = performance.now();
  const [busy, idle] = [{}, {}];
  poller.add(busy, group(0.5), () => seen.busy++);
  poller.add(idle, group(0), () => seen.idle++);
  // Readings of the idle one are due after 10, 30, 70, 150, 310 and 470 ms, then every 160. A loaded machine makes both fewer.
  while (seen.busy < 30) await delay(10);
  poller.delete(busy);
  poller.delete(idle);
  t.ok(seen.idle >= 2, `idle: ${seen.idle} readings`);
  const most = 4 + (performance.now() - since) / 160;
  t.ok(seen.idle <= most, `busy: ${seen.busy} readings, idle: ${seen.idle} of ${most}`);
});

t.test('a batch that is over its budget leaves the event loop free and goes on later', async (t) => {
  const poller = new UsagePoller({ busyMs: 10, budgetMs: 3 });
  const read = new Set<number>();
  let longest = 0;
  let batch = 0;
  const slow = () => {
    const until = performance.now() + 1;
    while (performance.now() < until);
    if (batch++ === 0) setImmediate(() => (batch = 0));
    longest = Math.max(longest, batch);
    return noUsage;
  };
  const keys = Array.from({ length: 20 }, () => ({}));
  keys.forEach((key, index) => {
    poller.add(key, { usage: slow }, () => read.add(index));
  });
  while (read.size < keys.length) await delay(5);
  t.ok(longest <= 4, `at most ${longest} readings of 1 ms in one batch of 3 ms`);
  for (const key of keys) poller.delete(key);
});

t.test('a group that can not be read is reported once and dropped; the others go on', async (t) => {
  const poller = new UsagePoller({ busyMs: 5 });
  const failures: unknown[] = [];
  const [broken, fine] = [{}, {}];
  let readings = 0;
  const fail = () => {
    throw new Error('ENODEV');
  };
  poller.add(broken, { usage: fail }, t.fail, (error) => failures.push(error));
  poller.add(fine, group(0.5), () => readings++);
  while (readings < 3) await delay(5);
  poller.delete(fine);
  t.match(failures, [{ message: 'ENODEV' }]);
  t.equal(failures.length, 1);
});

t.test('callbacks may add and delete; a deleted program is not called again', async (t) => {
  const poller = new UsagePoller({ busyMs: 5 });
  const [first, second, third] = [{}, {}, {}];
  const calls: string[] = [];
  poller.add(first, group(0), () => {
    calls.push('first');
    poller.delete(first);
    poller.delete(second);
    poller.add(third, group(0), () => {
      calls.push('third');
      poller.delete(third);
    });
  });
  poller.add(second, group(0), () => calls.push('second'));
  while (calls.length < 2) await delay(5);
  await delay(20);
  t.same(calls, ['first', 'third']);
});

t.test('it keeps no process alive', (t) => {
  new UsagePoller().add({}, group(0), () => undefined);
  t.end();
});

t.test('it tells how many readings it made, and how long they took', async (t) => {
  const poller = new UsagePoller({ busyMs: 5 });
  const key = {};
  poller.add(key, group(0.5), () => undefined);
  while (poller.statistics.readings < 3) await delay(5);
  t.ok(poller.statistics.longestBatchMs > 0);
  poller.delete(key);
  poller.reset();
  t.same(poller.statistics, { readings: 0, longestBatchMs: 0 });
});
