/**
 * When a program was kept from running because of its cpu limit, as RepyV2's programs expect it of getresources(): pairs of
 * when and how long. RepyV2 stopped a program about once a second, for most of the second. The kernel stops it every 20 ms,
 * which nobody wants to read one by one: one entry tells of one second, and how much of it the program stood still.
 */
const kept = 100;
/** Seconds. The kernel may hold a program up for a moment though it is far below its limit. */
const shortest = 0.001;

export class StopTimes {
  readonly #entries: (readonly [at: number, seconds: number])[] = [];
  /** Seconds since the program's start. */
  #readAt = 0;
  #throttled = 0;
  /** Of the second that `#readAt` is in: how much the program stood still. */
  #open = 0;

  /** The last 100, oldest first: [seconds since the program's start, seconds that it stood still]. Only full seconds are in. */
  get entries(): readonly (readonly [number, number])[] {
    return this.#entries;
  }

  /** Takes a reading: `throttledSeconds` in all, `now` seconds after the program's start. */
  observe(now: number, throttledSeconds: number): void {
    const elapsed = now - this.#readAt;
    if (!(elapsed > 0)) return;
    const stopped = Math.max(throttledSeconds - this.#throttled, 0);
    this.#throttled = throttledSeconds;
    // The kernel counts a stop when it is over: it may have begun long before the last reading.
    if (stopped > elapsed) this.#fillBack(stopped - elapsed);
    // Between two readings nothing is known but the sum: it is spread evenly. A second has no more than a second.
    const share = Math.min(stopped / elapsed, 1);
    // Seconds that would be pushed out at once are not even looked at.
    let at = Math.max(this.#readAt, Math.floor(now) - kept);
    for (let end = Math.floor(at) + 1; end <= now; end++) {
      this.#close(end - 1, this.#open + share * (end - at));
      at = end;
    }
    this.#open += share * (now - at);
    this.#readAt = now;
  }

  /** Puts what is left of a stop into the time before the last reading, newest first. */
  #fillBack(seconds: number): void {
    const second = Math.floor(this.#readAt);
    const now = Math.min(seconds, this.#readAt - second - this.#open);
    this.#open += now;
    let left = seconds - now;
    let next = this.#entries.length;
    for (let at = second - 1; left > shortest && at >= Math.max(0, second - kept); at--) {
      const [entryAt, had] = this.#entries[next - 1] ?? [-1, 0];
      const before = entryAt === at ? had : 0;
      const more = Math.min(left, 1 - before);
      if (entryAt === at) this.#entries[--next] = [at, before + more];
      else this.#entries.splice(next, 0, [at, more]);
      left -= more;
    }
    this.#entries.splice(0, Math.max(0, this.#entries.length - kept));
  }

  #close(at: number, seconds: number): void {
    this.#open = 0;
    if (seconds < shortest) return;
    this.#entries.push([at, seconds]);
    if (this.#entries.length > kept) this.#entries.shift();
  }
}
