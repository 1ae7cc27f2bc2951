// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** list.sort: stable, and in V8's port of the same timsort that CPython has. */
import { model, raise } from '../model.js';
import { INT, kindOf, payload } from '../numbers/kinds.js';
import { unpacked } from '../operations/arity.js';
import { compare, lessThan } from '../operations/compare.js';
import { type PyFunction, type PyList, PyTuple, type Value } from '../values.js';
import { keysOf, numbersOf, orderOf, sortNumbers } from './key-order.js';
import { sortIfTuples } from './sort-tuples.js';

/** The built-in cmp; a sort by it is a sort without. */
export const cmp: PyFunction = function (a?: Value, b?: Value): Value {
  if (arguments.length !== 2) unpacked('cmp', 2, 2, arguments.length);
  return compare(a as Value, b as Value);
};

type Order = (a: Value, b: Value) => number;

/** Only "less" counts: as in CPython, what is not less goes behind. */
const byOrder: Order = (a, b) => (lessThan(a, b) ? -1 : 1);

const textOrder = (a: string, b: string): number => (a < b ? -1 : 1);

/** The elements in Python's order, in the same array or another. */
function sortPlain(elements: Value[]): Value[] {
  if (elements.length < 2) return elements;
  const first = elements.at(0);
  // Numbers that are equal are the same to Python too, so they need not be told apart.
  const numbers = typeof first === 'number' ? numbersOf(elements) : undefined;
  if (numbers !== undefined) return sortNumbers(numbers);
  if (first instanceof PyTuple && sortIfTuples(elements)) return elements;
  const keys = keysOf(elements);
  if (keys === undefined) elements.sort(byOrder);
  else if (keys instanceof Int32Array || keys instanceof Float64Array) place(elements, orderOf(keys));
  else (elements as string[]).sort(textOrder);
  return elements;
}

/** Puts each element where it belongs: at i the one from positions[i]. */
function place(elements: Value[], positions: Int32Array): void {
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
 * list.sort(cmp, key, reverse). After an exception the list holds the same elements as before.
 */
export function sortList(list: PyList, comparison: Value, key: Value, reverse: boolean): void {
  const elements = list.a;
  model.spend(elements.length >> 2);
  if (reverse) elements.reverse();
  const order = comparison === null || comparison === cmp ? undefined : byFunction(comparison);
  try {
    if (order === undefined && key === null) list.a = sortPlain(elements);
    else sortAside(list, elements, key, order);
  } finally {
    if (reverse) list.a.reverse();
  }
}

/** While guest functions run, the list is empty; a list that they changed is a ValueError. */
function sortAside(list: PyList, elements: Value[], key: Value, order: Order | undefined): void {
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

function sortByKey(elements: Value[], key: Value, order: Order | undefined): void {
  const keys = elements.map((element) => model.call(key, element));
  const sortable = order === undefined && keys.length > 1 ? keysOf(keys) : undefined;
  if (sortable !== undefined) {
    place(elements, orderOf(sortable));
    return;
  }
  const pairs = elements.map((element, i) => ({ key: keys[i]!, element }));
  const compareKeys = order ?? byOrder;
  pairs.sort((a, b) => compareKeys(a.key, b.key));
  for (let i = 0; i < pairs.length; i++) elements[i] = pairs[i]!.element;
}
