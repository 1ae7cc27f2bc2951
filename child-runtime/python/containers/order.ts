/**
 * The order in which a dict or set is iterated. It costs nothing until it is asked for: while nothing was ever deleted, the
 * order follows from the order of insertion, which the Map of the container keeps. From the first deletion on (or a merge into
 * a container that isn't empty) a `HashTable` is kept up to date.
 */

import { high } from '../numbers/hash64.js';
import { type Key, PyDict, type PyFrozenSet, type PySet, type Value } from '../values.js';
import { hashValue } from './hash.js';
import { growth, HashTable, SMALLEST, sizeFor } from './table.js';

/** What dicts and sets share. */
export type Hashed = PyDict | PySet | PyFrozenSet;

/** Kept in `order` of a container; absent (undefined) while the container is new. */
export class Order {
  /** The keys in order, while that is known. */
  keys: Key[] | undefined = undefined;
  table: HashTable | undefined = undefined;

  /** `start`: the size of the table when it was empty. */
  constructor(public start: number) {}
}

/** The number of keys. */
export const sizeOf = (container: Hashed): number => (container instanceof PyDict ? container.size : container.m.size);

/** The keys in the order of insertion. */
export function insertedKeys(container: Hashed): Key[] {
  if (container instanceof PyDict && container.ints !== undefined) return container.ints.inserted();
  return [...container.m.keys()];
}

/** What stands under a key: the value, or the element of a set; undefined if the key is absent. */
export const found = (container: Hashed, key: Key): Value | undefined =>
  container instanceof PyDict ? container.find(key) : container.m.get(key);

/** Whether the order depends on more than the insertions: a table is kept. */
export const keepsTable = (container: Hashed): boolean => (container.order as Order | undefined)?.table !== undefined;

function orderOf(container: Hashed): Order {
  container.order ??= new Order(SMALLEST);
  return container.order as Order;
}

/** The value that stands for a key: the key object that the guest put in. */
export function originalKey(container: Hashed, key: Key): Value {
  if ('k' in container) {
    const original = container.k === undefined ? undefined : container.k.get(key);
    return original === undefined ? (key as Value) : original;
  }
  return container.m.get(key) as Value;
}

const hashOf = (container: Hashed, key: Key): number => {
  // The commonest keys are their own values.
  if (typeof key === 'number') return hashValue(key);
  return hashValue(originalKey(container, key));
};

/** Says that `key`, which was absent, is now in the Map. Called only when `order` is not undefined. */
export function keyAdded(container: Hashed, key: Key): void {
  const order = container.order as Order;
  order.keys = undefined;
  if (order.table !== undefined) order.table.add(key, hashOf(container, key));
}

/** Deletes a key that is present, from the Map too. */
export function deleteKey(container: Hashed, key: Key): void {
  const table = tableOf(container);
  table.remove(key, hashOf(container, key));
  (container.order as Order).keys = undefined;
  forget(container, key);
}

function forget(container: Hashed, key: Key): void {
  container.m.delete(key);
  if ('k' in container && container.k !== undefined) container.k.delete(key);
}

/** Takes out the key that popitem() and set.pop() take; the container is not empty. */
export function popKey(container: Hashed): Key {
  const key = tableOf(container).pop();
  (container.order as Order).keys = undefined;
  return key;
}

/** Forgets all keys, as clear() does. */
export function clearKeys(container: Hashed): void {
  if (container instanceof PyDict) container.ints = undefined;
  container.m.clear();
  if ('k' in container) container.k = undefined;
  container.order = undefined;
}

/** Sets the size of the table of an empty container: dict displays and copies know what is coming. */
export function presize(container: Hashed, minimum: number): void {
  const size = sizeFor(minimum);
  if (size !== SMALLEST) container.order = new Order(size);
}

/** Gives an empty container a table of its own, where the insertions to come don't make it grow (`keyMerged`). */
export function startTable(container: Hashed, minimum: number): void {
  const order = new Order(sizeFor(minimum));
  order.table = new HashTable(order.start);
  container.order = order;
}

/** Makes room before `count` keys are merged in from another container. */
export function reserveForMerge(container: Hashed, count: number): void {
  const order = container.order as Order | undefined;
  if (order?.table !== undefined) {
    order.table.reserve(count);
    order.keys = undefined;
    return;
  }
  const used = sizeOf(container);
  if ((used + count) * 3 < sizeAfter(used, order?.start ?? SMALLEST) * 2) return;
  if (used > 0) {
    tableOf(container).reserve(count);
    (container.order as Order).keys = undefined;
  } else container.order = new Order(sizeFor(count * 2));
}

/** The size of a table of `start` slots after `used` insertions. */
function sizeAfter(used: number, start: number): number {
  let size = start;
  for (;;) {
    const growsAt = Math.ceil((size * 2) / 3);
    if (used < growsAt) return size;
    size = sizeFor(growth(growsAt));
  }
}

/** As keyAdded, while merging after reserveForMerge. */
export function keyMerged(container: Hashed, key: Key): void {
  const order = container.order as Order | undefined;
  if (order === undefined) return;
  order.keys = undefined;
  if (order.table !== undefined) order.table.addWithoutGrowing(key, hashOf(container, key));
}

/** After a difference_update: drops the dummies when they are more than a fifth. */
export function shrinkAfterDifference(container: Hashed): void {
  const table = (container.order as Order | undefined)?.table;
  if (table === undefined || (table.fill - table.used) * 5 < table.size - 1) return;
  table.resize(growth(table.used));
  (container.order as Order).keys = undefined;
}

function tableOf(container: Hashed): HashTable {
  const order = orderOf(container);
  if (order.table !== undefined) return order.table;
  const table = new HashTable(order.start);
  for (const key of container.m.keys()) table.add(key, hashOf(container, key));
  order.table = table;
  return table;
}

/** The keys in the order of iteration. The array is shared: callers don't change it. */
export function orderedKeys(container: Hashed): readonly Key[] {
  if (sizeOf(container) === 0) return [];
  const order = orderOf(container);
  if (order.keys === undefined) {
    order.keys = order.table === undefined ? replay(container, order.start) : order.table.keys();
  }
  return order.keys;
}

/** Working memory of `replay`, reused for containers of ordinary size. */
const SCRATCH = 8192;
let lows = new Int32Array(SCRATCH);
let highs = new Int32Array(SCRATCH);
let slots = new Int32Array(SCRATCH * 4);
let spare = new Int32Array(SCRATCH * 4);

/** The order of a table of `start` slots into which the keys of the Map were put one by one. */
function replay(container: Hashed, start: number): Key[] {
  const keys = insertedKeys(container);
  const count = keys.length;
  const large = count > SCRATCH || start > SCRATCH * 4;
  const kept = [lows, highs, slots, spare] as const;
  if (large) {
    const size = Math.max(start, sizeFor(growth(count)), sizeFor(growth(Math.min(count, 50000))));
    lows = new Int32Array(count);
    highs = new Int32Array(count);
    slots = new Int32Array(size);
    spare = new Int32Array(size);
  }
  let size = start;
  slots.fill(0, 0, size);
  for (let i = 0; i < count; i++) {
    lows[i] = hashOf(container, keys[i]!);
    highs[i] = high();
    put(i, size - 1);
    if ((i + 1) * 3 >= size * 2) {
      const bigger = sizeFor(growth(i + 1));
      move(size, bigger);
      size = bigger;
    }
  }
  const ordered: Key[] = [];
  for (let at = 0; at < size; at++) {
    const index = slots[at]!;
    if (index !== 0) ordered.push(keys[index - 1]!);
  }
  if (large) [lows, highs, slots, spare] = kept;
  return ordered;
}

/** Puts key number `index` into the first free slot of its probe sequence. Slots hold 1 + index. */
function put(index: number, mask: number): void {
  const low = lows[index]!;
  let at = low & mask;
  if (slots[at] !== 0) {
    let step = at;
    let perturbLow = low;
    let perturbHigh = highs[index]!;
    do {
      step = (Math.imul(step, 5) + perturbLow + 1) | 0;
      at = step & mask;
      perturbLow = (perturbLow >>> 5) | (perturbHigh << 27);
      perturbHigh >>>= 5;
    } while (slots[at] !== 0);
  }
  slots[at] = index + 1;
}

/** Moves the keys into a table of another size, in the order of the old slots. */
function move(size: number, bigger: number): void {
  const old = slots;
  slots = spare;
  spare = old;
  slots.fill(0, 0, bigger);
  for (let at = 0; at < size; at++) {
    const index = old[at]!;
    if (index !== 0) put(index - 1, bigger - 1);
  }
}
