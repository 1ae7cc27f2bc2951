import t from 'tap';
import { parseHierarchies, readHierarchies } from '../../supervisor/limits/hierarchies.js';
import { MemoryFiles } from './memory-files.js';

t.test('v1 with a mount for each controller, beside an empty v2', (t) => {
  const mounts = [
    '23 1 8:1 / / rw - ext4 /dev/root rw',
    '31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755',
    '32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime shared:5 - cgroup cgroup rw,cpu',
    '35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory',
    '40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd',
    '41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
  ].join('\n');
  const members = '9:name=systemd:/\n4:memory:/a/b\n1:cpu:/\n0::/\n';
  t.same(parseHierarchies(mounts, members), [
    { version: 1, controllers: ['cpu'], mountPoint: '/sys/fs/cgroup/cpu', ownGroup: '/sys/fs/cgroup/cpu' },
    { version: 1, controllers: ['memory'], mountPoint: '/sys/fs/cgroup/memory', ownGroup: '/sys/fs/cgroup/memory/a/b' },
    { version: 1, controllers: [], mountPoint: '/sys/fs/cgroup/systemd', ownGroup: '/sys/fs/cgroup/systemd' },
    { version: 2, controllers: [], mountPoint: '/sys/fs/cgroup/unified', ownGroup: '/sys/fs/cgroup/unified' },
  ]);
  t.end();
});

t.test('controllers that share a mount, in another order than in the membership', (t) => {
  const mounts = '33 31 0:30 / /cg/cpu,cpuacct rw - cgroup cgroup rw,cpuacct,cpu';
  t.same(parseHierarchies(mounts, '3:cpu,cpuacct:/x\n'), [
    { version: 1, controllers: ['cpu', 'cpuacct'], mountPoint: '/cg/cpu,cpuacct', ownGroup: '/cg/cpu,cpuacct/x' },
  ]);
  t.end();
});

t.test('a container that sees a part of the tree', (t) => {
  const mounts = [
    '50 49 0:29 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu',
    '51 49 0:30 /docker/other /sys/fs/cgroup/pids ro - cgroup cgroup rw,pids',
  ].join('\n');
  const found = parseHierarchies(mounts, '2:cpu:/docker/abc/sub\n1:pids:/docker/abc\n');
  t.same(
    found.map(({ ownGroup }) => ownGroup),
    ['/sys/fs/cgroup/cpu/sub'],
    'a group outside of what is mounted is out of reach',
  );
  t.end();
});

t.test('odd names, double mounts, and lines of other kinds', (t) => {
  const mounts = [
    '50 49 0:29 / /mnt/my\\040groups rw - cgroup2 none rw',
    '51 49 0:29 / /mnt/again rw - cgroup2 none rw',
    '51 49 0:29 / /mnt/my\\040groups rw - cgroup2 none rw',
    '',
    'nonsense',
    '1 2 3',
  ].join('\n');
  t.same(
    parseHierarchies(mounts, '0::/a:b\nnonsense\n').map(({ ownGroup }) => ownGroup),
    ['/mnt/my groups/a:b', '/mnt/again/a:b'],
  );
  t.same(parseHierarchies(mounts, ''), [], 'no membership');
  t.same(parseHierarchies('', '0::/\n'), [], 'nothing mounted');
  t.end();
});

t.test("v2's controllers are those of the own group", async (t) => {
  const files = new MemoryFiles({
    '/proc/self/mountinfo': '41 31 0:38 / /cg rw - cgroup2 cgroup2 rw\n',
    '/proc/self/cgroup': '0::/main\n',
    '/cg/main/cgroup.controllers': 'cpu io memory pids\n',
  });
  t.same(await readHierarchies(files), [
    { version: 2, controllers: ['cpu', 'io', 'memory', 'pids'], mountPoint: '/cg', ownGroup: '/cg/main' },
  ]);
  files.texts.delete('/cg/main/cgroup.controllers');
  t.same((await readHierarchies(files))[0]?.controllers, [], 'unreadable: none');
});
