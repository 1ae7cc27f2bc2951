import t from 'tap';
import { detectLimiter } from '../../supervisor/limits/detect.js';
import type { Limiter, OsLimits } from '../../supervisor/limits/limiter.js';
import { errno, groupsOf, MemoryFiles, makeSlot } from './memory-files.js';

const limits: OsLimits = { cpu: 0.25, memory: 15_000_000, processes: 1 };
const all = ['cpu', 'memory', 'pids'];
const pid = 4711;
const canaryPid = 4712;

/** A host with cgroup v2 at /cg and the supervisor in `group`, alone unless `others` are there. */
function host(group: string, others: readonly number[] = []): MemoryFiles {
  const files = new MemoryFiles({
    '/proc/self/mountinfo': '41 31 0:38 / /cg rw - cgroup2 cgroup2 rw\n',
    '/proc/self/cgroup': `0::${group.slice('/cg'.length) || '/'}\n`,
  });
  files.group('/cg', all);
  for (const parts = group.split('/').slice(2), path = ['/cg']; parts.length > 0; ) {
    files.texts.set(`${path.join('/')}/cgroup.subtree_control`, all.join(' '));
    path.push(parts.shift()!);
    files.group(path.join('/'), all);
  }
  files.texts.set(`${group}/cgroup.procs`, [pid, ...others].map((other) => `${other}\n`).join(''));
  return files;
}

function detect(files: MemoryFiles, slot = makeSlot()): Promise<Limiter> {
  return detectLimiter(slot, {
    files,
    pid,
    directory: t.testdirName,
    native: { lockFile: () => null, close: () => undefined },
    startCanary: () => ({ pid: canaryPid, dead: Promise.resolve() }),
  });
}

t.testdir();

t.test('alone in its own group: it moves to a leaf, and back', async (t) => {
  const files = host('/cg/service');
  const slot = makeSlot();
  const limiter = await detect(files, slot);
  t.equal(limiter.mechanism, 'cgroup v2');
  t.equal(files.texts.get('/cg/service/cgroup.procs'), '');
  t.equal(files.texts.get('/cg/service/repyard-3-supervisor/cgroup.procs'), `${pid}\n`);
  t.equal(files.texts.get('/cg/service/cgroup.subtree_control'), 'cpu memory pids');
  t.same(slot.recorded, ['/cg/service/repyard-3-supervisor', '/cg/service/repyard-3']);
  t.same(files.signals, [[canaryPid, 'SIGKILL']]);

  const group = await limiter.create('7', limits);
  const read = (file: string) => files.texts.get(`/cg/service/repyard-3/7/${file}`);
  t.equal(read('cpu.max'), '5000 20000');
  t.equal(read('memory.max'), '14999552');
  t.equal(read('memory.swap.max'), '0');
  t.equal(read('memory.oom.group'), '1');
  t.equal(read('pids.max'), '1');
  t.same(group.door.joinFiles, []);
  t.equal(files.openDescriptors.get(group.door.cloneInto!), '/cg/service/repyard-3/7');
  t.same(
    group.enforcement().map(({ resource, mechanism, state }) => [resource, mechanism, state]),
    [
      ['cpu', 'cgroup v2 cpu', 'enforced'],
      ['memory', 'cgroup v2 memory', 'enforced'],
      ['processes', 'cgroup v2 pids', 'enforced'],
    ],
  );
  await group.suspend();
  t.equal(read('cgroup.freeze'), '1');
  await group.resume();
  t.equal(read('cgroup.freeze'), '0');
  await group.remove();
  await limiter.close();
  t.same(groupsOf(files), ['/cg', '/cg/service']);
  t.equal(files.texts.get('/cg/service/cgroup.procs'), `${pid}\n`);
  t.equal(files.texts.get('/cg/service/cgroup.subtree_control'), '');
  t.same(slot.recorded, []);
  t.equal(files.openDescriptors.size, 0);
});

t.test('with others in its group: beside it, where controllers are handed down already', async (t) => {
  const files = host('/cg/session/main', [1, 2]);
  const limiter = await detect(files);
  t.ok(groupsOf(files).includes('/cg/session/repyard-3'));
  t.equal(files.texts.get('/cg/session/main/cgroup.procs'), `${pid}\n1\n2\n`, 'nobody was moved');
  await limiter.close();
  t.same(groupsOf(files), ['/cg', '/cg/session', '/cg/session/main']);
});

t.test('in the root: there, whoever else is in it', async (t) => {
  const files = host('/cg', [1, 2, 3]);
  const limiter = await detect(files);
  t.ok(groupsOf(files).includes('/cg/repyard-3'));
  await limiter.close();
});

t.test('above, but not past a limit', async (t) => {
  for (const file of ['memory.max', 'cpu.max', 'pids.max']) {
    const files = host('/cg/session/main', [1]);
    files.texts.set(`/cg/session/main/${file}`, '50000 100000');
    const before = groupsOf(files);
    const message = new RegExp(
      `holds other processes \\(1\\); groups above would evade its ${file}.*To fix it, .*Delegate=yes`,
    );
    await t.rejects(detect(files), { code: 'UNAVAILABLE', message });
    t.same(groupsOf(files), before);
  }
});

t.test('not allowed to configure anything', async (t) => {
  const files = host('/cg/service');
  files.interfere = (operation, path) => {
    if ((operation === 'write' || operation === 'access') && path.startsWith('/cg')) throw errno('EACCES');
  };
  await t.rejects(detect(files), {
    code: 'UNAVAILABLE',
    message: /\/cg\/service isn't ours to configure \(EACCES\); \/cg isn't ours to write to.*Delegate=yes/,
  });
});

t.test('a controller that is not there is named', async (t) => {
  const files = host('/cg/service');
  files.texts.set('/cg/service/cgroup.controllers', 'memory pids');
  await t.rejects(detect(files), {
    code: 'UNAVAILABLE',
    message: /no cgroup controller cpu here.*\/cg\/service delegated/,
  });
  files.texts.set('/proc/self/mountinfo', '');
  await t.rejects(detect(files), { code: 'UNAVAILABLE', message: /no cgroup file system is mounted/ });
});

t.test('a failure at any step leaves nothing behind', async (t) => {
  const steps: string[] = [];
  const whole = host('/cg/service');
  whole.interfere = (operation, path, text) => {
    if (operation === 'mkdir' || operation === 'write' || operation === 'open')
      steps.push(`${operation} ${path} ${text ?? ''}`);
  };
  const limiter = await detect(whole);
  await limiter.close();
  const made = steps.slice(0, steps.indexOf('write /cg/service/cgroup.subtree_control -cpu -memory -pids'));
  t.ok(made.length > 20, `${made.length} steps`);
  for (let failing = 0; failing < made.length; failing++) {
    const files = host('/cg/service');
    let step = 0;
    files.interfere = (operation) => {
      if (operation !== 'mkdir' && operation !== 'write' && operation !== 'open') return;
      if (step++ === failing) throw errno('EIO');
    };
    const slot = makeSlot();
    // Where the own group can't be configured, the root will do.
    if (made[failing]?.endsWith('subtree_control +cpu +memory +pids') && failing === 0)
      await (await detect(files, slot)).close();
    else await t.rejects(detect(files, slot), `failing to ${made[failing]}`);
    t.same(groupsOf(files), ['/cg', '/cg/service'], `nothing left after failing to ${made[failing]}`);
    t.equal(files.texts.get('/cg/service/cgroup.procs'), `${pid}\n`);
    t.equal(files.openDescriptors.size, 0);
    t.same(slot.recorded, []);
  }
});

t.test('a group of which one setting fails is not made', async (t) => {
  const files = host('/cg');
  const limiter = await detect(files);
  const before = groupsOf(files);
  for (const file of ['cpu.max', 'memory.max', 'memory.swap.max', 'pids.max', 'cgroup.procs']) {
    files.interfere = (operation, path) => {
      if (
        operation === (file === 'cgroup.procs' ? 'mkdir' : 'write') &&
        (path.endsWith(file) || operation === 'mkdir')
      ) {
        throw errno('EINVAL');
      }
    };
    await t.rejects(limiter.create('1', limits), { code: file === 'cgroup.procs' ? 'EINVAL' : 'LIMIT_REFUSED' });
    t.same(groupsOf(files), before, file);
    t.equal(files.openDescriptors.size, 0);
  }
  files.interfere = () => undefined;
  await t.rejects(limiter.create('1', { ...limits, cpu: 0.0001 }), { code: 'LIMIT_REFUSED' });
  for (const id of ['', '..', 'a/b', '-x', 'x'.repeat(65)])
    await t.rejects(async () => limiter.create(id, limits), RangeError);
  t.same(groupsOf(files), before);
  await limiter.close();
});

t.test('a change is all or none', async (t) => {
  const files = host('/cg');
  const limiter = await detect(files);
  const group = await limiter.create('1', limits);
  const read = (file: string) => files.texts.get(`/cg/repyard-3/1/${file}`);
  await group.change({ cpu: 0.5, memory: 20_000_000, processes: 2 });
  t.same([read('cpu.max'), read('memory.max'), read('pids.max')], ['10000 20000', '19996672', '2']);
  files.interfere = (operation, _, text) => {
    if (operation === 'write' && text === '7') throw errno('EINVAL');
  };
  await t.rejects(group.change({ cpu: 1, memory: 30_000_000, processes: 7 }), {
    code: 'LIMIT_REFUSED',
    message: /pids.max doesn't take 7: EINVAL/,
  });
  t.same([read('cpu.max'), read('memory.max'), read('pids.max')], ['10000 20000', '19996672', '2']);
  t.match(group.enforcement(), [{ accuracy: /about 10 ms/ }]);
  await group.remove();
  await limiter.close();
});

t.test('at a glance, a program that has not run is as it was', async (t) => {
  const files = host('/cg');
  const limiter = await detect(files);
  const group = await limiter.create('1', limits);
  const set = (file: string, text: string) => files.texts.set(`/cg/repyard-3/1/${file}`, text);
  set('memory.current', '5000\n');
  t.equal(group.usage(true).memoryBytes, 5000, 'the first time, all is read');
  set('memory.current', '6000\n');
  t.equal(group.usage(true).memoryBytes, 5000);
  t.equal(group.usage().memoryBytes, 6000);
  set('memory.current', '7000\n');
  set('cpu.stat', 'usage_usec 1\nthrottled_usec 0\n');
  t.equal(group.usage(true).memoryBytes, 7000);
  await group.remove();
  await limiter.close();
});

t.test('usage, with and without a peak of the kernel', async (t) => {
  const files = host('/cg');
  const limiter = await detect(files);
  const group = await limiter.create('1', limits);
  const set = (file: string, text: string) => files.texts.set(`/cg/repyard-3/1/${file}`, text);
  set('cpu.stat', 'usage_usec 1500000\nthrottled_usec 250000\n');
  set('memory.current', '5000\n');
  set('memory.events', 'oom_kill 1\n');
  set('pids.current', '1\n');
  t.same(group.usage(), {
    cpuSeconds: 1.5,
    throttledSeconds: 0.25,
    memoryBytes: 5000,
    memoryPeakBytes: 5000,
    processes: 1,
    memoryKills: 1,
  });
  set('memory.current', '4000\n');
  t.match(group.usage(), { memoryBytes: 4000, memoryPeakBytes: 5000 }, 'without: the highest that was read');
  set('memory.current', 'nonsense');
  t.throws(() => group.usage(), /memory.current isn't in the form/);
  await group.remove();
  await limiter.close();
});

t.test('removing kills what is left, and is idempotent', async (t) => {
  const files = host('/cg');
  const limiter = await detect(files);
  const group = await limiter.create('1', limits);
  files.texts.set('/cg/repyard-3/1/cgroup.procs', '99\n');
  await Promise.all([group.remove(), group.remove()]);
  await group.remove();
  t.notOk(groupsOf(files).includes('/cg/repyard-3/1'));
  await limiter.close();
});

t.test('what a dead holder of the slot left is removed, what others made is not', async (t) => {
  const files = host('/cg');
  files.group('/cg/elsewhere', all);
  for (const directory of ['/cg/elsewhere/repyard-3', '/cg/elsewhere/repyard-3/5', '/cg/repyard-4', '/cg/victim']) {
    files.group(directory, all);
  }
  files.texts.set('/cg/elsewhere/repyard-3/5/cgroup.procs', '99\n');
  files.texts.set('/cg/repyard-4/cgroup.procs', '98\n');
  files.texts.set('/cg/victim/cgroup.procs', '97\n');
  const slot = makeSlot(['/cg/elsewhere/repyard-3', '/cg/victim', '/etc/repyard-3']);
  const limiter = await detect(files, slot);
  t.notOk(
    groupsOf(files).some((group) => group.startsWith('/cg/elsewhere/')),
    'listed: killed and removed',
  );
  t.equal(files.texts.get('/cg/victim/cgroup.procs'), '97\n', "listed, but not by the slot's name");
  t.equal(files.texts.get('/cg/repyard-4/cgroup.procs'), '98\n', "another slot's");
  await limiter.close();
});

t.test("groups with the slot's name that nobody listed", async (t) => {
  const files = host('/cg');
  files.group('/cg/repyard-3', all);
  files.group('/cg/repyard-3/5', all);
  await (await detect(files)).close();
  files.group('/cg/repyard-3', all);
  files.group('/cg/repyard-3/5', all);
  files.texts.set('/cg/repyard-3/5/cgroup.procs', '99\n');
  await t.rejects(detect(files), {
    code: 'UNAVAILABLE',
    message: /repyard-3 \(EEXIST\). To fix it, end the processes in it/,
  });
  t.equal(files.texts.get('/cg/repyard-3/5/cgroup.procs'), '99\n', 'processes in them are not touched');
  files.writable = async (path) => path.endsWith('cgroup.procs');
  await t.rejects(
    detect(files),
    { code: 'UNAVAILABLE', message: /repyard-3 \(EACCES\). To fix it, run as root/ },
    'to who may make none it does not matter that it is there',
  );
});
