// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** The methods of set and frozenset. */
import { model, raise } from '../model.js';
import { installOn, type MethodTable, noArguments, oneArgument, unpacked } from '../operations/arity.js';
import { containerIterator, iterate, iterateInto } from '../operations/iterate.js';
import { PyFrozenSet, type PyFunction, PySet, type Value } from '../values.js';
import { keyOf } from './keys.js';
import {
  type AnySet,
  isSet,
  isSubset,
  setAdd,
  setBecome,
  setClear,
  setCopy,
  setDifference,
  setDifferenceUpdate,
  setDiscard,
  setFrom,
  setIntersection,
  setPop,
  setSymmetricDifference,
  setSymmetricUpdate,
  setUpdate,
} from './set.js';

function plain(name: string, apply: (set: PySet) => Value): PyFunction {
  return function (self: PySet): Value {
    if (arguments.length !== 1) noArguments(name, arguments.length - 1);
    return apply(self);
  };
}

function one(name: string, apply: (set: PySet, value: Value) => Value): PyFunction {
  return function (self: PySet, value?: Value): Value {
    if (arguments.length !== 2) oneArgument(name, arguments.length - 1);
    return apply(self, value as Value);
  };
}

const asSet = (value: Value): AnySet => (isSet(value) ? value : setFrom(new PySet(), value));

function union(self: AnySet, ...others: Value[]): Value {
  const result = setCopy(self);
  for (const other of others) if (other !== self) setUpdate(result, other);
  return result;
}

function intersection(self: AnySet, ...others: Value[]): AnySet {
  if (others.length === 0) return setCopy(self);
  return others.reduce((result: AnySet, other) => setIntersection(result, other), self);
}

function difference(self: AnySet, ...others: Value[]): Value {
  if (others.length === 0) return setCopy(self);
  const result = setDifference(self, others[0]!);
  for (const other of others.slice(1)) setDifferenceUpdate(result, other);
  return result;
}

function isDisjoint(set: AnySet, other: Value): Value {
  if (isSet(other)) {
    const [small, large] = set.m.size < other.m.size ? [set, other] : [other, set];
    for (const key of small.m.keys()) if (large.m.has(key)) return set === other ? set.m.size === 0 : false;
    return true;
  }
  let disjoint = true;
  const iterator = iterate(other);
  for (let element = iterator.next(); element !== undefined && disjoint; element = iterator.next()) {
    disjoint = !set.m.has(keyOf(element));
  }
  return disjoint;
}

const shared: MethodTable = {
  union,
  intersection,
  difference,
  symmetric_difference: one('symmetric_difference', setSymmetricDifference),
  issubset: one('issubset', (set, other) => isSubset(set, asSet(other))),
  issuperset: one('issuperset', (set, other) => {
    if (isSet(other)) return isSubset(other, set);
    let all = true;
    iterateInto(other, (element) => {
      all &&= set.m.has(keyOf(element));
    });
    return all;
  }),
  isdisjoint: one('isdisjoint', isDisjoint),
  __iter__: plain('__iter__', containerIterator),
};

const changing: MethodTable = {
  copy: plain('copy', setCopy),
  add: one('add', (set, element) => {
    setAdd(set, element);
    return null;
  }),
  discard: one('discard', (set, element) => {
    setDiscard(set, element);
    return null;
  }),
  remove: one('remove', (set, element) => (setDiscard(set, element) ? null : raise('KeyError', element))),
  pop: plain('pop', setPop),
  clear: plain('clear', (set) => {
    setClear(set);
    return null;
  }),
  update(self: PySet, ...others: Value[]): Value {
    for (const other of others) setUpdate(self, other);
    return null;
  },
  intersection_update(self: PySet, ...others: Value[]): Value {
    setBecome(self, intersection(self, ...others));
    return null;
  },
  difference_update(self: PySet, ...others: Value[]): Value {
    for (const other of others) setDifferenceUpdate(self, other);
    return null;
  },
  symmetric_difference_update: one('symmetric_difference_update', (set, other) => {
    setSymmetricUpdate(set, other);
    return null;
  }),
  __init__(self: PySet, elements?: Value): Value {
    if (arguments.length > 2) unpacked(model.typeName(self), 0, 1, arguments.length - 1);
    setClear(self);
    if (elements !== undefined) setUpdate(self, elements);
    return null;
  },
};

installOn(PySet.prototype, { ...shared, ...changing });
installOn(PyFrozenSet.prototype, { ...shared, copy: plain('copy', (set) => set) });
