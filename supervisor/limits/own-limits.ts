/** What the supervisor's own groups, and those above them, allow: all programs together can't have more. */
import { dirname, join } from 'node:path/posix';
import type { ControlFiles } from './control-files.js';
import type { Hierarchy } from './hierarchies.js';

export interface OwnLimit {
  /** Cores, bytes or a count; Infinity when nothing limits it. */
  readonly value: number;
  /** The control file that says so. */
  readonly source?: string;
}

export interface OwnLimits {
  readonly cpu: OwnLimit;
  readonly memory: OwnLimit;
  readonly processes: OwnLimit;
}

type Reader = (files: ControlFiles, group: string) => Promise<OwnLimit>;

const unlimited: OwnLimit = { value: Number.POSITIVE_INFINITY };

/** v1 has no word for "no limit" in bytes: it is the largest number of pages that fits, near 2^63. */
const v1Unlimited = 2 ** 62;

const readers: Readonly<Record<1 | 2, Readonly<Record<keyof OwnLimits, Reader>>>> = {
  1: {
    async cpu(files, group) {
      const source = join(group, 'cpu.cfs_quota_us');
      const quota = await numberIn(files, source);
      const period = await numberIn(files, join(group, 'cpu.cfs_period_us'));
      return quota > 0 && period > 0 ? { value: quota / period, source } : unlimited;
    },
    async memory(files, group) {
      const source = join(group, 'memory.limit_in_bytes');
      const value = await numberIn(files, source);
      return value < v1Unlimited ? { value, source } : unlimited;
    },
    processes: countIn('pids.max'),
  },
  2: {
    async cpu(files, group) {
      const source = join(group, 'cpu.max');
      const [quota, period] = (await textIn(files, source)).split(' ').map(Number);
      return quota !== undefined && period !== undefined && quota > 0 ? { value: quota / period, source } : unlimited;
    },
    memory: countIn('memory.max'),
    processes: countIn('pids.max'),
  },
};

const controllerOf = { cpu: 'cpu', memory: 'memory', processes: 'pids' } as const;

/** The tightest limit on the way from the own group to the top of what this process can see. */
export async function readOwnLimits(files: ControlFiles, hierarchies: readonly Hierarchy[]): Promise<OwnLimits> {
  const tightest = async (resource: keyof OwnLimits): Promise<OwnLimit> => {
    const found: OwnLimit[] = [unlimited];
    for (const { version, controllers, ownGroup, mountPoint } of hierarchies) {
      if (version === 1 && !controllers.includes(controllerOf[resource])) continue;
      for (const group of groupsUp(ownGroup, mountPoint)) found.push(await readers[version][resource](files, group));
    }
    return found.reduce((least, limit) => (limit.value < least.value ? limit : least));
  };
  return { cpu: await tightest('cpu'), memory: await tightest('memory'), processes: await tightest('processes') };
}

/** From `group` up to the mount point, both included. */
export function groupsUp(group: string, mountPoint: string): string[] {
  const groups = [group];
  for (let at = group; at !== mountPoint && at !== '/'; ) {
    at = dirname(at);
    groups.push(at);
  }
  return groups;
}

function countIn(file: string): Reader {
  return async (files, group) => {
    const source = join(group, file);
    const value = await numberIn(files, source);
    return Number.isNaN(value) ? unlimited : { value, source };
  };
}

/** NaN for a file that is absent, as at the top of a hierarchy, and for `max`. */
async function numberIn(files: ControlFiles, path: string): Promise<number> {
  return Number.parseInt(await textIn(files, path), 10);
}

async function textIn(files: ControlFiles, path: string): Promise<string> {
  return (await files.read(path).catch(() => '')).trim();
}
