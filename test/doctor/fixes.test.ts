import t from 'tap';
import { cgroupFixes, type Surroundings } from '../../supervisor/doctor/cgroup-fixes.js';

const host = (more: Partial<Surroundings> = {}, files: Record<string, string> = {}): Surroundings => ({
  kernel: '6.8.0-generic',
  isRoot: true,
  exists: (path) => Object.hasOwn(files, path),
  read: (path) => files[path] ?? '',
  ...more,
});

t.test('the fix fits where the host runs', async (t) => {
  const cases: readonly (readonly [Surroundings, RegExp])[] = [
    [host({ kernel: '5.15.153.1-microsoft-standard-WSL2' }), /wsl --shutdown/],
    [host({}, { '/.dockerenv': '' }), /docker run --privileged --cgroupns=private/],
    [host({}, { '/run/.containerenv': '' }), /podman run --systemd=always/],
    [host({}, { '/proc/1/environ': 'PATH=/bin\0container=lxc\0' }), /in a container/],
    [host({}, { '/proc/1/cgroup': '0::/kubepods/pod1/abc\n' }), /in a container/],
    [
      host({ isRoot: false }, { '/run/systemd/system': '', '/sys/fs/cgroup/cgroup.controllers': '' }),
      /Delegate=cpu memory pids .*systemd-run --user --scope -p Delegate=yes/,
    ],
    [host({ isRoot: false }), /run repyard as root/],
    [host(), /--allow-degraded/],
  ];
  for (const [given, fix] of cases) t.match(cgroupFixes(given)[0], fix);
  t.match(cgroupFixes(host({ isRoot: false })).at(-1), /^or run programs with --allow-degraded/);
});
