/**
 * Holds a process to a share of a core by stopping and continuing it: when to do what, without doing it. Every reading of
 * the process's use settles the account, so that late timers and coarse clocks make stalls uneven but not the share.
 */

/** Seconds of processor time that a program may use at a stretch before it is looked at again. */
const slice = 0.005;
/** Seconds: the longest stall, unless the share is so small that shorter ones wouldn't do. */
const longestStall = 0.085;
/** Seconds: a share of so much time may be saved up, for timers that come late. */
const saved = 0.05;
/** Seconds between two looks at an idle program, and at one whose share nothing can exceed. */
const longestLook = 0.1;
const shortestLook = 0.002;
/** A program that used less than this share of the time since the last look counts as idle. */
const idleShare = 0.01;

export interface Step {
  /** Whether the process may run until the next look. */
  readonly run: boolean;
  /** Seconds until the next look. */
  readonly wait: number;
}

export class DutyCycle {
  /** Seconds of processor time that it may use now; negative when it has had too much. */
  private credit = slice;
  private readAt: number;
  private used = 0;
  private look = shortestLook;
  private running = true;

  /** `share`: cores. `now`: seconds of any monotonic clock. */
  constructor(
    public share: number,
    now: number,
  ) {
    this.readAt = now;
  }

  /** Takes a reading: seconds of processor time used in all. */
  observe(now: number, used: number): Step {
    const elapsed = Math.max(0, now - this.readAt);
    const spent = Math.max(0, used - this.used);
    this.readAt = now;
    this.used = Math.max(used, this.used);
    // One thread can't use more than one core.
    if (this.share >= 1) return this.go(longestLook);
    this.credit = Math.min(this.credit + elapsed * this.share - spent, Math.max(slice, saved * this.share));
    if (this.credit < 0 && this.running) return this.stop();
    const idle = this.running && spent < idleShare * elapsed;
    this.look = idle ? Math.min(this.look * 2, longestLook) : Math.max(this.credit, shortestLook);
    return this.go(this.look);
  }

  private stop(): Step {
    this.running = false;
    const wait = Math.min(-this.credit / this.share, Math.max(longestStall, (2 * slice) / this.share));
    return { run: false, wait: Math.max(wait, shortestLook) };
  }

  private go(wait: number): Step {
    this.running = true;
    return { run: true, wait };
  }
}
