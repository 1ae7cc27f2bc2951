/**
 * Sorting unsigned ints of 32 bits by one byte after the other, from the lowest. They stand as bits in signed arrays, since V8's
 * middle compiler makes floats of unsigned elements; each loop is a function of its own, which V8 compiles while it first runs.
 */
const BITS = 8;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;
const BYTES = 4;

/** For each byte, how many keys have each of its values; then where those keys are to begin. */
const starts = new Int32Array(BYTES * BUCKETS);

/** The keys in ascending order. `keys` may hold anything afterwards. */
export function sortBits(keys: Int32Array): Int32Array {
  count(keys);
  let sorted: Int32Array = keys;
  let other: Int32Array = new Int32Array(keys.length);
  for (let byte = 0; byte < BYTES; byte++) {
    if (!begin(keys.length, byte * BUCKETS)) continue;
    moveKeys(sorted, other, byte * BITS, byte * BUCKETS);
    [sorted, other] = [other, sorted];
  }
  return sorted;
}

/** Sorts positions of keys by their keys; equal keys keep the order of their positions. `positions` may hold anything afterwards. */
export function orderBits(keys: Int32Array, positions: Int32Array): Int32Array {
  count(keys);
  let sorted: Int32Array = positions;
  let other: Int32Array = new Int32Array(keys.length);
  for (let byte = 0; byte < BYTES; byte++) {
    if (!begin(keys.length, byte * BUCKETS)) continue;
    movePositions(keys, sorted, other, byte * BITS, byte * BUCKETS);
    [sorted, other] = [other, sorted];
  }
  return sorted;
}

function count(keys: Int32Array): void {
  starts.fill(0);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    starts[key & MASK]!++;
    starts[BUCKETS + ((key >> BITS) & MASK)]!++;
    starts[2 * BUCKETS + ((key >> (2 * BITS)) & MASK)]!++;
    starts[3 * BUCKETS + ((key >> (3 * BITS)) & MASK)]!++;
  }
}

/** Makes beginnings of the counts of the byte whose buckets are at `base`; false if all keys have the same there. */
function begin(length: number, base: number): boolean {
  let start = 0;
  for (let bucket = base; bucket < base + BUCKETS; bucket++) {
    const size = starts[bucket]!;
    if (size === length) return false;
    starts[bucket] = start;
    start += size;
  }
  return true;
}

function moveKeys(from: Int32Array, to: Int32Array, shift: number, base: number): void {
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!;
    to[starts[base + ((key >> shift) & MASK)]!++] = key;
  }
}

function movePositions(keys: Int32Array, from: Int32Array, to: Int32Array, shift: number, base: number): void {
  for (let i = 0; i < from.length; i++) {
    const position = from[i]!;
    to[starts[base + ((keys[position]! >> shift) & MASK)]!++] = position;
  }
}
