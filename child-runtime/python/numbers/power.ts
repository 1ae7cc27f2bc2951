/** ** and pow(). */
import { raise } from '../model.js';
import { PyLong, type Value } from '../values.js';
import { bitLength, checkBits } from './bounds.js';
import { asComplex, powerComplex } from './complex.js';
import {
  bigOf,
  commonKind,
  doubleOf,
  FLOAT,
  floatOf,
  INT,
  kindOf,
  kindOfWholes,
  LONG,
  MAX_SAFE,
  makeBounded,
  makeFloat,
  makeIntegral,
  NOT_A_NUMBER,
  payload,
  type Whole,
  wholeOf,
} from './kinds.js';
import { powerModulo } from './modular.js';

/** x ** y of safe integers, y >= 0, as long as it is one itself; undefined once it isn't. */
function powerSafe(x: number, y: number): number | undefined {
  let result = 1;
  let square = x;
  for (let rest = y; ; ) {
    if (rest % 2 === 1) {
      result *= square;
      if (result > MAX_SAFE || result < -MAX_SAFE) return undefined;
    }
    rest = Math.floor(rest / 2);
    if (rest === 0) return result + 0;
    square *= square;
    if (square > MAX_SAFE) return undefined;
  }
}

function powerWholes(kind: number, x: Whole, y: Whole): Value {
  if (y < 0) return makeFloat(powerFloats(floatOf(x), floatOf(y)));
  if (typeof x === 'number' && typeof y === 'number') {
    const result = powerSafe(x, y);
    if (result !== undefined) return kind === INT ? result : new PyLong(result);
  }
  // 0, 1 and -1 never get here with a large exponent but from a bigint one.
  if (x === 0) return makeIntegral(kind, 0n);
  if (x === 1 || x === -1) return makeIntegral(kind, x === 1 || BigInt(y) % 2n === 0n ? 1n : -1n);
  checkBits((bitLength(x) - 1) * Number(y));
  return makeBounded(kind, BigInt(x) ** BigInt(y));
}

const isOdd = (y: number): boolean => Math.abs(y % 2) === 1;

/** x ** y of floats, with C's pow() at the borders and Python's errors. */
export function powerFloats(x: number, y: number): number {
  // The commonest; both are correctly rounded, and quicker than the general routine.
  if (y === 2 && Math.abs(x) < 1e150) return x * x;
  if (y === 0.5 && x > 0 && x < Infinity) return Math.sqrt(x);
  if (y === 0) return 1;
  if (Number.isNaN(x)) return x;
  if (Number.isNaN(y)) return x === 1 ? 1 : y;
  if (y === Infinity || y === -Infinity) {
    const size = Math.abs(x);
    if (size === 1) return 1;
    return y > 0 === size > 1 ? Infinity : 0;
  }
  if (x === Infinity || x === -Infinity) {
    if (y > 0) return isOdd(y) ? x : Infinity;
    return isOdd(y) && x < 0 ? -0 : 0;
  }
  if (x === 0) {
    if (y < 0) return raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
    return isOdd(y) ? x : 0;
  }
  if (x < 0 && Math.floor(y) !== y) {
    return raise('ValueError', 'negative number cannot be raised to a fractional power');
  }
  const size = Math.abs(x) ** y;
  if (size === Infinity) return raise('OverflowError', 34, 'Numerical result out of range');
  return x < 0 && isOdd(y) ? -size : size;
}

/** a ** b; undefined when an operand is not a number. */
export function powerNumbers(a: Value, b: Value): Value | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  if (x !== undefined && y !== undefined) return powerWholes(kindOfWholes(a, b), x, y);
  const kind = commonKind(a, b);
  if (kind === NOT_A_NUMBER) return undefined;
  if (kind <= LONG) return powerWholes(kind, payload(a), payload(b));
  if (kind === FLOAT) return makeFloat(powerFloats(doubleOf(a), doubleOf(b)));
  return powerComplex(asComplex(a), asComplex(b));
}

const INT64 = 2n ** 63n;
const overflows = (x: bigint): boolean => x >= INT64 || x < -INT64;

/** Whether CPython's loop for ints leaves 64 bits on the way, which makes the result a long. */
function leavesInt(base: bigint, exponent: bigint, modulus: bigint): boolean {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; ) {
    if (rest & 1n) {
      result *= square;
      if (square === 0n) return false;
      if (overflows(result)) return true;
    }
    rest >>= 1n;
    if (rest === 0n) return false;
    square *= square;
    if (overflows(square)) return true;
    result %= modulus;
    square %= modulus;
  }
  return false;
}

/** pow(a, b, c) with c given; undefined when an argument is not a number. */
export function powerWithModulus(a: Value, b: Value, c: Value): Value | undefined {
  const kinds = [kindOf(a), kindOf(b), kindOf(c)];
  if (kinds.includes(NOT_A_NUMBER)) return undefined;
  const kind = Math.max(...kinds);
  const negative = (): never => raise('TypeError', 'pow() 2nd argument cannot be negative when 3rd argument specified');
  // The types are asked in turn, and ints among themselves look at the sign first.
  if (kinds[0] === INT && kinds[1] === INT && bigOf(b) < 0n) return negative();
  for (const one of kinds) {
    if (one === FLOAT) raise('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
    if (one > FLOAT) raise('ValueError', 'complex modulo');
  }
  const exponent = bigOf(b);
  const modulus = bigOf(c);
  if (exponent < 0n) return negative();
  if (modulus === 0n) return raise('ValueError', 'pow() 3rd argument cannot be 0');
  const base = bigOf(a);
  const asLong = kind === LONG || leavesInt(base, exponent, modulus);
  return makeIntegral(asLong ? LONG : INT, powerModulo(base, exponent, modulus));
}
