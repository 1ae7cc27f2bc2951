/**
 * Sorting tuples column by column: rows that are equal in a column are sorted by the next. The result is that of any stable sort by
 * Python's order.
 */
import { lessThan } from '../operations/compare.js';
import type { PyTuple } from '../values.js';
import { type Keys, keysOf, orderOf } from './key-order.js';

/** Fewer rows, or columns further back, are sorted by comparing whole tuples. */
const FEWEST_ROWS = 32;
const MOST_COLUMNS = 16;

const byOrder = (a: PyTuple, b: PyTuple): number => (lessThan(a, b) ? -1 : 1);

/** Sorts an array of tuples in place. */
export function sortTuples(rows: PyTuple[]): void {
  // Ranges of rows that are equal in all columns before `column`: start, end, column. No recursion, which V8 would inline.
  const open = [0, rows.length, 0];
  while (open.length > 0) {
    const column = open.pop()!;
    const end = open.pop()!;
    const start = open.pop()!;
    const part = rows.slice(start, end);
    const keys =
      part.length < FEWEST_ROWS || column >= MOST_COLUMNS ? undefined : keysOf(part.length, (i) => part[i]!.a[column]);
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
  keys: Keys,
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
