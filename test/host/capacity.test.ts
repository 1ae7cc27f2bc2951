import { availableParallelism, totalmem } from 'node:os';
import t from 'tap';
import { readCapacity } from '../../supervisor/host/capacity.js';
import { MemoryFiles } from '../limits/memory-files.js';

const readHost = async () => ({ cores: 8, memory: 8 * 2 ** 30 });

const unified = {
  '/proc/self/mountinfo': '41 31 0:38 / /cg rw - cgroup2 cgroup2 rw\n',
  '/proc/self/cgroup': '0::/service/repyard\n',
  '/cg/service/repyard/cgroup.controllers': 'cpu memory pids\n',
};

const legacy = {
  '/proc/self/mountinfo': ['cpu', 'memory', 'pids']
    .map((name, index) => `3${index} 31 0:2${index} / /cg/${name} rw - cgroup cgroup rw,${name}\n`)
    .join(''),
  '/proc/self/cgroup': '3:cpu:/a\n2:memory:/a/b\n1:pids:/\n',
};

t.test("the host's means without tighter limits", async (t) => {
  const capacity = await readCapacity({ files: new MemoryFiles(), readHost });
  t.same(capacity.cpu, { value: 8, source: 'this host' });
  t.same(capacity.memory, { value: 8 * 2 ** 30, source: 'this host' });
  t.equal(capacity.processes.value, Number.POSITIVE_INFINITY);
  t.equal(capacity.descriptors.value, Number.POSITIVE_INFINITY);
});

t.test('cgroup v2: the tightest group on the way up', async (t) => {
  const files = new MemoryFiles({
    ...unified,
    '/cg/service/repyard/memory.max': 'max\n',
    '/cg/service/memory.max': '1073741824\n',
    '/cg/service/repyard/cpu.max': '150000 100000\n',
    '/cg/service/cpu.max': 'max 100000\n',
    '/cg/service/pids.max': '500\n',
    '/proc/sys/kernel/pid_max': '32768\n',
    '/proc/self/limits':
      'Limit  Soft Limit  Hard Limit Units\nMax open files            1024                4096                files\n',
  });
  t.same(await readCapacity({ files, readHost }), {
    cpu: { value: 1.5, source: '/cg/service/repyard/cpu.max' },
    memory: { value: 2 ** 30, source: '/cg/service/memory.max' },
    processes: { value: 500, source: '/cg/service/pids.max' },
    descriptors: { value: 1024, source: "the supervisor's limit of open files" },
  });
});

t.test('cgroup v1: each controller in its own hierarchy', async (t) => {
  const files = new MemoryFiles({
    ...legacy,
    '/cg/cpu/a/cpu.cfs_quota_us': '50000\n',
    '/cg/cpu/a/cpu.cfs_period_us': '100000\n',
    '/cg/cpu/cpu.cfs_quota_us': '-1\n',
    '/cg/cpu/cpu.cfs_period_us': '100000\n',
    '/cg/memory/a/b/memory.limit_in_bytes': '9223372036854771712\n',
    '/cg/memory/a/memory.limit_in_bytes': '536870912\n',
    '/proc/sys/kernel/pid_max': '4194304\n',
  });
  const capacity = await readCapacity({ files, readHost });
  t.same(capacity.cpu, { value: 0.5, source: '/cg/cpu/a/cpu.cfs_quota_us' });
  t.same(capacity.memory, { value: 2 ** 29, source: '/cg/memory/a/memory.limit_in_bytes' });
  t.same(capacity.processes, { value: 4194304, source: 'kernel.pid_max' });
});

t.test('this host', { skip: process.platform !== 'linux' && 'no Linux' }, async (t) => {
  const capacity = await readCapacity();
  t.ok(capacity.cpu.value > 0 && capacity.cpu.value <= availableParallelism(), `${capacity.cpu.value} cores`);
  t.ok(capacity.memory.value > 0 && capacity.memory.value <= totalmem(), `${capacity.memory.value} bytes`);
  t.ok(capacity.processes.value > 0 && Number.isFinite(capacity.processes.value));
  t.ok(capacity.descriptors.value > 0 && Number.isFinite(capacity.descriptors.value));
});
