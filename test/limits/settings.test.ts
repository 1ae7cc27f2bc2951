import t from 'tap';
import { v1Controllers } from '../../supervisor/limits/cgroup-v1.js';
import { v2Controllers } from '../../supervisor/limits/cgroup-v2.js';
import type { Controller, Surroundings } from '../../supervisor/limits/controller.js';
import { bandwidthOf, longestStallMs } from '../../supervisor/limits/cpu-bandwidth.js';
import type { OsLimits } from '../../supervisor/limits/limiter.js';

const host: Surroundings = { cores: 2, swap: false };
const limits: OsLimits = { cpu: 0.25, memory: 15_000_000, processes: 1 };

function written(
  controllers: readonly Controller[],
  surroundings: Surroundings,
  to: OsLimits,
  from?: OsLimits,
): string[] {
  const settings = controllers.flatMap((controller) => controller.settings(to, surroundings, from));
  return settings.map(({ file, value, mayBeAbsent }) => `${file}=${value}${mayBeAbsent ? ' (if there)' : ''}`);
}

t.test('quota and period for a share', (t) => {
  const rows: [share: number, cores: number, quota: number, period: number][] = [
    [0.25, 2, 5000, 20_000],
    [0.05, 2, 1000, 20_000],
    [0.2, 2, 4000, 20_000],
    [1, 2, 20_000, 20_000],
    [10, 2, 40_000, 20_000],
    [10, 1.5, 30_000, 20_000],
    [0.04, 2, 1000, 25_000],
    [0.01, 2, 1000, 100_000],
    [0.001, 2, 1000, 1_000_000],
    [0.333, 2, 6660, 20_000],
  ];
  for (const [share, cores, quota, period] of rows)
    t.same(bandwidthOf(share, cores), { quota, period }, `${share} of ${cores}`);
  t.equal(longestStallMs(bandwidthOf(0.25, 2)), 15);
  t.equal(longestStallMs(bandwidthOf(10, 2)), 0);
  for (const share of [0, -1, 0.0009, Number.NaN]) {
    t.throws(() => bandwidthOf(share, 2), { code: 'LIMIT_REFUSED', message: /smallest share is 0.001/ }, `${share}`);
  }
  t.end();
});

t.test('quotas stay within the kernel, and within a twentieth of the share', (t) => {
  for (let share = 0.001; share < 3; share *= 1.07) {
    const { quota, period } = bandwidthOf(share, 2);
    const given = quota / period;
    const ok = quota >= 1000 && period >= 1000 && period <= 1_000_000 && given <= Math.min(share, 2) * 1.001;
    if (!ok || given < Math.min(share, 2) * 0.95) t.fail(`${share}: ${quota} of ${period}`);
  }
  t.end();
});

t.test('cgroup v1: what is written, in this order', (t) => {
  const pids = 'pids.max=1';
  const oom = ['memory.oom_control=0', 'memory.swappiness=0 (if there)'];
  t.same(written(v1Controllers, host, limits), [
    'cpu.cfs_period_us=20000',
    'cpu.cfs_quota_us=5000',
    'cpu.cfs_burst_us=5000 (if there)',
    ...oom,
    'memory.limit_in_bytes=15000000',
    'memory.memsw.limit_in_bytes=15000000 (if there)',
    pids,
  ]);
  const more = { ...limits, cpu: 0.01, memory: 20_000_000 };
  t.same(written(v1Controllers, { ...host, swap: true }, more, limits), [
    'cpu.cfs_burst_us=0 (if there)',
    'cpu.cfs_quota_us=-1',
    'cpu.cfs_period_us=100000',
    'cpu.cfs_quota_us=1000',
    'cpu.cfs_burst_us=1000 (if there)',
    ...oom,
    'memory.memsw.limit_in_bytes=20000000',
    'memory.limit_in_bytes=20000000',
    pids,
  ]);
  t.same(written(v1Controllers, { ...host, swap: true }, limits, more).slice(-3, -1), [
    'memory.limit_in_bytes=15000000',
    'memory.memsw.limit_in_bytes=15000000',
  ]);
  t.end();
});

t.test('cgroup v2: what is written, in this order', (t) => {
  t.same(written(v2Controllers, host, limits), [
    'cpu.max=5000 20000',
    'cpu.max.burst=5000 (if there)',
    'memory.oom.group=1 (if there)',
    'memory.swap.max=0 (if there)',
    'memory.max=15000000',
    'pids.max=1',
  ]);
  t.ok(
    written(v2Controllers, { ...host, swap: true }, limits).includes('memory.swap.max=0'),
    'with swap, it must be there',
  );
  t.end();
});

t.test('what is read back decides', (t) => {
  const took = (controllers: readonly Controller[], file: string, readBack: string) =>
    controllers
      .flatMap((controller) => controller.settings(limits, host))
      .find((setting) => setting.file === file)!
      .tookEffect(readBack);
  t.ok(took(v1Controllers, 'memory.limit_in_bytes', '14999552\n'), 'rounded down to pages');
  t.notOk(took(v1Controllers, 'memory.limit_in_bytes', '9223372036854771712\n'));
  t.notOk(took(v1Controllers, 'memory.limit_in_bytes', '15003648\n'), 'never above the limit');
  t.notOk(took(v1Controllers, 'memory.limit_in_bytes', ''));
  t.notOk(took(v1Controllers, 'memory.oom_control', 'oom_kill_disable 1\nunder_oom 0\n'));
  t.ok(took(v1Controllers, 'memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 0\n'));
  t.notOk(took(v2Controllers, 'cpu.max', 'max 100000\n'));
  t.notOk(took(v2Controllers, 'memory.max', 'max\n'));
  t.notOk(took(v2Controllers, 'pids.max', 'max\n'));
  t.end();
});

t.test('meters read the documented forms, and nothing else', (t) => {
  const read = (controllers: readonly Controller[], file: string, text: string) =>
    controllers.flatMap(({ meters }) =>
      meters.filter((meter) => meter.file === file).map((meter) => meter.parse(text)),
    );
  t.same(read(v1Controllers, 'cpuacct.usage', '1500000000\n'), [{ cpuSeconds: 1.5 }]);
  t.same(read(v1Controllers, 'cpu.stat', 'nr_periods 3\nnr_throttled 1\nthrottled_time 250000000\n'), [
    { throttledSeconds: 0.25 },
  ]);
  t.same(read(v1Controllers, 'memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n'), [
    { memoryKills: 2 },
  ]);
  t.same(read(v2Controllers, 'cpu.stat', 'usage_usec 2000000\nnr_throttled 1\nthrottled_usec 500000\n'), [
    { cpuSeconds: 2, throttledSeconds: 0.5 },
  ]);
  t.same(read(v2Controllers, 'memory.events', 'oom 3\noom_kill 1\noom_group_kill 1\n'), [{ memoryKills: 1 }]);
  for (const { meters } of [...v1Controllers, ...v2Controllers]) {
    for (const { file, parse } of meters) t.equal(parse('nonsense'), null, file);
  }
  t.end();
});
