/** Milliseconds that a program has in any case, and within which it must work to have more. */
const leastMs = 3000;
/** What it may work, seconds of processor time: collecting a GiB takes less. And the end of all patience. */
const workSeconds = 1;
const mostMs = 10_000;

/**
 * How long a program may take to give memory back when its limit is lowered. Its engine collects garbage as soon as it is told, but
 * with its share of a processor: at a tenth of a core, or on a busy host, that takes ten times as long by the clock. So a program has three
 * seconds, and more as long as it works: a second of processor time, and ten by the clock, at most.
 */
export class GiveBackTime {
  private workedAt: number;
  private worked: number;

  /** `now`: milliseconds of any monotonic clock; `cpuSeconds`: what the program has worked in all. */
  constructor(
    private readonly begun: number,
    private readonly workedBefore: number,
  ) {
    this.workedAt = begun;
    this.worked = workedBefore;
  }

  isOver(now: number, cpuSeconds: number): boolean {
    if (cpuSeconds > this.worked) this.workedAt = now;
    this.worked = cpuSeconds;
    if (now < this.begun + leastMs) return false;
    const rests = now >= this.workedAt + leastMs;
    return rests || cpuSeconds >= this.workedBefore + workSeconds || now >= this.begun + mostMs;
  }
}
