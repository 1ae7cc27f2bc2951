/** Iterating over any value. */

import { dictKeys } from '../containers/dict.js';
import {
  DictKeyIterator,
  ListIterator,
  SetIterator,
  StrIterator,
  TupleIterator,
  XrangeIterator,
} from '../containers/iterators.js';
import { setElements } from '../containers/set.js';
import { DictView } from '../containers/views.js';
import { model, raise } from '../model.js';
import { PyDict, PyFrozenSet, PyIterator, PyList, PySet, PyTuple, PyXrange, type Value } from '../values.js';
import { checkItems } from './bounds.js';
import { isOldInstance } from './old-style.js';

/** An iterator over a value; undefined if it has none. */
export function iteratorOf(value: Value): PyIterator | undefined {
  if (value instanceof PyList) return new ListIterator(value);
  if (value instanceof PyXrange) return new XrangeIterator(value);
  if (value instanceof PyTuple) return new TupleIterator(value.a);
  if (value instanceof PyDict) return new DictKeyIterator(value);
  if (typeof value === 'string') return new StrIterator(value);
  if (value instanceof PyIterator) return value;
  if (value instanceof PySet || value instanceof PyFrozenSet) return new SetIterator(value);
  if (value instanceof DictView) return value.iterator();
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') return model.iterObject(value);
  return undefined;
}

/** As `iteratorOf`, also for old-style instances without `__iter__`, which have an error of their own elsewhere. */
export function iteratorIfAny(value: Value): PyIterator | undefined {
  if (isOldInstance(value)) {
    const slots = value as unknown as { $__iter__?: Value; m$__iter__?: Value };
    if (slots.$__iter__ === undefined && slots.m$__iter__ === undefined) return undefined;
  }
  return iteratorOf(value);
}

/** iter(value); TypeError if it can't be iterated. */
export function iterate(value: Value): PyIterator {
  return iteratorOf(value) ?? raise('TypeError', `'${model.typeName(value)}' object is not iterable`);
}

/** Calls `visit` for each element. */
export function iterateInto(value: Value, visit: (element: Value) => void): void {
  const iterator = iterate(value);
  for (let element = iterator.next(); element !== undefined; element = iterator.next()) visit(element);
}

/** The elements of anything that can be iterated, in a new array. */
export function elementsOf(value: Value): Value[] {
  if (value instanceof PyList || value instanceof PyTuple) return value.a.slice();
  if (typeof value === 'string') {
    checkItems(value.length);
    return value.split('');
  }
  if (value instanceof PyXrange) checkItems(value.length);
  if (value instanceof PyDict) return dictKeys(value);
  if (value instanceof PySet || value instanceof PyFrozenSet) return setElements(value);
  const elements: Value[] = [];
  iterateInto(value, (element) => {
    if (elements.push(element) % 65536 === 0) checkItems(elements.length);
  });
  return elements;
}

/** As `elementsOf`, but without a copy where the value has an array already: callers don't change or keep it. */
export function peekElements(value: Value): readonly Value[] {
  return value instanceof PyList || value instanceof PyTuple ? value.a : elementsOf(value);
}
