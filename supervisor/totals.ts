/**
 * Limits on totals, `cputime` and `walltime`. Nothing is polled at a fixed rate: the next look is when the limit could be reached at the
 * earliest, so a limit that is far away costs nothing, and one that is near is met within milliseconds.
 */

import type { Restrictions } from '../restrictions/restrictions.js';
import { servicePart } from './broker/service-time.js';
import { monotonicMs } from './clock.js';
import type { LimitHit } from './outcome.js';

/** Seconds. */
const shortestLook = 0.02;
/** What setTimeout takes. */
const longestLook = 2 ** 31 / 1000 - 1;
/** A program has one thread. */
const mostCores = 1;

export class Totals {
  private readonly startedAt = monotonicMs() / 1000;
  private timer: NodeJS.Timeout | undefined;

  /** Begins to count. `cpuSeconds` reads what was used so far; `hit` is called once, when a total is reached. */
  constructor(
    private restrictions: Restrictions,
    private readonly cpuSeconds: () => number,
    private readonly hit: (limit: LimitHit) => void,
  ) {
    this.look();
  }

  change(restrictions: Restrictions): void {
    this.restrictions = restrictions;
    this.look();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private look(): void {
    clearTimeout(this.timer);
    const { cputime = Infinity, walltime = Infinity } = this.restrictions.extensions ?? {};
    const passed = monotonicMs() / 1000 - this.startedAt;
    if (passed >= walltime) return this.hit({ resource: 'walltime', allowed: walltime, used: passed });
    let wait = walltime - passed;
    if (cputime < Infinity) {
      const used = this.cpuSeconds();
      if (used >= cputime) return this.hit({ resource: 'cputime', allowed: cputime, used });
      const cores = Math.min(this.restrictions.limits.cpu ?? mostCores, mostCores) + servicePart;
      wait = Math.min(wait, Math.max((cputime - used) / cores, shortestLook));
    }
    if (wait === Infinity) return;
    this.timer = setTimeout(() => this.look(), Math.ceil(Math.min(wait, longestLook) * 1000));
    this.timer.unref();
  }
}
