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
    // Between two readings nothing is known but the sum: it is spread evenly. A second has no more than a second.
    const share = Math.min(Math.max(throttledSeconds - this.#throttled, 0) / elapsed, 1);
    this.#throttled = throttledSeconds;
    // Seconds that would be pushed out at once are not even looked at.
    let at = Math.max(this.#readAt, Math.floor(now) - kept);
    for (let end = Math.floor(at) + 1; end <= now; end++) {
      this.#close(end - 1, this.#open + share * (end - at));
      at = end;
    }
    this.#open += share * (now - at);
    this.#readAt = now;
  }

  #close(at: number, seconds: number): void {
    this.#open = 0;
    if (seconds < shortest) return;
    this.#entries.push([at, seconds]);
    if (this.#entries.length > kept) this.#entries.shift();
  }
}
