/**
 * One renewable resource of one program, by RepyV2's rule (its nanny.py): a charge is added at once, however large, and
 * whoever charged waits until the use has drained to the limit. The bucket drains by `limit` per second, so the burst is one
 * second's worth. Whoever waits holds the bucket: later charges, even of nothing, queue behind and are added in their turn.
 */
import { Cancelled, LimitFault } from './faults.js';
import type { Pulse } from './pulse.js';

/** Seconds. Rounding may leave a trace above the limit that drains in less than the clock can tell. */
const shortestWait = 1e-6;

interface Waiter {
  readonly amount: number;
  /** Whether the amount is in `used` already: true for the head of the queue only. */
  added: boolean;
  resolve(): void;
  reject(reason: Error): void;
}

export class LeakyBucket {
  /** As RepyV2 shows it: it drains only when the next charge looks at the clock. */
  used = 0;
  /** Everything that was ever charged. */
  total = 0;
  private drainedAt: number;
  private readonly queue: Waiter[] = [];
  private takeBack: (() => void) | undefined;
  private disposed = false;

  constructor(
    private readonly resource: string,
    private rate: number,
    private readonly pulse: Pulse,
  ) {
    this.drainedAt = pulse.now();
  }

  get limit(): number {
    return this.rate;
  }

  /**
   * Charges `amount` >= 0; 0 just waits while the bucket is too full. Returns undefined when the caller may go on at
   * once, otherwise a promise of that. Throws LimitFault when the bucket can never drain: its limit isn't positive;
   * and Cancelled instead of waiting when the bucket is disposed of.
   */
  charge(amount: number): Promise<void> | undefined {
    if (!(amount >= 0)) throw new RangeError(`a charge of ${amount} ${this.resource}`);
    if (!(this.rate > 0)) throw this.neverDrains(amount);
    if (this.queue.length > 0) return this.enqueue({ amount, added: false });
    this.add(amount);
    if (this.used <= this.rate) return undefined;
    if (this.disposed) throw new Cancelled();
    const waited = this.enqueue({ amount, added: true });
    this.wakeLater();
    return waited;
  }

  /**
   * Charges `amount` and never waits, for programs that are to meet an error or their end at the limit. False when the bucket was too
   * full before; the amount is charged all the same, or calls at the same time would have it for nothing.
   */
  chargeNow(amount: number): boolean {
    if (!(amount >= 0)) throw new RangeError(`a charge of ${amount} ${this.resource}`);
    if (!(this.rate > 0)) throw this.neverDrains(amount);
    this.drain();
    const fits = this.used <= this.rate;
    this.used += amount;
    this.total += amount;
    return fits;
  }

  /** Sets a new limit on the spot, also for those who wait. */
  change(limit: number): void {
    this.drain();
    this.rate = limit;
    if (this.queue.length === 0) return;
    if (!(limit > 0)) {
      const waiters = this.clear();
      for (const waiter of waiters) waiter.reject(this.neverDrains(waiter.amount));
      return;
    }
    this.takeBack?.();
    this.serve();
  }

  /** Rejects everybody who waits with Cancelled; from now on nobody waits. */
  dispose(): void {
    this.disposed = true;
    for (const waiter of this.clear()) waiter.reject(new Cancelled());
  }

  private enqueue(waiter: Pick<Waiter, 'amount' | 'added'>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ ...waiter, resolve, reject });
    });
  }

  private clear(): Waiter[] {
    this.takeBack?.();
    this.takeBack = undefined;
    return this.queue.splice(0);
  }

  private neverDrains(amount: number): LimitFault {
    return new LimitFault({ resource: this.resource, allowed: this.rate, used: this.used + amount });
  }

  private drain(): void {
    const now = this.pulse.now();
    const elapsed = now - this.drainedAt;
    this.drainedAt = now;
    // An unlimited rate drains at once; infinity times no time at all would be NaN.
    if (this.rate === Number.POSITIVE_INFINITY) this.used = 0;
    else if (elapsed > 0) this.used = Math.max(0, this.used - elapsed * this.rate);
  }

  private add(amount: number): void {
    this.drain();
    this.used += amount;
    this.total += amount;
  }

  /** One timer for the head of the queue; whoever is behind it needs none. */
  private wakeLater(): void {
    const seconds = Math.max((this.used - this.rate) / this.rate, shortestWait);
    this.takeBack = this.pulse.after(seconds, () => this.serve());
  }

  /** Lets the waiters go in order, until one has to wait on. */
  private serve(): void {
    this.takeBack = undefined;
    this.drain();
    for (let head = this.queue[0]; head !== undefined; head = this.queue[0]) {
      if (!head.added) {
        this.add(head.amount);
        head.added = true;
      }
      if (this.used > this.rate) {
        this.wakeLater();
        return;
      }
      this.queue.shift();
      head.resolve();
    }
  }
}
