/** Sorting integers digit by digit: stable, in linear time, and several times quicker than by comparisons. */

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Fewer keys are not worth the counting. */
export const WORTHWHILE = 64;

/**
 * The integers minus the least of them, if all values are integers that lie within 2**32 of each other; `least` receives that. Undefined
 * otherwise.
 */
export function integerKeys(values: readonly unknown[]): { keys: Uint32Array; least: number } | undefined {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (greatest - least > 0xffffffff) return undefined;
  const keys = new Uint32Array(values.length);
  for (let i = 0; i < keys.length; i++) keys[i] = (values[i] as number) - least;
  return { keys, least };
}

/** The starts of the digits' ranges in the output of one pass; undefined if all keys have the same digit. */
function rangeStarts(keys: Uint32Array, shift: number): Uint32Array | undefined {
  const starts = new Uint32Array(DIGITS);
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & (DIGITS - 1)]! += 1;
  if (starts[(keys[0]! >>> shift) & (DIGITS - 1)] === keys.length) return undefined;
  let start = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = starts[digit]!;
    starts[digit] = start;
    start += count;
  }
  return starts;
}

/** The keys in ascending order. */
export function sortedKeys(keys: Uint32Array): Uint32Array {
  let from: Uint32Array = keys;
  let to: Uint32Array = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const starts = rangeStarts(from, shift);
    if (starts === undefined) continue;
    for (let i = 0; i < from.length; i++) {
      const key = from[i]!;
      const digit = (key >>> shift) & (DIGITS - 1);
      to[starts[digit]!] = key;
      starts[digit]! += 1;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** The positions 0, 1, ... count - 1. */
export function positionsUpTo(count: number): Uint32Array {
  const positions = new Uint32Array(count);
  for (let i = 0; i < count; i++) positions[i] = i;
  return positions;
}

/** The same positions in ascending order of their keys; those with equal keys keep their order. May give up `positions`. */
export function sortedPositions(keys: Uint32Array, positions: Uint32Array): Uint32Array {
  let from: Uint32Array = positions;
  let to: Uint32Array = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const starts = rangeStarts(keys, shift);
    if (starts === undefined) continue;
    for (let i = 0; i < from.length; i++) {
      const position = from[i]!;
      const digit = (keys[position]! >>> shift) & (DIGITS - 1);
      to[starts[digit]!] = position;
      starts[digit]! += 1;
    }
    [from, to] = [to, from];
  }
  return from;
}
