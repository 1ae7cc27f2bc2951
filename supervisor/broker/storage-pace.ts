/**
 * Decides whether a file operation runs on the spot or in the thread pool. On the spot it costs 1 to 5 us, in the pool 30
 * (measured on page-cached files), so that quick storage should be used directly; but a guest that makes storage slow (cold
 * reads, throttled writes) must not hold up everybody else. So each operation on the spot is timed, and after one slow one
 * all operations on that device go to the pool for a while: at most one operation a second can hold the supervisor up.
 */
import type { Maybe } from './maybe.js';

const slowMs = 4;
const avoidMs = 1000;

/** What is known of one device: when on-the-spot operations may be tried again. */
export class Device {
  private slowUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get quick(): boolean {
    return this.now() >= this.slowUntil;
  }

  timed<T>(operation: () => T): T {
    const start = this.now();
    try {
      return operation();
    } finally {
      const end = this.now();
      if (end - start >= slowMs) this.slowUntil = end + avoidMs;
    }
  }
}

const devices = new Map<number, Device>();

/** The one `Device` for this st_dev. Hosts have few, so that none is ever dropped. */
export function deviceOf(stDev: number): Device {
  let device = devices.get(stDev);
  if (device === undefined) {
    device = new Device();
    devices.set(stDev, device);
  }
  return device;
}

/** The file operations of one program. At most one of them is in the thread pool, so that no program can fill the pool. */
export class StoragePace {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly device: Device) {}

  /** Does `direct` here and now, or `pooled` in its turn; the two must have the same effect. `small`: worth doing here. */
  run<T>(small: boolean, direct: () => T, pooled: () => Promise<T>): Maybe<T> {
    if (small && this.device.quick) return this.device.timed(direct);
    const result = this.last.then(pooled);
    this.last = result.catch(() => undefined);
    return result;
  }
}
