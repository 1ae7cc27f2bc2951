/** Keys of dicts and sets: the form in which Python's equal values are one JavaScript Map key (see `Key` in values.ts). */
import { model, raise } from '../model.js';
import {
  type Key,
  PyComplex,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyInt,
  PyList,
  PyLong,
  PyMethod,
  PySet,
  PySlice,
  PyTuple,
  type Value,
} from '../values.js';

/*
 * Composite keys are strings with a char above 0xff in front. Inside, each element begins with a tag above 0xff; what follows a tag
 * has only chars <= 0xff, so elements end where the next tag begins and no two different composites look alike.
 */
const TUPLE = '\u0100';
const END = '\u0101';
const NUMBER = '\u0102';
const STR = '\u0103';
const FROZENSET = '\u0104';
const BIG = '\u0105';
const NONE = '\u0106';
const OBJECT = '\u0107';
const COMPLEX = '\u0108';
const METHOD = '\u0109';

/** Small ints in tuples are one char each: coordinates and the like are the commonest tuple keys. */
const SMALL = 0x4000;
const SMALL_COUNT = 0x4000;

/** Elements that one key may visit: nested tuples that share parts grow exponentially. */
const MAX_ELEMENTS = 2 ** 21;
let visited = 0;

/** The key of a value; TypeError if it is unhashable. */
export function keyOf(value: Value): Key {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'function':
      return value;
    case 'boolean':
      return value ? 1 : 0;
  }
  if (value === null) return null;
  if (value instanceof PyTuple) return tupleKey(value.a);
  if (value instanceof PyLong) return value.v;
  if (value instanceof PyFloat) return Number.isSafeInteger(value.f) ? value.f + 0 : BigInt(value.f);
  if (value instanceof PyInt) return value.v;
  if (value instanceof PySlice) return raise('TypeError', 'unhashable type');
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) {
    return raise('TypeError', `unhashable type: '${model.typeName(value)}'`);
  }
  if (value instanceof PyFrozenSet) {
    visited = 0;
    return frozenSetKey(value);
  }
  if (value instanceof PyComplex) return complexKey(value);
  if (value instanceof PyMethod) return methodKey(value);
  if ((value as { unhashable?: boolean }).unhashable === true) return raise('TypeError', 'unhashable instance');
  return value;
}

function tupleKey(elements: readonly Value[]): string {
  if (elements.length === 2) {
    const [x, y] = elements;
    if (isSmall(x) && isSmall(y)) return String.fromCharCode(0x100, SMALL + x, SMALL + y);
  }
  visited = 0;
  return TUPLE + elementKeys(elements);
}

const isSmall = (x: Value | undefined): x is number =>
  typeof x === 'number' && x >= 0 && x < SMALL_COUNT && (x | 0) === x;

function elementKeys(elements: readonly Value[]): string {
  visited += elements.length;
  if (visited > MAX_ELEMENTS) raise('MemoryError');
  let text = '';
  for (let i = 0; i < elements.length; i++) text += elementKey(elements[i]!);
  return text;
}

function elementKey(value: Value): string {
  if (typeof value === 'string') return STR + value;
  if (typeof value === 'number') return isSmall(value) ? String.fromCharCode(SMALL + value) : NUMBER + value;
  if (value instanceof PyTuple) return TUPLE + elementKeys(value.a) + END;
  if (value instanceof PyFrozenSet) return frozenSetKey(value) + END;
  const key = keyOf(value);
  switch (typeof key) {
    case 'number':
    case 'string':
      // A string here is the whole key of a complex or a method, which has its tag in front.
      return typeof key === 'string' ? key : elementKey(key);
    case 'bigint':
      return BIG + key;
  }
  return key === null ? NONE : OBJECT + model.address(value);
}

function frozenSetKey(set: PyFrozenSet): string {
  const keys: string[] = [];
  visited += set.m.size;
  if (visited > MAX_ELEMENTS) raise('MemoryError');
  for (const element of set.m.values()) keys.push(elementKey(element));
  return FROZENSET + keys.sort().join('');
}

function complexKey(value: PyComplex): Key {
  if (value.im !== 0) return `${COMPLEX}${value.re + 0},${value.im}`;
  return Number.isInteger(value.re) && !Number.isSafeInteger(value.re) ? BigInt(value.re) : value.re + 0;
}

/** Bound methods are equal when object and function are. Those of built-in types hash their object, which may refuse. */
function methodKey(value: PyMethod): string {
  if (value.owner === undefined && value.self !== undefined) keyOf(value.self);
  const self = value.self === undefined ? '' : model.address(value.self);
  return `${METHOD}${self},${model.address(value.f)}`;
}
