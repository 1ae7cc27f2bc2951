/** + and * of sequences. */
import { model, raise } from '../model.js';
import { PyIterator, PyList, PyObject, PyTuple, type Value } from '../values.js';
import { checkChars, checkItems } from './bounds.js';
import { fittingIndex } from './index-of.js';
import { elementsOf, iterateInto, peekElements } from './iterate.js';
import { refuseOldIndex } from './old-style.js';
import { isSequenceType } from './subscript.js';

/** a + b where a is a sequence; undefined when it isn't. TypeError if b is not of the same type. */
export function concatenate(a: Value, b: Value): Value | undefined {
  if (a instanceof PyList) {
    if (b instanceof PyList) return new PyList(joined(a.a, b.a));
    return raise('TypeError', `can only concatenate list (not "${model.typeName(b)}") to list`);
  }
  if (a instanceof PyTuple) {
    if (b instanceof PyTuple) return new PyTuple(joined(a.a, b.a));
    return raise('TypeError', `can only concatenate tuple (not "${model.typeName(b)}") to tuple`);
  }
  if (typeof a === 'string') {
    return raise('TypeError', `cannot concatenate 'str' and '${model.typeName(b)}' objects`);
  }
  return undefined;
}

function joined(a: readonly Value[], b: readonly Value[]): Value[] {
  checkItems(a.length + b.length);
  return a.concat(b);
}

/** Appends what `more` yields; the list itself may be given. Guest code that yields sees the list grow, and may change it meanwhile. */
export function extendList(list: PyList, more: Value): void {
  if (more !== list && mayRunGuestCode(more)) {
    iterateInto(more, (element) => {
      if (list.a.push(element) % 65536 === 0) checkItems(list.a.length);
    });
    return;
  }
  const added = more === list ? elementsOf(list) : peekElements(more);
  const { a } = list;
  checkItems(a.length + added.length);
  for (let i = 0; i < added.length; i++) a.push(added[i]!);
}

/** Instances of a program's classes, and what walks over them. */
const mayRunGuestCode = (iterable: Value): boolean =>
  iterable instanceof PyIterator || (iterable instanceof PyObject && iterable.I === true);

const isSequence = (value: Value): value is string | PyList | PyTuple =>
  typeof value === 'string' || value instanceof PyList || value instanceof PyTuple;

function repeatCount(count: Value): number {
  const index = fittingIndex(count, 'OverflowError');
  if (index === undefined) {
    refuseOldIndex(count);
    return raise('TypeError', `can't multiply sequence by non-int of type '${model.typeName(count)}'`);
  }
  return Math.max(0, index);
}

/** a * b where one of them is a sequence; undefined when none is. */
export function repeatSequence(a: Value, b: Value): Value | undefined {
  const [sequence, count] = isSequence(a) ? [a, b] : [b, a];
  if (!isSequence(sequence)) return undefined;
  const times = repeatCount(count);
  if (typeof sequence === 'string') {
    const length = sequence.length * times;
    if (length > 2 ** 63) raise('OverflowError', 'repeated string is too long');
    checkChars(length);
    return sequence.length === 0 ? '' : sequence.repeat(times);
  }
  if (sequence instanceof PyTuple) return times === 1 ? sequence : new PyTuple(repeated(sequence.a, times));
  return new PyList(repeated(sequence.a, times));
}

/** Up to this length lists are repeated by doubling. */
const DOUBLED = 4096;

export function repeated(elements: readonly Value[], times: number): Value[] {
  const { length } = elements;
  if (length === 0 || times === 0) return [];
  checkItems(length * times);
  const total = length * times;
  if (total > DOUBLED) {
    const result = new Array<Value>(total);
    if (length === 1) return result.fill(elements[0]!);
    for (let i = 0; i < total; i++) result[i] = elements[i % length]!;
    return result;
  }
  // To V8 an array from `new Array(n)` has holes for ever, which makes its use a little slower. Copying costs more for long ones.
  let result = elements.slice();
  while (result.length * 2 <= total) result = result.concat(result);
  return result.concat(result.slice(0, total - result.length));
}

/** a *= b where a is a list, in place; otherwise as a * b. */
export function repeatInPlace(a: Value, b: Value): Value | undefined {
  if (!(a instanceof PyList)) return !isSequence(a) && isSequenceType(a) ? undefined : repeatSequence(a, b);
  const times = repeatCount(b);
  checkItems(a.a.length * times);
  if (times === 0) a.a.length = 0;
  const { length } = a.a;
  for (let i = 1; i < times; i++) for (let j = 0; j < length; j++) a.a.push(a.a[j]!);
  return a;
}
