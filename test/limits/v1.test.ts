import t from 'tap';
import { detectLimiter } from '../../supervisor/limits/detect.js';
import type { Limiter, OsLimits } from '../../supervisor/limits/limiter.js';
import { errno, groupsOf, MemoryFiles, makeSlot } from './memory-files.js';

const limits: OsLimits = { cpu: 0.25, memory: 15_000_000, processes: 1 };
const canaryPid = 4712;

/** A host with these v1 mounts, as `/v1/cpu,cpuacct`, and the supervisor in the group `/a` of each. */
function host(...mounts: readonly string[]): MemoryFiles {
  const files = new MemoryFiles({
    '/proc/self/mountinfo': mounts
      .map((names, index) => `3${index} 31 0:2${index} / /v1/${names} rw - cgroup cgroup rw,${names}\n`)
      .join(''),
    '/proc/self/cgroup': mounts.map((names, index) => `${index + 1}:${names}:/a\n`).join(''),
  });
  for (const names of mounts) files.texts.set(`/v1/${names}/a/cgroup.procs`, '4711\n1\n');
  return files;
}

function detect(files: MemoryFiles, slot = makeSlot()): Promise<Limiter> {
  return detectLimiter(slot, {
    files,
    directory: t.testdirName,
    native: { lockFile: () => null, close: () => undefined },
    startCanary: () => ({ pid: canaryPid, dead: Promise.resolve() }),
  });
}

t.testdir();

t.test('controllers in mounts of their own, and shared ones', async (t) => {
  for (const mounts of [
    ['cpu', 'cpuacct', 'memory', 'pids'],
    ['cpu,cpuacct', 'memory', 'pids'],
  ]) {
    const files = host(...mounts, 'freezer');
    const before = groupsOf(files);
    const limiter = await detect(files);
    t.equal(limiter.mechanism, 'cgroup v1');
    const group = await limiter.create('7', limits);
    t.same(group.door.cloneInto, undefined);
    t.same(
      group.door.joinFiles.map((descriptor) => files.openDescriptors.get(descriptor)),
      mounts.map((names) => `/v1/${names}/a/repyard-3/7/tasks`),
    );
    const read = (names: string, file: string) => files.texts.get(`/v1/${names}/a/repyard-3/7/${file}`);
    t.equal(read(mounts[0]!, 'cpu.cfs_quota_us'), '5000');
    t.equal(read('memory', 'memory.limit_in_bytes'), '14999552');
    t.equal(read('pids', 'pids.max'), '1');
    t.same(
      group.enforcement().map(({ mechanism }) => mechanism),
      ['cgroup v1 cpu', 'cgroup v1 memory', 'cgroup v1 pids'],
    );
    files.texts.set(`/v1/${mounts[0]}/a/repyard-3/7/cgroup.procs`, '99\n');
    await group.suspend();
    await group.resume();
    await group.remove();
    t.same(files.signals.slice(1), [
      [99, 'SIGSTOP'],
      [99, 'SIGCONT'],
      [99, 'SIGKILL'],
    ]);
    await limiter.close();
    t.same(groupsOf(files), before);
    t.equal(files.openDescriptors.size, 0);
  }
});

t.test('some controllers on v1, some on v2', async (t) => {
  const files = host('cpu,cpuacct', 'pids');
  files.group('/cg', ['memory']);
  files.texts.set(
    '/proc/self/mountinfo',
    `${files.texts.get('/proc/self/mountinfo')}41 31 0:38 / /cg rw - cgroup2 none rw\n`,
  );
  files.texts.set('/proc/self/cgroup', `${files.texts.get('/proc/self/cgroup')}0::/\n`);
  const limiter = await detect(files);
  t.equal(limiter.mechanism, 'cgroup v1 and v2');
  const group = await limiter.create('7', limits);
  t.equal(group.door.joinFiles.length, 2);
  t.equal(files.openDescriptors.get(group.door.cloneInto!), '/cg/repyard-3/7');
  t.same(
    group.enforcement().map(({ mechanism }) => mechanism),
    ['cgroup v1 cpu', 'cgroup v1 pids', 'cgroup v2 memory'],
  );
  await group.remove();
  await limiter.close();
});

t.test('a controller that is not there is named', async (t) => {
  await t.rejects(detect(host('cpu', 'cpuacct', 'pids')), {
    code: 'UNAVAILABLE',
    message: /no cgroup controller memory here. To fix it, mount -t cgroup -o memory/,
  });
  await t.rejects(detect(host('cpu', 'memory', 'pids')), { code: 'UNAVAILABLE', message: /controller cpuacct here/ });
});

t.test('swap that is not counted is a lack; without swap it is none', async (t) => {
  const files = host('cpu', 'cpuacct', 'memory', 'pids');
  files.texts.set('/proc/swaps', 'Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n');
  await t.rejects(detect(files), {
    code: 'LIMIT_REFUSED',
    message: /memory.memsw.limit_in_bytes doesn't take .* ENOENT. To fix it, .*swapoff/,
  });
  files.texts.set('/proc/swaps', 'Filename Type Size Used Priority\n');
  await (await detect(files)).close();
});

t.test('a failure at any step leaves nothing behind', async (t) => {
  const mounts = ['cpu', 'cpuacct', 'memory', 'pids'];
  const counted = (operation: string) => ['mkdir', 'write', 'open'].includes(operation);
  let steps = 0;
  const whole = host(...mounts);
  whole.interfere = (operation) => {
    if (counted(operation)) steps++;
  };
  await (await detect(whole)).close();
  t.ok(steps > 30, `${steps} steps`);
  for (let failing = 0; failing < steps; failing++) {
    const files = host(...mounts);
    const before = groupsOf(files);
    let step = 0;
    files.interfere = (operation) => {
      if (counted(operation) && step++ === failing) throw errno('EIO');
    };
    const slot = makeSlot();
    const failed = await detect(files, slot).then(
      // Killing the canary is tried again in another way.
      (limiter) => limiter.close(),
      () => undefined,
    );
    t.equal(failed, undefined);
    t.same(groupsOf(files), before, `nothing left after failing in step ${failing}`);
    t.equal(files.openDescriptors.size, 0);
    t.same(slot.recorded, []);
  }
});
