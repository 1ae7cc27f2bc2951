// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** list.sort: stable, and in V8's port of the same timsort that CPython has. */
import { model, raise } from '../model.js';
import { INT, kindOf, payload } from '../numbers/kinds.js';
import { unpacked } from '../operations/arity.js';
import { compare, lessThan } from '../operations/compare.js';
import { type PyFunction, type PyList, PyTuple, type Value } from '../values.js';

import { integerKeys, positionsUpTo, sortedKeys, sortedPositions, WORTHWHILE } from './radix-sort.js';

/** The built-in cmp; a sort by it is a sort without. */
export const cmp: PyFunction = function (a?: Value, b?: Value): Value {
  if (arguments.length !== 2) unpacked('cmp', 2, 2, arguments.length);
  return compare(a as Value, b as Value);
};

/** Only "less" counts: as in CPython, what is not less goes behind. */
const byOrder = (a: Value, b: Value): number => (lessThan(a, b) ? -1 : 1);

const textOrder = (a: Value, b: Value): number => ((a as string) < (b as string) ? -1 : 1);

/** Sorts an array in place by Python's order. */
function sortPlain(elements: Value[]): void {
  const { length } = elements;
  if (length < 2) return;
  const first = elements[0]!;
  if (typeof first === 'number' || typeof first === 'string') {
    if (!elements.every((element) => typeof element === typeof first && !Number.isNaN(element))) elements.sort(byOrder);
    else if (typeof first === 'string') elements.sort(textOrder);
    else sortNumbers(elements as number[]);
  } else if (first instanceof PyTuple && elements.every((element) => element instanceof PyTuple)) {
    sortTuples(elements as PyTuple[]);
  } else elements.sort(byOrder);
}

/** Numbers that are equal are the same to Python too, so any quick sort will do. */
function sortNumbers(numbers: number[]): void {
  if (numbers.length < WORTHWHILE) {
    numbers.sort((a, b) => a - b);
    return;
  }
  const integers = integerKeys(numbers);
  const sorted = integers === undefined ? Float64Array.from(numbers).sort() : sortedKeys(integers.keys);
  const least = integers?.least ?? 0;
  for (let i = 0; i < sorted.length; i++) numbers[i] = sorted[i]! + least;
}

function arranged<V>(values: readonly V[], positions: Uint32Array): V[] {
  const result: V[] = [];
  for (let i = 0; i < positions.length; i++) result.push(values[positions[i]!]!);
  return result;
}

/** Tuples up to this length are sorted column by column if all their elements are ints. */
const MOST_COLUMNS = 4;

function sortTuples(rows: PyTuple[]): void {
  const columns = rows[0]!.a.length;
  const positions =
    rows.length >= WORTHWHILE && columns <= MOST_COLUMNS && rows.every((row) => row.a.length === columns)
      ? positionsByColumns(rows, columns)
      : undefined;
  if (positions === undefined) {
    rows.sort(tupleOrder);
    return;
  }
  const sorted = arranged(rows, positions);
  for (let i = 0; i < rows.length; i++) rows[i] = sorted[i]!;
}

/** The last column first: sorting by an earlier one keeps the order of equal ones. Undefined unless all columns hold ints alone. */
function positionsByColumns(rows: readonly PyTuple[], columns: number): Uint32Array | undefined {
  let positions = positionsUpTo(rows.length);
  for (let column = columns - 1; column >= 0; column--) {
    const integers = integerKeys(rows.map((row) => row.a[column]));
    if (integers === undefined) return undefined;
    positions = sortedPositions(integers.keys, positions);
  }
  return positions;
}

/** Tuples mostly differ in their first element. */
function tupleOrder(a: Value, b: Value): number {
  const x = (a as PyTuple).a[0];
  const y = (b as PyTuple).a[0];
  if (typeof x === 'string' && typeof y === 'string' && x !== y) return x < y ? -1 : 1;
  return byOrder(a, b);
}

/** What the guest's function says: negative, 0 or positive; TypeError unless it is an int. */
function byFunction(callee: Value): (a: Value, b: Value) => number {
  const call = typeof callee === 'function' ? callee : (a: Value, b: Value): Value => model.call(callee, a, b);
  return (a, b) => {
    const result = call(a, b);
    if (typeof result === 'number' && Number.isInteger(result)) return result < 0 ? -1 : 1;
    if (kindOf(result) !== INT) {
      return raise('TypeError', `comparison function must return int, not ${model.typeName(result)}`);
    }
    return payload(result) < 0 ? -1 : 1;
  };
}

/**
 * list.sort(cmp, key, reverse). While guest functions run, the list is empty; a list that they changed is a ValueError. After an
 * exception the list holds the same elements as before.
 */
export function sortList(list: PyList, comparison: Value, key: Value, reverse: boolean): void {
  const elements = list.a;
  if (reverse) elements.reverse();
  const order = comparison === null || comparison === cmp ? undefined : byFunction(comparison);
  if (order === undefined && key === null) {
    sortPlain(elements);
  } else {
    const empty: Value[] = [];
    list.a = empty;
    let changed: boolean;
    try {
      if (key === null) elements.sort(order);
      else sortByKey(elements, key, order);
    } finally {
      changed = list.a !== empty || empty.length > 0;
      list.a = elements;
    }
    if (changed) raise('ValueError', 'list modified during sort');
  }
  if (reverse) elements.reverse();
}

function sortByKey(elements: Value[], key: Value, order: ((a: Value, b: Value) => number) | undefined): void {
  const keys = elements.map((element) => model.call(key, element));
  const integers = order === undefined && keys.length >= WORTHWHILE ? integerKeys(keys) : undefined;
  if (integers !== undefined) {
    const sorted = arranged(elements, sortedPositions(integers.keys, positionsUpTo(elements.length)));
    for (let i = 0; i < sorted.length; i++) elements[i] = sorted[i]!;
    return;
  }
  const pairs = elements.map((element, i) => ({ key: keys[i]!, element }));
  const compareKeys = order ?? byOrder;
  pairs.sort((a, b) => compareKeys(a.key, b.key));
  for (let i = 0; i < pairs.length; i++) elements[i] = pairs[i]!.element;
}
