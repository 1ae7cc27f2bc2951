// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** list.sort: stable, and in V8's port of the same timsort that CPython has. */
import { model, raise } from '../model.js';
import { INT, kindOf, payload } from '../numbers/kinds.js';
import { unpacked } from '../operations/arity.js';
import { compare, lessThan } from '../operations/compare.js';
import { PyFloat, type PyFunction, type PyList, PyTuple, type Value } from '../values.js';
import { keysOf, orderOf, sortUnsigned } from './key-order.js';
import { sortTuples } from './sort-tuples.js';

/** The built-in cmp; a sort by it is a sort without. */
export const cmp: PyFunction = function (a?: Value, b?: Value): Value {
  if (arguments.length !== 2) unpacked('cmp', 2, 2, arguments.length);
  return compare(a as Value, b as Value);
};

type Order = (a: Value, b: Value) => number;

/** Only "less" counts: as in CPython, what is not less goes behind. */
const byOrder: Order = (a, b) => (lessThan(a, b) ? -1 : 1);

const textOrder = (a: string, b: string): number => (a < b ? -1 : 1);

/** Sorts an array in place by Python's order. */
function sortPlain(elements: Value[]): void {
  if (elements.length < 2) return;
  const keys = keysOf(elements.length, (i) => elements[i]);
  if (keys === undefined) sortOthers(elements);
  else if (keys instanceof Uint32Array || keys instanceof Float64Array) {
    // Numbers that are equal are the same to Python too, so this need not be stable.
    const sorted = keys instanceof Uint32Array ? sortUnsigned(keys) : keys.sort();
    for (let i = 0; i < sorted.length; i++) elements[i] = sorted[i]!;
  } else (elements as string[]).sort(textOrder);
}

function sortOthers(elements: Value[]): void {
  const [first] = elements;
  if (first instanceof PyTuple && elements.every((element) => element instanceof PyTuple)) {
    sortTuples(elements as PyTuple[]);
    return;
  }
  // Ints and floats, integral or not.
  const keys = keysOf(elements.length, (i) => plainNumber(elements[i]!));
  if (keys === undefined) elements.sort(byOrder);
  else place(elements, orderOf(keys));
}

const plainNumber = (value: Value): Value => (value instanceof PyFloat ? value.f : value);

/** Puts each element where it belongs: at i the one from positions[i]. */
function place(elements: Value[], positions: ArrayLike<number>): void {
  const before = elements.slice();
  for (let i = 0; i < before.length; i++) elements[i] = before[positions[i]!]!;
}

/** What the guest's function says: negative, 0 or positive; TypeError unless it is an int. */
function byFunction(callee: Value): Order {
  const call = typeof callee === 'function' ? callee : (a: Value, b: Value): Value => model.call(callee, a, b);
  return (a, b) => {
    const result = call(a, b);
    if (typeof result === 'number' && (result | 0) === result) return result < 0 ? -1 : 1;
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
  model.spend(elements.length >> 2);
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

function sortByKey(elements: Value[], key: Value, order: Order | undefined): void {
  const keys = elements.map((element) => model.call(key, element));
  const sortable = order === undefined && keys.length > 1 ? keysOf(keys.length, (i) => keys[i]) : undefined;
  if (sortable !== undefined) {
    place(elements, orderOf(sortable));
    return;
  }
  const pairs = elements.map((element, i) => ({ key: keys[i]!, element }));
  const compareKeys = order ?? byOrder;
  pairs.sort((a, b) => compareKeys(a.key, b.key));
  for (let i = 0; i < pairs.length; i++) elements[i] = pairs[i]!.element;
}
