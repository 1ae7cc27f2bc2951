import { LimitsError } from './errors.js';

/** Microseconds of processor time per period, as both cgroup versions take them. */
export interface Bandwidth {
  readonly quota: number;
  readonly period: number;
}

/** A program that used up its quota stands still for the rest of the period: short periods make short stalls. */
const shortPeriod = 20_000;
/** The kernel's bounds. */
const longestPeriod = 1_000_000;
const smallestQuota = 1000;

/** The smallest share of a core that the kernel can give: 1 ms a second. */
export const smallestShare = smallestQuota / longestPeriod;

/**
 * Quota and period for a share of cores. Shares below 0.05 need a longer period, because the quota has a minimum.
 * A share above `cores` is the same as all of them, and a nested quota above its parent's would be refused.
 */
export function bandwidthOf(share: number, cores: number): Bandwidth {
  if (!(share >= smallestShare)) {
    throw new LimitsError(
      'LIMIT_REFUSED',
      `cpu ${share} can't be enforced: the kernel's smallest share is ${smallestShare}`,
    );
  }
  const given = Math.min(share, cores);
  const period = Math.min(longestPeriod, Math.max(shortPeriod, Math.ceil(smallestQuota / given)));
  return { quota: Math.max(smallestQuota, Math.floor(given * period)), period };
}

/** The longest that a program of one thread stands still for its quota, in milliseconds. */
export function longestStallMs({ quota, period }: Bandwidth): number {
  return Math.max(0, period - quota) / 1000;
}

/** The figure is the resource table's. */
export function cpuAccuracy(bandwidth: Bandwidth): string {
  const stall = longestStallMs(bandwidth).toFixed(0);
  return `within 2 % of the limit over 10 seconds; a thread stands still for about ${stall} ms at a time`;
}
