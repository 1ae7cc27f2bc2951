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
import {
  PyDict,
  PyFrozenSet,
  type PyFunction,
  PyIterator,
  PyList,
  PySet,
  PyTuple,
  PyXrange,
  type Value,
} from '../values.js';
import { checkItems } from './bounds.js';

/** Whether a value of a class derived from list, dict or set has an `__iter__` of its class. */
const iteratesItself = (value: PyList | PyDict | PySet | PyFrozenSet): boolean =>
  value.I === true && (value as unknown as { m$__iter__: PyFunction }).m$__iter__.code !== undefined;

/** An iterator over the elements of a list, dict or set; what the types' own `__iter__` gives. */
export function containerIterator(value: PyList | PyDict | PySet | PyFrozenSet): PyIterator {
  if (value instanceof PyList) return new ListIterator(value);
  return value instanceof PyDict ? new DictKeyIterator(value) : new SetIterator(value);
}

/** An iterator over a value; undefined if it has none. */
export function iteratorOf(value: Value): PyIterator | undefined {
  if (value instanceof PyList) return iteratesItself(value) ? model.iterObject(value) : new ListIterator(value);
  if (value instanceof PyXrange) return new XrangeIterator(value);
  if (value instanceof PyTuple) return new TupleIterator(value.a);
  if (typeof value === 'string') return new StrIterator(value);
  if (value instanceof PyIterator) return value;
  if (value instanceof PyDict || value instanceof PySet || value instanceof PyFrozenSet) {
    return iteratesItself(value) ? model.iterObject(value) : containerIterator(value);
  }
  if (value instanceof DictView) return value.iterator();
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') return model.iterObject(value);
  return undefined;
}

/**
 * An iterator over a value. If it has none, or its `__iter__` raises a TypeError, `fault` raises what CPython says instead; in some
 * places it says so whatever was raised (`always`).
 */
export function iteratorOr(value: Value, fault: () => never, always = false): PyIterator {
  let found: PyIterator | undefined;
  try {
    found = iteratorOf(value);
  } catch (thrown) {
    if (!model.forget(thrown, always ? 'BaseException' : 'TypeError')) throw thrown;
  }
  return found ?? fault();
}

/** iter(value); TypeError if it can't be iterated. */
export function iterate(value: Value): PyIterator {
  return iteratorOf(value) ?? raise('TypeError', `'${model.typeName(value)}' object is not iterable`);
}

/** Calls `visit` for each element. */
export function iterateInto(value: Value, visit: (element: Value) => void): void {
  visitAll(iterate(value), visit);
}

function visitAll(iterator: PyIterator, visit: (element: Value) => void): void {
  for (let element = iterator.next(); element !== undefined; element = iterator.next()) visit(element);
}

/** The elements of anything that can be iterated, in a new array. */
export function elementsOf(value: Value): Value[] {
  if (value instanceof PyTuple || (value instanceof PyList && !iteratesItself(value))) return value.a.slice();
  if (typeof value === 'string') {
    checkItems(value.length);
    return value.split('');
  }
  if (value instanceof PyXrange) checkItems(value.length);
  if (value instanceof PyDict && !iteratesItself(value)) return dictKeys(value);
  if ((value instanceof PySet || value instanceof PyFrozenSet) && !iteratesItself(value)) return setElements(value);
  return collected(iterate(value));
}

function collected(iterator: PyIterator): Value[] {
  const elements: Value[] = [];
  visitAll(iterator, (element) => {
    if (elements.push(element) % 65536 === 0) checkItems(elements.length);
  });
  return elements;
}

/** As `elementsOf`, but without a copy where the value has an array already: callers don't change or keep it. */
export function peekElements(value: Value): readonly Value[] {
  return value instanceof PyTuple || (value instanceof PyList && !iteratesItself(value)) ? value.a : elementsOf(value);
}

/** As `peekElements`; `fault` raises what CPython says of a value that can't be iterated. */
export function peekElementsOr(value: Value, fault: () => never): readonly Value[] {
  if (value instanceof PyTuple || (value instanceof PyList && !iteratesItself(value))) return value.a;
  return typeof value === 'string' ? elementsOf(value) : collected(iteratorOr(value, fault));
}
