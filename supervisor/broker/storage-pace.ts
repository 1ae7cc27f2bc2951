/**
 * Decides whether a file operation runs on the spot or in the thread pool. On the spot it costs 1 to 5 us, in the pool 30
 * (measured on page-cached files), so that quick storage should be used directly; but a guest that makes storage slow (cold
 * reads, throttled writes) must not hold up everybody else. So each operation on the spot is timed, and after two slow ones
 * close together all operations on that device go to the pool for a while: at most two operations a second can hold the
 * supervisor up. One alone says little: on a busy host the supervisor may just have lost its processor meanwhile.
 */
import type { Maybe } from './maybe.js';

const slowMs = 4;
const avoidMs = 1000;
/** So many operations after a slow one, another slow one is taken for the storage's fault. */
const suspectFor = 20;

/** What is known of one device: when on-the-spot operations may be tried again. */
export class Device {
  private slowUntil = Number.NEGATIVE_INFINITY;
  /** Operations for which the device is still suspected. */
  private suspect = 0;

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
      if (end - start < slowMs) this.suspect = Math.max(0, this.suspect - 1);
      else if (this.suspect === 0) this.suspect = suspectFor;
      else {
        this.slowUntil = end + avoidMs;
        // After that while, one slow operation is enough again.
        this.suspect = suspectFor;
      }
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
