import { servicePart } from './broker/service-time.js';

/** Seconds between two looks at what the supervisor worked for a program. */
const interval = 1;
/** A change of the charge below this part of the limit isn't worth telling the kernel. */
const step = 0.05;

/** Decides how much of a program's cpu limit its own process has to give up for what the supervisor works for it. */
export class ServiceCharge {
  private at: number;
  private worked = 0;
  /** Cores. */
  private charged = 0;

  /** `now`: seconds of any monotonic clock. */
  constructor(now: number) {
    this.at = now;
  }

  get cores(): number {
    return this.charged;
  }

  /** Takes a reading of the seconds worked in all; true when `cores` has changed. */
  observe(now: number, workedSeconds: number, limit: number): boolean {
    const elapsed = now - this.at;
    if (elapsed < interval) return false;
    const rate = (workedSeconds - this.worked) / elapsed;
    this.at = now;
    this.worked = workedSeconds;
    const due = Math.min(rate, limit * servicePart);
    const negligible = due < limit * step;
    if (negligible ? this.charged === 0 : Math.abs(due - this.charged) < limit * step) return false;
    this.charged = negligible ? 0 : due;
    return true;
  }
}
