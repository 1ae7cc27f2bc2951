/**
 * The order of keys that are all numbers, or all strs, found without touching what they belong to: keys and positions lie in typed
 * arrays. The result is that of any stable sort.
 */
/** Keys of one kind. Unsigned ints sort quickest. */
export type Keys = Uint32Array | Float64Array | readonly string[];

/** Elements whose keys are asked for by their index. */
type KeyAt = (index: number) => unknown;

/** The keys of `count` elements if they are all numbers with an order or all strs; undefined otherwise. */
export function keysOf(count: number, keyAt: KeyAt): Keys | undefined {
  const first = keyAt(0);
  if (typeof first === 'string') return stringsOf(count, keyAt);
  return typeof first === 'number' ? numbersOf(count, keyAt) : undefined;
}

function stringsOf(count: number, keyAt: KeyAt): string[] | undefined {
  const keys: string[] = [];
  for (let i = 0; i < count; i++) {
    const key = keyAt(i);
    if (typeof key !== 'string') return undefined;
    keys.push(key);
  }
  return keys;
}

function numbersOf(count: number, keyAt: KeyAt): Uint32Array | Float64Array | undefined {
  const keys = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const key = keyAt(i);
    if (typeof key !== 'number') return undefined;
    if (key >>> 0 !== key) return doublesOf(count, keyAt);
    keys[i] = key;
  }
  return keys;
}

function doublesOf(count: number, keyAt: KeyAt): Float64Array | undefined {
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const key = keyAt(i);
    // A NaN is in no order with numbers.
    if (typeof key !== 'number' || Number.isNaN(key)) return undefined;
    keys[i] = key;
  }
  return keys;
}

/** The positions of the keys in their order; equal keys keep theirs. */
export function orderOf(keys: Keys): ArrayLike<number> {
  if (keys instanceof Uint32Array) return unsignedOrder(keys);
  if (keys instanceof Float64Array) return doubleOrder(keys);
  const order = (a: number, b: number): number => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : 0);
  return Array.from(keys, (_, i) => i).sort(order);
}

const BITS = 8;
const BUCKETS = 1 << BITS;
const starts = new Uint32Array(BUCKETS);
/** Fewer keys the engine's own sort is quicker for. */
const FEWEST = 512;

/** Sorts by one byte after the other, from the lowest; bytes that all keys share are passed over. */
function unsignedOrder(keys: Uint32Array): Uint32Array {
  let positions: Uint32Array = new Uint32Array(keys.length);
  for (let i = 0; i < positions.length; i++) positions[i] = i;
  let sorted: Uint32Array = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += BITS) {
    if (!countBuckets(keys, shift)) continue;
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i]!;
      sorted[starts[(keys[position]! >>> shift) & (BUCKETS - 1)]!++] = position;
    }
    [positions, sorted] = [sorted, positions];
  }
  return positions;
}

/** Sorts the keys themselves. */
export function sortUnsigned(numbers: Uint32Array): Uint32Array {
  if (numbers.length < FEWEST) return numbers.sort();
  let keys: Uint32Array = numbers;
  let sorted: Uint32Array = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += BITS) {
    if (!countBuckets(keys, shift)) continue;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      sorted[starts[(key >>> shift) & (BUCKETS - 1)]!++] = key;
    }
    [keys, sorted] = [sorted, keys];
  }
  return keys;
}

/** Where the keys of each bucket are to begin; false if one bucket holds all. */
function countBuckets(keys: Uint32Array, shift: number): boolean {
  starts.fill(0);
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & (BUCKETS - 1)]!++;
  if (starts[(keys[0]! >>> shift) & (BUCKETS - 1)] === keys.length) return false;
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket]!;
    starts[bucket] = start;
    start += count;
  }
  return true;
}

/** Runs that insertion sorts before merging begins. */
const RUN = 8;

/** For doubles alone: V8 would compile comparisons of numbers and of strings in one place to slow ones of anything. */
function doubleOrder(keys: Float64Array): Uint32Array {
  const { length } = keys;
  let positions: Uint32Array = new Uint32Array(length);
  for (let i = 0; i < length; i++) positions[i] = i;
  for (let from = 0; from < length; from += RUN) insert(keys, positions, from, Math.min(from + RUN, length));
  let merged: Uint32Array = new Uint32Array(length);
  for (let width = RUN; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      merge(keys, positions, merged, from, Math.min(from + width, length), Math.min(from + 2 * width, length));
    }
    [positions, merged] = [merged, positions];
  }
  return positions;
}

function insert(keys: Float64Array, positions: Uint32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const position = positions[i]!;
    const key = keys[position]!;
    let at = i;
    while (at > from && key < keys[positions[at - 1]!]!) {
      positions[at] = positions[at - 1]!;
      at--;
    }
    positions[at] = position;
  }
}

/** Merges the sorted ranges from..middle and middle..to. */
function merge(
  keys: Float64Array,
  positions: Uint32Array,
  into: Uint32Array,
  from: number,
  middle: number,
  to: number,
): void {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    if (left < middle && (right >= to || keys[positions[left]!]! <= keys[positions[right]!]!)) {
      into[at] = positions[left++]!;
    } else into[at] = positions[right++]!;
  }
}
