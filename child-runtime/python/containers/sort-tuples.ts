/**
 * Sorting tuples column by column: rows that are equal in a column are sorted by the next, all such rows at once. The result is that
 * of any stable sort by Python's order.
 */
import { lessThan } from '../operations/compare.js';
import { PyTuple, type Value } from '../values.js';
import { type Keys, keysOfColumn, orderOf, upTo } from './key-order.js';
import { orderBits } from './radix.js';

/** Fewer rows, or columns further back, are sorted by comparing whole tuples. */
const FEWEST_ROWS = 32;
const MOST_COLUMNS = 16;

const byOrder = (a: PyTuple, b: PyTuple): number => (lessThan(a, b) ? -1 : 1);

/** Rows whose order isn't known yet: equal in all columns so far to a neighbour. */
interface Open {
  /** Where they are, ascending. */
  readonly places: Int32Array;
  /** Which rows are equal to each other, by a number for each group, ascending. */
  readonly groups: Int32Array;
}

/** Sorts an array in place if all its elements are tuples; false otherwise. */
export function sortIfTuples(elements: Value[]): boolean {
  for (let i = 0; i < elements.length; i++) if (!(elements[i] instanceof PyTuple)) return false;
  sortTuples(elements as PyTuple[]);
  return true;
}

function sortTuples(rows: PyTuple[]): void {
  let open: Open = { places: upTo(rows.length), groups: new Int32Array(rows.length) };
  for (let column = 0; open.places.length > 0; column++) {
    const { places, groups } = open;
    const part = column === 0 ? rows.slice() : rowsAt(rows, places);
    const keys = part.length < FEWEST_ROWS || column >= MOST_COLUMNS ? undefined : keysOfColumn(part, column);
    if (keys === undefined) {
      sortGroups(rows, open);
      return;
    }
    const order = column === 0 ? orderOf(keys) : orderBits(groups, orderOf(keys));
    placeRows(rows, part, places, order);
    open = equalRows(open, keys, order);
  }
}

function rowsAt(rows: readonly PyTuple[], places: Int32Array): PyTuple[] {
  const part: PyTuple[] = [];
  for (let i = 0; i < places.length; i++) part.push(rows[places[i]!]!);
  return part;
}

function placeRows(rows: PyTuple[], part: readonly PyTuple[], places: Int32Array, order: Int32Array): void {
  for (let i = 0; i < places.length; i++) rows[places[i]!] = part[order[i]!]!;
}

/** Which of the rows are equal in this column too; `keys[order[i]]` belongs to the row that is now at `places[i]`. */
function equalRows({ places, groups }: Open, keys: Keys, order: Int32Array): Open {
  const nextPlaces = new Int32Array(places.length);
  const nextGroups = new Int32Array(places.length);
  let count = 0;
  let group = 0;
  let likeLast = false;
  for (let i = 0; i < places.length; i++) {
    const next = i + 1;
    const likeNext = next < places.length && groups[i] === groups[next] && keys[order[i]!] === keys[order[next]!];
    if (likeLast || likeNext) {
      if (!likeLast) group++;
      nextPlaces[count] = places[i]!;
      nextGroups[count] = group;
      count++;
    }
    likeLast = likeNext;
  }
  return { places: nextPlaces.subarray(0, count), groups: nextGroups.subarray(0, count) };
}

/** Sorts each group by comparing tuples; its rows stand side by side. */
function sortGroups(rows: PyTuple[], { places, groups }: Open): void {
  let start = 0;
  for (let i = 1; i <= places.length; i++) {
    if (i < places.length && groups[i] === groups[start]) continue;
    const first = places[start]!;
    const part = rows.slice(first, first + i - start).sort(byOrder);
    for (let k = 0; k < part.length; k++) rows[first + k] = part[k]!;
    start = i;
  }
}
