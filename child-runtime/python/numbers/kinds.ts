/** Telling numbers apart, and moving between their JavaScript forms. */
import { raise } from '../model.js';
import { PyComplex, PyFloat, PyInt, PyLong, type PyObject, type Value } from '../values.js';
import { bounded } from './bounds.js';

/** The largest size at which an int or long is a JavaScript number. */
export const MAX_SAFE = Number.MAX_SAFE_INTEGER;

export const NOT_A_NUMBER = 0;
export const INT = 1;
export const LONG = 2;
export const FLOAT = 3;
export const COMPLEX = 4;

/** Which number a value is; bool counts as int. The larger kind of two operands is the kind of their result. */
export function kindOf(value: Value): number {
  if (typeof value === 'number') return Number.isInteger(value) ? INT : FLOAT;
  if (typeof value === 'boolean') return INT;
  if (typeof value !== 'object') return NOT_A_NUMBER;
  if (value instanceof PyLong) return LONG;
  if (value instanceof PyFloat) return FLOAT;
  if (value instanceof PyInt) return INT;
  if (value instanceof PyComplex) return COMPLEX;
  return NOT_A_NUMBER;
}

/** int, long or bool. */
export function isIntegral(value: Value): boolean {
  const kind = kindOf(value);
  return kind === INT || kind === LONG;
}

/** The exact content of an int, long, bool or float; a bigint only for integers beyond `MAX_SAFE`. */
export function payload(value: Value): number | bigint {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof PyLong) return value.v;
  if (value instanceof PyFloat) return value.f;
  return (value as PyInt).v;
}

/** The content of an int, long or bool as a bigint. */
export function bigOf(value: Value): bigint {
  return BigInt(payload(value));
}

/** The content of an int, long or bool: a bigint only beyond `MAX_SAFE`. */
export type Whole = number | bigint;

/**
 * The content of an int or long; `undefined` for anything else, bools included. By asking for a field and not for a class, it takes V8
 * a fraction of the time to compile what begins with this than what begins with `kindOf`.
 */
export function wholeOf(value: Value): Whole | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'object' && value !== null ? (value as PyObject & { v?: Whole }).v : undefined;
}

/** Which kind of integer the result of two is that have a `wholeOf`. */
export function kindOfWholes(a: Value, b: Value): number {
  return isLong(a) || isLong(b) ? LONG : INT;
}

const isLong = (whole: Value): boolean => typeof whole === 'object' && (whole as PyInt | PyLong).isLong;

Object.defineProperty(PyInt.prototype, 'isLong', { value: false });
Object.defineProperty(PyLong.prototype, 'isLong', { value: true });

/** The content of an int, long, bool or float as a double, rounded half to even; OverflowError for a long beyond all floats. */
export function doubleOf(value: Value): number {
  return floatOf(payload(value));
}

/** The same of a content. */
export function floatOf(content: Whole): number {
  if (typeof content === 'number') return content;
  const rounded = Number(content);
  if (rounded === Infinity || rounded === -Infinity) raise('OverflowError', 'long int too large to convert to float');
  return rounded;
}

export const INT_MAX = 2n ** 63n - 1n;
export const INT_MIN = -(2n ** 63n);
const SAFE_MAX = BigInt(MAX_SAFE);

/** The result of int arithmetic: an int while it fits into 64 bits, then a long. */
export function makeInt(content: bigint): Value {
  if (content <= SAFE_MAX && content >= -SAFE_MAX) return Number(content);
  return content <= INT_MAX && content >= INT_MIN ? new PyInt(content) : new PyLong(content);
}

export function makeLong(content: bigint | number): PyLong {
  if (typeof content === 'number') return new PyLong(content);
  return new PyLong(content <= SAFE_MAX && content >= -SAFE_MAX ? Number(content) : content);
}

/** An integer of `kind` INT or LONG. */
export function makeIntegral(kind: number, content: bigint): Value {
  return kind === INT ? makeInt(content) : makeLong(content);
}

/** The same of a result that may have grown: MemoryError if it is too large. */
export function makeBounded(kind: number, content: bigint): Value {
  return makeIntegral(kind, bounded(content));
}

/** The larger of two kinds, which is their result's; NOT_A_NUMBER if one of them is none. */
export function commonKind(a: Value, b: Value): number {
  const left = kindOf(a);
  const right = kindOf(b);
  return left === NOT_A_NUMBER || right === NOT_A_NUMBER ? NOT_A_NUMBER : Math.max(left, right);
}

/** The number that a float is; NaN for NaN, for the infinities and for all that is no float. Compiled code keeps floats as such numbers. */
export function doubleOrNaN(value: Value): number {
  if (typeof value === 'number') return Math.floor(value) === value ? Number.NaN : value;
  return value instanceof PyFloat ? value.f : Number.NaN;
}

/** The float whose number is given; for NaN, `other`. */
export function boxed(content: number, other: Value): Value {
  if (Math.floor(content) < content) return content;
  return Number.isNaN(content) ? other : makeFloat(content);
}

export function makeFloat(content: number): Value {
  return Number.isInteger(content) ? new PyFloat(content) : content;
}
