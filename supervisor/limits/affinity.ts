/**
 * Holds a process to some of the processors. The kernel keeps it there: a locked child can't ask for others, and makes no processes
 * that could. By affinity rather than by a cgroup controller, which a delegated subtree often lacks.
 */
import { readFile } from 'node:fs/promises';
import type { Enforcement } from '../outcome.js';
import { LimitsError } from './errors.js';

const all = '0-1023';

/** Rejects with LimitsError LIMIT_REFUSED unless the process is held to these processors, all if undefined. */
export async function setAffinity(pid: number, processors: readonly number[] | undefined): Promise<void> {
  const list = processors?.join(',') ?? all;
  // Few programs ask for it.
  const { execa } = await import('execa');
  const { failed, shortMessage } = await execa('taskset', ['-pc', list, String(pid)], { reject: false });
  if (failed) {
    const online = await readFile('/sys/devices/system/cpu/online', 'utf8').catch(() => 'unknown');
    const why = `this host has the processors ${online.trim()} (${shortMessage})`;
    throw new LimitsError('LIMIT_REFUSED', `cpuset ${list} can't be set: ${why}`);
  }
  if (processors === undefined) return;
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const held = expand(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
  if (held.length === processors.length && held.every((processor) => processors.includes(processor))) return;
  throw new LimitsError('LIMIT_REFUSED', `cpuset ${list}: this host gives ${held.join(',')} of it`);
}

/** `0-2,5` */
function expand(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

export const affinityEnforcement: Enforcement = {
  resource: 'cpuset',
  mechanism: 'processor affinity',
  state: 'enforced',
  accuracy: 'exact',
};
