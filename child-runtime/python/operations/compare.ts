/**
 * == and the orderings of CPython 2.7: numbers exactly, sequences element by element, dicts by size and smallest difference, sets as
 * subsets, and anything with anything else by the names of their types. No guest code runs in a comparison: classes of RepyV2's
 * dialect can't define one.
 */
import { dictGet, dictKeys, dictsEqual } from '../containers/dict.js';
import { type AnySet, isSet, isSubset, setFrom, setsEqual } from '../containers/set.js';
import { DictView, isSetLikeView } from '../containers/views.js';
import { model, raise } from '../model.js';
import { equalNumbers } from '../numbers/compare.js';
import { COMPLEX, FLOAT, kindOf, NOT_A_NUMBER, payload } from '../numbers/kinds.js';
import { PyDict, PyFloat, PyList, PyMethod, PyObject, PySet, PySlice, PyTuple, type Value } from '../values.js';
import { hooks } from './hooks.js';
import { isOldInstance } from './old-style.js';

/** a == b. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || a === null || b === null) return false;
  return equalOthers(a, b);
}

/** a is b, or a == b: how containers look for an element. A NaN is itself here. */
export function same(a: Value, b: Value): boolean {
  return equal(a, b) || (Number.isNaN(a) && Number.isNaN(b));
}

/** `a is b`. Integral floats are boxed anew whenever compiled code needs a value, so they are compared by content, as all other numbers are. */
export const identical = (a: Value, b: Value): boolean =>
  Object.is(a, b) || (a instanceof PyFloat && b instanceof PyFloat && Object.is(a.f, b.f));

function equalOthers(a: Value, b: Value): boolean {
  if (typeof a === 'object' && typeof b === 'object') {
    if (a instanceof PyTuple) return b instanceof PyTuple && elementsEqual(a.a, b.a);
    if (a instanceof PyList) return b instanceof PyList && elementsEqual(a.a, b.a);
    if (a instanceof PyDict && b instanceof PyDict) return dictsEqual(a, b, sameWithin);
    if (a !== null && b !== null) {
      const set = asSet(a);
      const other = asSet(b);
      if (set !== undefined && other !== undefined) return setsEqual(set, other);
    }
    if (a instanceof PySlice) return b instanceof PySlice && elementsEqual(parts(a), parts(b));
    if (a instanceof PyMethod) return b instanceof PyMethod && a.f === b.f && sameSelf(a, b);
  }
  return equalNumbers(a, b) ?? comparedByItself(a, b) === 0;
}

/** The sign of a comparison that one of the two has an own way for; the left one is asked first. */
function comparedByItself(a: Value, b: Value): number | undefined {
  const left = a instanceof PyObject ? hooks.compare(a, b) : undefined;
  if (left !== undefined) return left;
  const right = b instanceof PyObject ? hooks.compare(b, a) : undefined;
  return right === undefined ? undefined : -right;
}

const parts = (slice: PySlice): Value[] => [slice.start, slice.stop, slice.step];

function sameSelf(a: PyMethod, b: PyMethod): boolean {
  if (a.self === undefined || b.self === undefined) return a.self === b.self;
  return a.self === b.self || (a.owner !== undefined && equal(a.self, b.self));
}

function elementsEqual(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x !== y && !(typeof x === 'object' ? sameWithin(x, y) : same(x, y))) return false;
  }
  return true;
}

/** How deep containers may nest; CPython stops at its recursion limit. */
const DEEPEST = 998;
let depth = 0;

/** same(), for elements that may be containers themselves. */
function sameWithin(a: Value, b: Value): boolean {
  enter();
  try {
    return same(a, b);
  } finally {
    depth -= 1;
  }
}

/** The same for orderings, of elements that are not the same. */
function orderedWithin(a: Value, b: Value, op: Ordering): boolean {
  enter();
  try {
    return ordered(a, b, op);
  } finally {
    depth -= 1;
  }
}

function enter(): void {
  depth += 1;
  if (depth > DEEPEST) {
    depth -= 1;
    raise('RuntimeError', 'maximum recursion depth exceeded in cmp');
  }
}

/** A set, or a view of a dict that compares as one. */
function asSet(value: Value): AnySet | undefined {
  if (isSet(value)) return value;
  return isSetLikeView(value) ? setFrom(new PySet(), value) : undefined;
}

export function lessThan(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return a < b;
  return ordered(a, b, LT);
}

export function lessEqual(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a <= b;
  if (typeof a === 'string' && typeof b === 'string') return a <= b;
  return ordered(a, b, LE);
}

export function greaterThan(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b;
  if (typeof a === 'string' && typeof b === 'string') return a > b;
  return ordered(a, b, GT);
}

export function greaterEqual(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a >= b;
  if (typeof a === 'string' && typeof b === 'string') return a >= b;
  return ordered(a, b, GE);
}

type Ordering = 0 | 1 | 2 | 3;
const LT = 0;
const LE = 1;
const GT = 2;
const GE = 3;

/** a OP b, for any two values. */
function ordered(a: Value, b: Value, op: Ordering): boolean {
  if (a instanceof PyTuple && b instanceof PyTuple) return orderedElements(a.a, b.a, op);
  if (a instanceof PyList && b instanceof PyList) return orderedElements(a.a, b.a, op);
  if (typeof a === 'string' && typeof b === 'string') return decide(op, a < b ? -1 : a > b ? 1 : 0);
  const left = kindOf(a);
  const right = kindOf(b);
  if (left !== NOT_A_NUMBER && right !== NOT_A_NUMBER) {
    if (left === COMPLEX || right === COMPLEX) return noComplexOrder();
    return orderedNumbers(payload(a), payload(b), op);
  }
  if (left === COMPLEX && a === b) return noComplexOrder();
  const set = orderableSet(a);
  const other = orderableSet(b);
  if (set !== undefined && other !== undefined) return orderedSets(set, other, op);
  return decide(op, order(a, b));
}

const orderableSet = (value: Value): AnySet | undefined =>
  typeof value === 'object' && value !== null && (isSet(value) || value instanceof DictView) ? asSet(value) : undefined;

function noComplexOrder(): never {
  return raise('TypeError', 'no ordering relation is defined for complex numbers');
}

function decide(op: Ordering, sign: number): boolean {
  switch (op) {
    case LT:
      return sign < 0;
    case LE:
      return sign <= 0;
    case GT:
      return sign > 0;
    case GE:
      return sign >= 0;
  }
}

/** Numbers against bigints compare exactly; a NaN is in no order with anything. */
function orderedNumbers(x: number | bigint, y: number | bigint, op: Ordering): boolean {
  switch (op) {
    case LT:
      return x < y;
    case LE:
      return x <= y;
    case GT:
      return x > y;
    case GE:
      return x >= y;
  }
}

/** The first elements that differ decide; else the lengths. */
function orderedElements(a: readonly Value[], b: readonly Value[], op: Ordering): boolean {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x === y) continue;
    if (typeof x === 'number' && typeof y === 'number') {
      if (Number.isNaN(x) && Number.isNaN(y)) continue;
      return orderedNumbers(x, y, op);
    }
    if (typeof x === 'string' && typeof y === 'string') return decide(op, x < y ? -1 : 1);
    if (!sameWithin(x, y)) return orderedWithin(x, y, op);
  }
  return decide(op, a.length - b.length);
}

function orderedSets(a: AnySet, b: AnySet, op: Ordering): boolean {
  switch (op) {
    case LT:
      return a.m.size < b.m.size && isSubset(a, b);
    case LE:
      return isSubset(a, b);
    case GT:
      return b.m.size < a.m.size && isSubset(b, a);
    case GE:
      return isSubset(b, a);
  }
}

/** cmp(a, b): -1, 0 or 1. */
export function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : order(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : 1;
  if (isSet(a) && isSet(b) && a instanceof PySet === b instanceof PySet) return noSetOrder();
  if (equal(a, b)) return 0;
  if (ordered(a, b, LT)) return -1;
  if (ordered(a, b, GT)) return 1;
  if (isSet(a) && isSet(b)) return noSetOrder();
  return order(a, b);
}

function noSetOrder(): never {
  return raise('TypeError', 'cannot compare sets using cmp()');
}

/**
 * The order of values that have no order of their own: -1, 0 or 1. Of two numbers, one is NaN: bools come first then, and ints and longs last,
 * and two floats in no order that could be matched (by address).
 */
function order(a: Value, b: Value): number {
  if (a === b) return 0;
  const own = comparedByItself(a, b);
  if (own !== undefined) return own;
  if (a instanceof PyDict && b instanceof PyDict) return orderDicts(a, b);
  if (a instanceof PySlice && b instanceof PySlice) return compareParts(a, b);
  if (a === null) return -1;
  if (b === null) return 1;
  const left = orderName(a);
  const right = orderName(b);
  if (left !== right) return left < right ? -1 : 1;
  if (left === NUMBER && !(isOldInstance(a) && isOldInstance(b))) return Math.sign(numberRank(a) - numberRank(b));
  return Math.sign(model.address(a) - model.address(b));
}

/** By the addresses of the types, which are constant in a given CPython. */
function numberRank(value: Value): number {
  if (typeof value === 'boolean') return 0;
  if (isOldInstance(value)) return 1;
  return kindOf(value) === FLOAT ? 2 : 3;
}

const NUMBER = '\u0001';

/**
 * What values of different types are sorted by. Numbers come before everything else but None. An old-style instance counts as a
 * number too, one that is below the others (by the address of its type, which is constant in a given CPython).
 */
function orderName(value: Value): string {
  if (kindOf(value) !== NOT_A_NUMBER || isOldInstance(value)) return NUMBER;
  return `\u0002${model.typeName(value)}`;
}

function compareParts(a: PySlice, b: PySlice): number {
  return compare(a.start, b.start) || compare(a.stop, b.stop) || compare(a.step, b.step);
}

/** Smaller dicts first; of equal size, by the smallest key whose values differ, then by those values. */
function orderDicts(a: PyDict, b: PyDict): number {
  if (a.size !== b.size) return a.size < b.size ? -1 : 1;
  const left = smallestDifference(a, b);
  if (left === undefined) return 0;
  const right = smallestDifference(b, a);
  if (right === undefined) return 0;
  return compare(left, right) || compare(dictGet(a, left) as Value, dictGet(b, right) as Value);
}

function smallestDifference(a: PyDict, b: PyDict): Value | undefined {
  let smallest: Value | undefined;
  for (const key of dictKeys(a)) {
    if (smallest !== undefined && lessThan(smallest, key)) continue;
    const other = dictGet(b, key);
    if (other === undefined || !same(dictGet(a, key) as Value, other)) smallest = key;
  }
  return smallest;
}
