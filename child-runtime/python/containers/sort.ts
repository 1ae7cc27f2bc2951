// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** list.sort: stable, and in V8's port of the same timsort that CPython has. */
import { model, raise } from '../model.js';
import { INT, kindOf, payload } from '../numbers/kinds.js';
import { unpacked } from '../operations/arity.js';
import { compare, lessThan } from '../operations/compare.js';
import { type PyFunction, type PyList, PyTuple, type Value } from '../values.js';
import { sortTuples } from './sort-tuples.js';

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
  switch (typeOfAll(elements)) {
    case 'number':
      sortNumbers(elements as number[]);
      return;
    case 'string':
      elements.sort(textOrder);
      return;
    case 'tuple':
      sortTuples(elements as PyTuple[]);
      return;
    default:
      elements.sort(byOrder);
  }
}

/** What all elements are; a NaN is in no order with numbers, hence not one of them here. */
function typeOfAll(elements: readonly Value[]): 'number' | 'string' | 'tuple' | undefined {
  const [first] = elements;
  const type = typeof first;
  if (type === 'number' || type === 'string') {
    for (const element of elements) if (typeof element !== type || Number.isNaN(element)) return undefined;
    return type;
  }
  for (const element of elements) if (!(element instanceof PyTuple) || element.a.length === 0) return undefined;
  return 'tuple';
}

/** Numbers that are equal are the same to Python too: the engine's sort of typed arrays, which isn't stable, will do. */
function sortNumbers(numbers: number[]): void {
  const unsigned = numbers.every((x) => x >>> 0 === x);
  // Ints compare in half the time.
  const sorted = (unsigned ? new Uint32Array(numbers) : new Float64Array(numbers)).sort();
  for (let i = 0; i < sorted.length; i++) numbers[i] = sorted[i]!;
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
  const pairs = elements.map((element, i) => ({ key: keys[i]!, element }));
  const compareKeys = order ?? byOrder;
  pairs.sort((a, b) => compareKeys(a.key, b.key));
  for (let i = 0; i < pairs.length; i++) elements[i] = pairs[i]!.element;
}
