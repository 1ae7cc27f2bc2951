/**
 * What serving programs costs the supervisor beside the turns in which it does: reading and writing sockets, file operations in other
 * threads, collecting garbage. The kernel counts all of it for the process as a whole, so what a turn took by the clock is multiplied by
 * what the process has used for each second of all turns lately. On a loaded host that is less than 1: others had the processor meanwhile.
 */

/** Milliseconds over which that is reckoned. */
const windowMs = 250;
/** Below this part of the time no turns to speak of were taken, and what the process did was something else. */
const leastPart = 0.01;
/** Measured: 1.3 to 2.7 for programs that do nothing but ask. The rest may be the supervisor's own affairs. */
const [least, most] = [0.3, 3];

export class WorkFactor {
  value = 1;
  private measured = 0;
  private since: number;
  private usedBefore: number;

  /** `used`: seconds of processor time of this process. */
  constructor(
    now = performance.now(),
    private readonly used: () => number = processSeconds,
  ) {
    this.since = now;
    this.usedBefore = used();
  }

  /** After each turn of any program: how long it took, and when it ended, in milliseconds. */
  note(seconds: number, now: number): void {
    this.measured += seconds;
    const elapsed = now - this.since;
    if (elapsed < windowMs) return;
    const used = this.used();
    const busy = this.measured >= (elapsed / 1000) * leastPart;
    this.value = busy ? Math.min(Math.max((used - this.usedBefore) / this.measured, least), most) : 1;
    this.since = now;
    this.usedBefore = used;
    this.measured = 0;
  }
}

function processSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Of this process. */
export const workFactor = new WorkFactor();
