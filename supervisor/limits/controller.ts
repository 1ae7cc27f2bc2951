/**
 * What one kernel controller contributes to a program's group: the settings to write, the files to read usage from, and
 * what it may claim. `cgroup-v1.ts` and `cgroup-v2.ts` define them as data; `cgroup-group.ts` walks them.
 */
import type { Enforcement } from '../outcome.js';
import type { GroupUsage, OsLimits } from './limiter.js';

export interface Setting {
  readonly file: string;
  readonly value: string;
  /** Whether what is read back means that the kernel took the value. */
  readonly tookEffect: (readBack: string) => boolean;
  /** Some kernels are built without this file, and then need no such setting. */
  readonly mayBeAbsent?: true;
  /** What the operator can do when the file is absent. */
  readonly ifAbsent?: string;
}

/** Kernels without swap accounting lack the file; without swap space that makes no difference. */
export const onlyWithSwap = (swap: boolean): Pick<Setting, 'mayBeAbsent' | 'ifAbsent'> =>
  swap ? { ifAbsent: 'boot with swapaccount=1, or turn swap off (swapoff -a)' } : { mayBeAbsent: true };

export interface Meter {
  readonly file: string;
  /** Null when the text lacks the figure. */
  readonly parse: (text: string) => Partial<GroupUsage> | null;
  readonly mayBeAbsent?: true;
}

/** What the host imposes on all groups below a parent. */
export interface Surroundings {
  /** Cores: the host's, or fewer if the supervisor's own group has a quota. */
  readonly cores: number;
  /** Whether there is swap space that pages could go to. */
  readonly swap: boolean;
}

export interface Controller {
  /** The kernel's name: cpu, cpuacct, memory, pids. */
  readonly name: string;
  /** In the order to write them. `from` is what holds now, undefined for a new group. Throws LimitsError for what can't be enforced. */
  settings(limits: OsLimits, surroundings: Surroundings, from?: OsLimits): Setting[];
  readonly meters: readonly Meter[];
  /** Undefined for a controller that only measures. */
  enforcement(limits: OsLimits, surroundings: Surroundings): Enforcement | readonly Enforcement[] | undefined;
}

export const equals =
  (value: string) =>
  (readBack: string): boolean =>
    readBack.trim() === value;

/** The kernel rounds memory limits down to whole pages, of at most 64 KiB. */
export const pagesOf = (bytes: number) => (readBack: string) => {
  const got = Number(readBack);
  return got <= bytes && got > bytes - 65536;
};

/**
 * What a program could not use of one period's quota, because the processor was busy, it may use later: up to one quota more. Without
 * that a program beside others would get less than its share. Linux 5.14; older kernels give a little less on a busy host.
 */
export const burst = (file: string, microseconds: number): Setting => ({
  file,
  value: `${microseconds}`,
  tookEffect: equals(`${microseconds}`),
  mayBeAbsent: true,
});

/** What the kernel gives to who has no weight of its own. */
export const usualWeight = 100;

/** Who asked for a weight gets a line about it. */
export function weightEnforcement(limits: OsLimits, mechanism: string): readonly Enforcement[] {
  if (limits.cpuWeight === undefined) return [];
  const accuracy = 'shares of a contended core are in proportion to the weights';
  return [{ resource: 'cpuweight', mechanism, state: 'enforced', accuracy }];
}

/** The number behind `name` in lines of `name number`. */
export function fieldOf(text: string, name: string): number | null {
  const found = new RegExp(`^${name} (\\d+)$`, 'm').exec(text);
  return found === null ? null : Number(found[1]);
}

/** For a meter whose file holds one number. */
export const lone =
  (field: keyof GroupUsage, unit = 1) =>
  (text: string): Partial<GroupUsage> | null =>
    /^\d+\s*$/.test(text) ? { [field]: Number(text) * unit } : null;
