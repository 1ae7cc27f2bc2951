/** Operations on sets and frozensets, in the order in which CPython's touch their tables (it shows when they are iterated). */
import { raise } from '../model.js';
import { iterateInto } from '../operations/iterate.js';
import { type Key, PyDict, PyFrozenSet, PySet, type Value } from '../values.js';
import { keyOf } from './keys.js';
import {
  clearKeys,
  deleteKey,
  keyAdded,
  keyMerged,
  orderedKeys,
  originalKey,
  popKey,
  reserveForMerge,
  shrinkAfterDifference,
} from './order.js';

export type AnySet = PySet | PyFrozenSet;

export const isSet = (value: Value): value is AnySet => value instanceof PySet || value instanceof PyFrozenSet;

/** An empty set of the same type. */
export const emptyLike = (set: AnySet): AnySet => (set instanceof PySet ? new PySet() : new PyFrozenSet());

/** Adds an element unless an equal one is there: the first of equal ones stays. */
export function setAdd(set: AnySet, element: Value): void {
  // Nothing but itself equals a str.
  if (typeof element === 'string' && set.order === undefined) set.m.set(element, element);
  else addKey(set, typeof element === 'number' ? element : keyOf(element), element);
}

function addKey(set: AnySet, key: Key, element: Value): void {
  if (set.m.has(key)) return;
  set.m.set(key, element);
  if (set.order !== undefined) keyAdded(set, key);
}

/** The key of something that is looked up in a set, where an unhashable set stands for its frozenset. */
export function lookupKey(element: Value): Key {
  return element instanceof PySet ? keyOf(asFrozen(element)) : keyOf(element);
}

function asFrozen(set: PySet): PyFrozenSet {
  const frozen = new PyFrozenSet();
  frozen.m = set.m;
  return frozen;
}

export function setHas(set: AnySet, element: Value): boolean {
  return set.m.has(typeof element === 'string' || typeof element === 'number' ? element : lookupKey(element));
}

/** Removes an element if it is there. */
export function setDiscard(set: PySet, element: Value): boolean {
  const key = lookupKey(element);
  if (!set.m.has(key)) return false;
  deleteKey(set, key);
  return true;
}

export function setPop(set: PySet): Value {
  if (set.m.size === 0) raise('KeyError', 'pop from an empty set');
  const key = popKey(set);
  const element = set.m.get(key) as Value;
  set.m.delete(key);
  return element;
}

export function setClear(set: AnySet): void {
  clearKeys(set);
}

/** The elements in the order of iteration. */
export function setElements(set: AnySet): Value[] {
  return orderedKeys(set).map((key) => set.m.get(key) as Value);
}

/** Adds everything that `other` yields. */
export function setUpdate(set: AnySet, other: Value): void {
  if (isSet(other)) {
    if (other === set) return;
    mergeKeys(set, other);
  } else if (other instanceof PyDict && other.I !== true) {
    mergeKeys(set, other);
  } else {
    iterateInto(other, (element) => setAdd(set, element));
  }
}

function mergeKeys(set: AnySet, other: AnySet | PyDict): void {
  const keys = orderedKeys(other);
  reserveForMerge(set, keys.length);
  const { m } = set;
  for (const key of keys) {
    if (m.has(key)) continue;
    m.set(key, originalKey(other, key));
    if (other instanceof PyDict) {
      if (set.order !== undefined) keyAdded(set, key);
    } else keyMerged(set, key);
  }
}

/** A set of the type of `like` with everything that `other` yields. */
export function setFrom(like: AnySet, other: Value): AnySet {
  const set = emptyLike(like);
  setUpdate(set, other);
  return set;
}

export const setCopy = (set: AnySet): AnySet => setFrom(set, set);

export function setIntersection(set: AnySet, other: Value): AnySet {
  if (set === other) return setCopy(set);
  const result = emptyLike(set);
  if (isSet(other)) {
    const [large, small] = other.m.size > set.m.size ? [other, set] : [set, other];
    for (const key of orderedKeys(small)) if (large.m.has(key)) addKey(result, key, small.m.get(key) as Value);
  } else {
    iterateInto(other, (element) => {
      const key = keyOf(element);
      if (set.m.has(key)) addKey(result, key, element);
    });
  }
  return result;
}

export function setDifference(set: AnySet, other: Value): AnySet {
  if (!isSet(other) && !(other instanceof PyDict)) {
    const copy = setCopy(set);
    setDifferenceUpdate(copy, other);
    return copy;
  }
  const result = emptyLike(set);
  for (const key of orderedKeys(set)) if (!other.m.has(key)) addKey(result, key, set.m.get(key) as Value);
  return result;
}

export function setDifferenceUpdate(set: AnySet, other: Value): void {
  if (set === other) {
    setClear(set);
    return;
  }
  if (isSet(other)) {
    for (const key of orderedKeys(other)) if (set.m.has(key)) deleteKey(set, key);
  } else {
    iterateInto(other, (element) => {
      const key = keyOf(element);
      if (set.m.has(key)) deleteKey(set, key);
    });
  }
  shrinkAfterDifference(set);
}

export function setSymmetricUpdate(set: AnySet, other: Value): void {
  if (set === other) {
    setClear(set);
    return;
  }
  const toggled = isSet(other) || other instanceof PyDict ? other : setFrom(set, other);
  for (const key of orderedKeys(toggled)) {
    if (set.m.has(key)) deleteKey(set, key);
    else addKey(set, key, originalKey(toggled, key));
  }
}

export function setSymmetricDifference(set: AnySet, other: Value): AnySet {
  const result = setFrom(set, other);
  setSymmetricUpdate(result, set);
  return result;
}

/** Makes `set` hold what `result` holds; `result` is given up. */
export function setBecome(set: AnySet, result: AnySet): void {
  set.m = result.m;
  set.order = result.order;
}

export function isSubset(set: AnySet, other: AnySet): boolean {
  if (set.m.size > other.m.size) return false;
  for (const key of set.m.keys()) if (!other.m.has(key)) return false;
  return true;
}

export const setsEqual = (a: AnySet, b: AnySet): boolean => a.m.size === b.m.size && isSubset(a, b);
