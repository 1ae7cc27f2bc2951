/**
 * Sorting tuples column by column: each column's numbers or strs lie in an array of their own, which a merge sort compares without
 * touching the tuples. Rows that are equal in a column are sorted by the next. The result is that of any stable sort by Python's order.
 */
import { lessThan } from '../operations/compare.js';
import type { PyTuple, Value } from '../values.js';

/** Fewer rows, or columns further back, are sorted by comparing whole tuples. */
const FEWEST_ROWS = 32;
const MOST_COLUMNS = 16;
/** Runs that insertion sorts before merging begins. */
const RUN = 8;

const byOrder = (a: Value, b: Value): number => (lessThan(a, b) ? -1 : 1);

/** Sorts an array of tuples in place. */
export function sortTuples(rows: PyTuple[]): void {
  // Ranges of rows that are equal in all columns before `column`: start, end, column. No recursion, which V8 would inline.
  const open = [0, rows.length, 0];
  while (open.length > 0) {
    const column = open.pop()!;
    const end = open.pop()!;
    const start = open.pop()!;
    const part = rows.slice(start, end);
    const keys = part.length < FEWEST_ROWS || column >= MOST_COLUMNS ? undefined : columnOf(part, column);
    if (keys === undefined) {
      part.sort(byOrder);
      for (let i = 0; i < part.length; i++) rows[start + i] = part[i]!;
    } else placeRows(rows, part, keys, start, column, open);
  }
}

/** Puts the rows of `part` in the order of their keys, and notes the ranges that have yet to be sorted by the next column. */
function placeRows(
  rows: PyTuple[],
  part: readonly PyTuple[],
  keys: readonly number[] | readonly string[],
  start: number,
  column: number,
  open: number[],
): void {
  const positions = orderOf(keys);
  let same = start;
  let last = keys[positions[0]!];
  for (let i = 0; i < part.length; i++) {
    const position = positions[i]!;
    rows[start + i] = part[position]!;
    const key = keys[position];
    if (key === last) continue;
    if (start + i - same > 1) open.push(same, start + i, column + 1);
    same = start + i;
    last = key;
  }
  if (start + part.length - same > 1) open.push(same, start + part.length, column + 1);
}

/** The elements at `column`, if they are all numbers with an order or all strs; undefined otherwise. */
function columnOf(rows: readonly PyTuple[], column: number): readonly number[] | readonly string[] | undefined {
  const type = typeof rows[0]!.a[column];
  if (type === 'number') {
    const keys: number[] = [];
    for (let i = 0; i < rows.length; i++) {
      const key = rows[i]!.a[column];
      if (typeof key !== 'number' || Number.isNaN(key)) return undefined;
      keys.push(key);
    }
    return keys;
  }
  if (type !== 'string') return undefined;
  const keys: string[] = [];
  for (let i = 0; i < rows.length; i++) {
    const key = rows[i]!.a[column];
    if (typeof key !== 'string') return undefined;
    keys.push(key);
  }
  return keys;
}

/** The positions of the keys in their order; equal keys keep theirs. */
function orderOf(keys: readonly number[] | readonly string[]): number[] {
  if (typeof keys[0] === 'string') return textOrder(keys as readonly string[]);
  const numbers = keys as readonly number[];
  return areUnsigned(numbers) ? unsignedOrder(numbers) : numberOrder(numbers);
}

function areUnsigned(keys: readonly number[]): boolean {
  for (let i = 0; i < keys.length; i++) if (keys[i]! >>> 0 !== keys[i]) return false;
  return true;
}

/** Sorts by one byte after the other, from the lowest; bytes that all keys share are passed over. */
function unsignedOrder(keys: readonly number[]): number[] {
  const { length } = keys;
  let positions: number[] = [];
  for (let i = 0; i < length; i++) positions.push(i);
  let sorted = positions.slice();
  for (let shift = 0; shift < 32; shift += 8) {
    const starts: number[] = [];
    for (let byte = 0; byte < 256; byte++) starts.push(0);
    for (let i = 0; i < length; i++) starts[(keys[i]! >>> shift) & 255]!++;
    if (starts[(keys[0]! >>> shift) & 255] === length) continue;
    let start = 0;
    for (let byte = 0; byte < 256; byte++) {
      const count = starts[byte]!;
      starts[byte] = start;
      start += count;
    }
    for (let i = 0; i < length; i++) {
      const position = positions[i]!;
      const byte = (keys[position]! >>> shift) & 255;
      sorted[starts[byte]!] = position;
      starts[byte]!++;
    }
    [positions, sorted] = [sorted, positions];
  }
  return positions;
}

function textOrder(keys: readonly string[]): number[] {
  const order = (a: number, b: number): number => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : 0);
  return Array.from(keys, (_, i) => i).sort(order);
}

/**
 * The positions of the keys in their order; equal keys keep theirs. For numbers alone: V8 would compile comparisons of numbers and of
 * strings in one place to slow ones of anything.
 */
function numberOrder(keys: readonly number[]): number[] {
  const { length } = keys;
  let positions: number[] = [];
  for (let i = 0; i < length; i++) positions.push(i);
  for (let from = 0; from < length; from += RUN) insert(keys, positions, from, Math.min(from + RUN, length));
  let merged = positions.slice();
  for (let width = RUN; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      merge(keys, positions, merged, from, Math.min(from + width, length), Math.min(from + 2 * width, length));
    }
    [positions, merged] = [merged, positions];
  }
  return positions;
}

function insert(keys: readonly number[], positions: number[], from: number, to: number): void {
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
  keys: readonly number[],
  positions: number[],
  into: number[],
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
