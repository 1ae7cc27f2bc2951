/** Ways to cgroups that the limiter's own message can't know of: they lie in how this host was started. */
import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';

export interface Surroundings {
  readonly kernel: string;
  readonly isRoot: boolean;
  exists(path: string): boolean;
  read(path: string): string;
}

const here: Surroundings = {
  kernel: release(),
  isRoot: process.geteuid?.() === 0,
  exists: existsSync,
  read(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  },
};

/** The first that applies is the nearest. */
const ways: readonly { readonly applies: (host: Surroundings) => boolean; readonly fix: string }[] = [
  {
    applies: ({ kernel }) => /microsoft/i.test(kernel),
    fix:
      'in WSL 2: `systemd=true` under [boot] in /etc/wsl.conf, `kernelCommandLine=cgroup_no_v1=all` under [wsl2] in ' +
      '%UserProfile%\\.wslconfig, then wsl --shutdown',
  },
  {
    applies: (host) => isContainer(host),
    fix:
      'in a container: start it with a writable cgroup tree of its own (docker run --privileged --cgroupns=private, ' +
      'podman run --systemd=always), or run repyard outside of it',
  },
  {
    applies: ({ isRoot, exists }) =>
      !isRoot && exists('/run/systemd/system') && exists('/sys/fs/cgroup/cgroup.controllers'),
    fix:
      'as an ordinary user under systemd: have the cpu controller delegated, too (Delegate=cpu memory pids under [Service] in ' +
      '/etc/systemd/system/user@.service.d/delegate.conf, then log in anew), and start by systemd-run --user --scope -p Delegate=yes repyard ...',
  },
  { applies: ({ isRoot }) => !isRoot, fix: 'run repyard as root' },
];

export function cgroupFixes(host: Surroundings = here): string[] {
  const found = ways.filter(({ applies }) => applies(host)).map(({ fix }) => fix);
  return [
    ...found,
    'or run programs with --allow-degraded: limits are polled then, and a program can pass them between two looks',
  ];
}

function isContainer({ exists, read }: Surroundings): boolean {
  return (
    exists('/.dockerenv') ||
    exists('/run/.containerenv') ||
    /(^|\0)container=/.test(read('/proc/1/environ')) ||
    /\/(docker|kubepods|lxc)/.test(read('/proc/1/cgroup'))
  );
}
