/**
 * A simulation of the hash table that CPython 2.7 keeps behind a dict or a set. It holds no values: its only use is the order of
 * its slots, which is the order of iteration, and which depends on every insertion, deletion and resize so far.
 */
import { high } from '../numbers/hash64.js';
import type { Key } from '../values.js';

/** Where a key was deleted: searches go on past it. */
const DUMMY = Symbol('dummy');
type Slot = Key | typeof DUMMY | undefined;

/** The number of slots of a new table. */
export const SMALLEST = 8;

/** The size of a table resized for at least `minimum` entries. */
export function sizeFor(minimum: number): number {
  let size = SMALLEST;
  while (size <= minimum) size *= 2;
  return size;
}

/** How many entries a table with `used` keys makes room for when it grows. */
export const growth = (used: number): number => used * (used > 50000 ? 2 : 4);

export class HashTable {
  slots: Slot[];
  private lows: Int32Array;
  private highs: Int32Array;
  /** Slots that hold a key; slots that hold a key or a dummy. */
  used = 0;
  fill = 0;

  constructor(public size: number) {
    this.slots = new Array<Slot>(size).fill(undefined);
    this.lows = new Int32Array(size);
    this.highs = new Int32Array(size);
  }

  /** Adds a key that is absent; its hash is `low` and the last `high()`. Grows as CPython does after an insertion. */
  add(key: Key, low: number): void {
    this.insert(key, low, high());
    if (this.fill * 3 >= this.size * 2) this.resize(growth(this.used));
  }

  /** Adds a key that is absent without growing: merging makes room beforehand. */
  addWithoutGrowing(key: Key, low: number): void {
    this.insert(key, low, high());
  }

  /** Makes room for `more` keys that are to be merged in. */
  reserve(more: number): void {
    if ((this.fill + more) * 3 >= this.size * 2) this.resize((this.used + more) * 2);
  }

  /** Removes a key that is present. */
  remove(key: Key, low: number): void {
    let at = low & (this.size - 1);
    let step = at;
    let perturbLow = low;
    let perturbHigh = high();
    while (!Object.is(this.slots[at], key)) {
      step = (Math.imul(step, 5) + perturbLow + 1) | 0;
      at = step & (this.size - 1);
      perturbLow = (perturbLow >>> 5) | (perturbHigh << 27);
      perturbHigh >>>= 5;
    }
    this.slots[at] = DUMMY;
    this.used -= 1;
  }

  /** Removes and returns the key that popitem() or set.pop() takes; the table is not empty. Slot 0's hash serves as a search finger. */
  pop(): Key {
    const { slots } = this;
    let at = 0;
    if (slots[0] === undefined || slots[0] === DUMMY) {
      at = this.highs[0] === 0 ? this.lows[0]! : 0;
      if (at >= this.size || at < 1) at = 1;
      while (slots[at] === undefined || slots[at] === DUMMY) at = at + 1 >= this.size ? 1 : at + 1;
    }
    const key = slots[at] as Key;
    slots[at] = DUMMY;
    this.used -= 1;
    this.lows[0] = at + 1;
    this.highs[0] = 0;
    return key;
  }

  resize(minimum: number): void {
    const { slots, lows, highs } = this;
    this.size = sizeFor(minimum);
    this.slots = new Array<Slot>(this.size).fill(undefined);
    this.lows = new Int32Array(this.size);
    this.highs = new Int32Array(this.size);
    this.used = 0;
    this.fill = 0;
    for (let i = 0; i < slots.length; i++) {
      const key = slots[i];
      if (key !== undefined && key !== DUMMY) this.insert(key, lows[i]!, highs[i]!);
    }
  }

  /** The keys in the order of iteration. */
  keys(): Key[] {
    const keys: Key[] = [];
    for (const slot of this.slots) if (slot !== undefined && slot !== DUMMY) keys.push(slot);
    return keys;
  }

  private insert(key: Key, low: number, hi: number): void {
    const { slots } = this;
    const mask = this.size - 1;
    let at = low & mask;
    let free = -1;
    if (slots[at] !== undefined) {
      let step = at;
      let perturbLow = low;
      let perturbHigh = hi;
      do {
        if (free < 0 && slots[at] === DUMMY) free = at;
        step = (Math.imul(step, 5) + perturbLow + 1) | 0;
        at = step & mask;
        perturbLow = (perturbLow >>> 5) | (perturbHigh << 27);
        perturbHigh >>>= 5;
      } while (slots[at] !== undefined);
    }
    if (free >= 0) at = free;
    else this.fill += 1;
    slots[at] = key;
    this.lows[at] = low;
    this.highs[at] = hi;
    this.used += 1;
  }
}
