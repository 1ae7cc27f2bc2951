import { LimitsError } from './errors.js';

/** How many uids one slot has, and so how many children one supervisor can have at once. */
export const uidsPerSlot = 16_384;

/**
 * One uid (and gid) for each live child, so that no child can signal, trace or read another even if a lock failed.
 * A released uid comes round last: a process that outlived its child's end by a moment shares it with nobody.
 */
export class UidPool {
  readonly #base: number;
  readonly #size: number;
  readonly #taken = new Set<number>();
  #next = 0;

  constructor(base: number, size = uidsPerSlot) {
    this.#base = base;
    this.#size = size;
  }

  get taken(): number {
    return this.#taken.size;
  }

  /** Throws LimitsError EXHAUSTED when each uid has a live child. */
  allocate(): number {
    for (let tried = 0; tried < this.#size; tried++) {
      const uid = this.#base + this.#next;
      this.#next = (this.#next + 1) % this.#size;
      if (this.#taken.has(uid)) continue;
      this.#taken.add(uid);
      return uid;
    }
    throw new LimitsError('EXHAUSTED', `all ${this.#size} uids from ${this.#base} on belong to live children`);
  }

  /** Only after the child was reaped. */
  release(uid: number): void {
    if (!this.#taken.delete(uid)) throw new RangeError(`uid ${uid} is not allocated`);
  }
}
