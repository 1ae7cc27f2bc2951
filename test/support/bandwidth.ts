import { readFileSync } from 'node:fs';
import { parseHierarchies } from '../../supervisor/limits/hierarchies.js';

/** The kernel's own account of a group's cpu limit, since the group was made. Seconds, and numbers of periods. */
export interface Bandwidth {
  readonly used: number;
  /** Periods in which the group ran: none are counted where there is no limit. */
  readonly periods: number;
  /** Those among them in which it had used its quota and stood still. */
  readonly throttledPeriods: number;
  readonly throttled: number;
}

/**
 * How the kernel keeps a process's cpu limit. Unlike what a program sees by the clock this holds on any host: while a program waits for
 * a processor, or the whole host stands still, it isn't throttled, or for as many periods as have passed.
 */
export function bandwidthOf(pid: number): Bandwidth {
  const hierarchies = parseHierarchies(
    readFileSync('/proc/self/mountinfo', 'utf8'),
    readFileSync(`/proc/${pid}/cgroup`, 'utf8'),
  );
  const figure = (controller: string, file: string, name: RegExp): number => {
    const group = hierarchies.find(({ controllers }) => controllers.includes(controller)) ?? unified();
    const [, value] = name.exec(readFileSync(`${group.ownGroup}/${file}`, 'utf8')) ?? [];
    if (value === undefined) throw new Error(`${group.ownGroup}/${file} has no ${name}`);
    return Number(value);
  };
  const unified = () => {
    const group = hierarchies.find(({ version }) => version === 2);
    if (group === undefined) throw new Error(`process ${pid} is in no cgroup`);
    return group;
  };
  const v1 = hierarchies.some(({ controllers }) => controllers.includes('cpu'));
  const stat = (name: string) => figure('cpu', 'cpu.stat', new RegExp(`^${name} (\\d+)$`, 'm'));
  return {
    used: v1 ? figure('cpuacct', 'cpuacct.usage', /^(\d+)$/m) / 1e9 : stat('usage_usec') / 1e6,
    periods: stat('nr_periods'),
    throttledPeriods: stat('nr_throttled'),
    throttled: v1 ? stat('throttled_time') / 1e9 : stat('throttled_usec') / 1e6,
  };
}
