/** object[index] and object[lower:upper]: reading, assigning, deleting. Bounds that a simple slice leaves out are None. */
import { dictDelete, dictItem, dictSet } from '../containers/dict.js';
import { DictView } from '../containers/views.js';
import { model, raise } from '../model.js';
import {
  PyDict,
  PyFrozenSet,
  PyInstance,
  PyList,
  PyObject,
  PySet,
  PySlice,
  PyTuple,
  PyXrange,
  type Value,
} from '../values.js';
import { hooks } from './hooks.js';
import { fittingIndex } from './index-of.js';
import { peekElementsOr } from './iterate.js';
import { refuseOldIndex } from './old-style.js';
import { type ResolvedSlice, resolveSlice, simpleBound } from './slices.js';

/** The position that `index` means in a sequence of `length`; IndexError with `text` if there is none. */
function position(index: Value, length: number, noun: string, text: string): number {
  const at = fittingIndex(index, 'IndexError');
  if (at === undefined) {
    refuseOldIndex(index);
    return raise('TypeError', `${noun} indices must be integers, not ${model.typeName(index)}`);
  }
  const from = at < 0 ? at + length : at;
  return from < 0 || from >= length ? raise('IndexError', text) : from;
}

/**
 * object[index]. Here and below the exported function settles the commonest cases and is short enough for V8 to inline; the other one
 * does the rest.
 */
export function getItem(object: Value, index: Value): Value {
  if (object instanceof PyDict) {
    if (typeof index === 'string' || typeof index === 'number') {
      const value = object.ints === undefined ? object.map.get(index) : object.find(index);
      if (value !== undefined) return value;
    }
  } else if (typeof index === 'number') {
    if (typeof object === 'string') {
      const char = object[index < 0 ? index + object.length : index];
      if (char !== undefined) return char;
    } else if (object instanceof PyList) {
      const element = object.a[index < 0 ? index + object.a.length : index];
      if (element !== undefined) return element;
    }
  }
  return itemOf(object, index);
}

function itemOf(object: Value, index: Value): Value {
  if (object instanceof PyList) {
    const { a } = object;
    if (index instanceof PySlice) return new PyList(picked(a, resolveSlice(index, a.length)));
    return a[position(index, a.length, 'list', 'list index out of range')]!;
  }
  if (object instanceof PyDict) return dictItem(object, index);
  if (typeof object === 'string') {
    if (index instanceof PySlice) return pickedText(object, resolveSlice(index, object.length));
    return object[position(index, object.length, 'string', 'string index out of range')]!;
  }
  if (object instanceof PyTuple) {
    const { a } = object;
    if (index instanceof PySlice) {
      const slice = resolveSlice(index, a.length);
      return slice.count === a.length && slice.step === 1 ? object : new PyTuple(picked(a, slice));
    }
    return a[position(index, a.length, 'tuple', 'tuple index out of range')]!;
  }
  if (object instanceof PyXrange) return xrangeItem(object, index);
  const item = object instanceof PyObject ? hooks.getItem(object, index) : undefined;
  if (item !== undefined) return item;
  if (isSequenceType(object) && fittingIndex(index, 'IndexError') !== undefined) {
    return raise('TypeError', `'${model.typeName(object)}' object does not support indexing`);
  }
  return lacks(object, '__getitem__');
}

/** Types that have C's table of sequence functions, whatever is in it. CPython words its errors by that. */
export function isSequenceType(object: Value): boolean {
  if (typeof object === 'string') return true;
  if (!(object instanceof PyObject)) return false;
  // object() itself has no such table.
  if (object instanceof PyInstance) return object.T.newStyle && object.T.mro.length > 1;
  return sequenceTypes.some((type) => object instanceof type);
}

const sequenceTypes = [PyTuple, PyList, PyDict, PySet, PyFrozenSet, PyXrange, DictView];

/** An operation that the object's type does not have. Old-style instances and new ones differ in the text. */
function lacks(object: Value, method: string): never {
  const name = model.typeName(object);
  if (name === 'instance')
    return raise('AttributeError', `${(object as PyInstance).T.name} instance has no attribute '${method}'`);
  return raise('TypeError', `'${name}' object has no attribute '${method}'`);
}

function xrangeItem(range: PyXrange, index: Value): Value {
  const at = fittingIndex(index, 'IndexError');
  if (at === undefined) return raise('TypeError', `sequence index must be integer, not '${model.typeName(index)}'`);
  const from = at < 0 ? at + range.length : at;
  if (from < 0 || from >= range.length) return raise('IndexError', 'xrange object index out of range');
  return range.start + from * range.step;
}

function picked(elements: readonly Value[], slice: ResolvedSlice): Value[] {
  const { start, step, count } = slice;
  if (step === 1) return elements.slice(start, start + count);
  const result: Value[] = [];
  for (let i = 0, at = start; i < count; i++, at += step) result.push(elements[at]!);
  return result;
}

function pickedText(text: string, slice: ResolvedSlice): string {
  const { start, step, count } = slice;
  if (step === 1) return text.slice(start, start + count);
  const result: string[] = [];
  for (let i = 0, at = start; i < count; i++, at += step) result.push(text[at]!);
  return result.join('');
}

/** object[lower:upper]. */
export function getSlice(object: Value, lower: Value, upper: Value): Value {
  if (typeof object === 'string') {
    const { length } = object;
    const start = simpleBound(lower, length, 0);
    const stop = simpleBound(upper, length, length);
    return start < stop ? object.slice(start, stop) : '';
  }
  if (object instanceof PyList) {
    const { length } = object.a;
    const start = simpleBound(lower, length, 0);
    const stop = simpleBound(upper, length, length);
    return new PyList(start < stop ? object.a.slice(start, stop) : []);
  }
  if (object instanceof PyTuple) {
    const { length } = object.a;
    const start = simpleBound(lower, length, 0);
    const stop = simpleBound(upper, length, length);
    if (start === 0 && stop === length) return object;
    return new PyTuple(start < stop ? object.a.slice(start, stop) : []);
  }
  return getItem(object, new PySlice(lower, upper, null));
}

/** object[index] = value. */
export function setItem(object: Value, index: Value, value: Value): void {
  if (object instanceof PyDict) dictSet(object, index, value);
  else if (
    object instanceof PyList &&
    typeof index === 'number' &&
    index >= 0 &&
    index < object.a.length &&
    Number.isInteger(index)
  ) {
    object.a[index] = value;
  } else setItemOf(object, index, value);
}

function setItemOf(object: Value, index: Value, value: Value): void {
  if (object instanceof PyList) {
    const { a } = object;
    if (index instanceof PySlice) assignExtended(object, index, value);
    else a[position(index, a.length, 'list', 'list assignment index out of range')] = value;
    return;
  }
  if (object instanceof PyObject && hooks.setItem(object, index, value)) return;
  noItems(object, index, 'does not support item assignment', 'does not support item assignment', '__setitem__');
}

/** Of types that are sequences in C, an index is looked at before it is found that they take none. */
function noItems(object: Value, index: Value, ofSequence: string, text: string, method: string): never {
  if (model.typeName(object) === 'instance') return lacks(object, method);
  const known = isSequenceType(object) && fittingIndex(index, 'IndexError') !== undefined;
  return raise('TypeError', `'${model.typeName(object)}' object ${known ? ofSequence : text}`);
}

/** object[lower:upper] = value. */
export function setSlice(object: Value, lower: Value, upper: Value, value: Value): void {
  if (!(object instanceof PyList)) {
    setItem(object, new PySlice(lower, upper, null), value);
    return;
  }
  const { length } = object.a;
  const start = simpleBound(lower, length, 0);
  const stop = simpleBound(upper, length, length);
  replaceRange(object, start, Math.max(start, stop), replacement(value, 'can only assign an iterable'));
}

function replacement(value: Value, text: string): Value[] {
  return peekElementsOr(value, () => raise('TypeError', text)).slice();
}

/** The elements from start to stop (exclusive) make way for others. */
function replaceRange(list: PyList, start: number, stop: number, elements: readonly Value[]): void {
  const { a } = list;
  if (elements.length <= 1024) {
    a.splice(start, stop - start, ...elements);
    return;
  }
  list.a = a.slice(0, start).concat(elements, a.slice(stop));
}

/** What is assigned may be made by guest code that changes the list: only afterwards it is known which elements make way. */
function assignExtended(list: PyList, index: PySlice, value: Value): void {
  const { step } = resolveSlice(index, list.a.length);
  const text = step === 1 ? 'can only assign an iterable' : 'must assign iterable to extended slice';
  const elements = replacement(value, text);
  const slice = resolveSlice(index, list.a.length);
  if (step === 1) {
    replaceRange(list, slice.start, Math.max(slice.start, slice.stop), elements);
    return;
  }
  if (elements.length !== slice.count) {
    raise(
      'ValueError',
      `attempt to assign sequence of size ${elements.length} to extended slice of size ${slice.count}`,
    );
  }
  for (let i = 0, at = slice.start; i < slice.count; i++, at += slice.step) list.a[at] = elements[i]!;
}

/** del object[index]. */
export function deleteItem(object: Value, index: Value): void {
  if (object instanceof PyDict) {
    dictDelete(object, index);
    return;
  }
  if (object instanceof PyList) {
    if (index instanceof PySlice) deleteExtended(object, resolveSlice(index, object.a.length));
    else object.a.splice(position(index, object.a.length, 'list', 'list assignment index out of range'), 1);
    return;
  }
  if (object instanceof PyObject && hooks.deleteItem(object, index)) return;
  noItems(object, index, "doesn't support item deletion", 'does not support item deletion', '__delitem__');
}

/** del object[lower:upper]. */
export function deleteSlice(object: Value, lower: Value, upper: Value): void {
  if (!(object instanceof PyList)) {
    deleteItem(object, new PySlice(lower, upper, null));
    return;
  }
  const { length } = object.a;
  const start = simpleBound(lower, length, 0);
  const stop = simpleBound(upper, length, length);
  if (stop > start) object.a.splice(start, stop - start);
}

function deleteExtended(list: PyList, slice: ResolvedSlice): void {
  const { start, step, count } = slice;
  if (count === 0) return;
  if (step === 1) {
    list.a.splice(start, count);
    return;
  }
  const first = step < 0 ? start + step * (count - 1) : start;
  const size = Math.abs(step);
  const last = first + size * (count - 1);
  let to = first;
  for (let from = first; from < list.a.length; from++) {
    if (from <= last && (from - first) % size === 0) continue;
    list.a[to++] = list.a[from]!;
  }
  list.a.length = to;
}
