/** What a supervisor holds of the host, as the kernel sees it: equal before and after, or something leaked. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseHierarchies } from '../../supervisor/limits/hierarchies.js';

export interface HostState {
  readonly descriptors: readonly string[];
  readonly groups: readonly string[];
  readonly processes: readonly number[];
  readonly zombies: readonly number[];
}

/** `member`: a program of the yard that runs all the while; its groups' parents are the yard's. */
export function readHostState(member: number): HostState {
  const processes = descendants(process.pid);
  return {
    descriptors: readdirSync('/proc/self/fd').flatMap(describe).sort(),
    groups: parentGroups(member).flatMap((parent) =>
      readdirSync(parent, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${parent}/${entry.name}`),
    ),
    processes: processes.filter((pid) => !isZombie(pid)),
    zombies: processes.filter(isZombie),
  };
}

/** Reads until it is as `before`, because what was released may take the kernel a moment; at most `ms`. */
export async function settledState(member: number, before: HostState, ms = 30_000): Promise<HostState> {
  const wanted = JSON.stringify(before);
  for (const end = Date.now() + ms; ; await delay(20)) {
    const state = readHostState(member);
    if (JSON.stringify(state) === wanted || Date.now() > end) return state;
  }
}

/** Resident bytes of this process. */
export const residentBytes = (): number => process.memoryUsage.rss();

/** Sockets and pipes have numbers of their own: two of the same kind count as alike. */
function describe(fd: string): string[] {
  try {
    return [readlinkSync(`/proc/self/fd/${fd}`).replace(/:\[\d+\]$/, '')];
  } catch {
    // The descriptor that listed the directory.
    return [];
  }
}

function parentGroups(pid: number): string[] {
  const read = (file: string) => readFileSync(`/proc/${file}`, 'utf8');
  return parseHierarchies(read('self/mountinfo'), read(`${pid}/cgroup`))
    .map(({ ownGroup }) => dirname(ownGroup))
    .filter((group) => /\/repyard-\d+$/.test(group));
}

function descendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    } catch {
      return [];
    }
  });
  return children.flatMap((child) => {
    try {
      return [child, ...descendants(child)];
    } catch {
      return [];
    }
  });
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
