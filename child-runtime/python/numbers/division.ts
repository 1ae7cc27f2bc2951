/** / // % and divmod() of numbers: classic division, floored, the remainder with the sign of the divisor. */
import { raise } from '../model.js';
import { type PyComplex, PyLong, PyTuple, type Value } from '../values.js';
import { quotientByWord, remainderByWord } from './by-word.js';
import { asComplex, divideComplex, divmodComplex } from './complex.js';
import {
  commonKind,
  doubleOf,
  FLOAT,
  INT,
  INT_MIN,
  kindOfWholes,
  LONG,
  makeFloat,
  makeIntegral,
  makeLong,
  NOT_A_NUMBER,
  payload,
  type Whole,
  wholeOf,
} from './kinds.js';

function zeroDivision(kind: number): never {
  raise('ZeroDivisionError', kind === INT ? 'integer division or modulo by zero' : 'long division or modulo by zero');
}

/** floor(x / y) for safe integers, y != 0. */
function floorDivideSafe(x: number, y: number): number {
  const remainder = x % y;
  const quotient = (x - remainder) / y;
  return (remainder !== 0 && remainder < 0 !== y < 0 ? quotient - 1 : quotient) + 0;
}

/** x - y * floor(x / y) for safe integers, y != 0. */
function moduloSafe(x: number, y: number): number {
  const remainder = x % y;
  return (remainder !== 0 && remainder < 0 !== y < 0 ? remainder + y : remainder) + 0;
}

function floorDivideBig(x: bigint, y: bigint): bigint {
  const quotient = x / y;
  return x < 0n !== y < 0n && quotient * y !== x ? quotient - 1n : quotient;
}

export function moduloBig(x: bigint, y: bigint): bigint {
  const remainder = x % y;
  return remainder !== 0n && remainder < 0n !== y < 0n ? remainder + y : remainder;
}

function floorDivideWholes(kind: number, x: Whole, y: Whole): Value {
  if (y === 0) return zeroDivision(kind);
  if (typeof x === 'number' && typeof y === 'number') {
    const quotient = floorDivideSafe(x, y);
    return kind === INT ? quotient : new PyLong(quotient);
  }
  const dividend = BigInt(x);
  return makeIntegral(kind, quotientByWord(dividend, y) ?? floorDivideBig(dividend, BigInt(y)));
}

function moduloWholes(kind: number, x: Whole, y: Whole): Value {
  if (y === 0) return zeroDivision(kind);
  if (typeof x === 'number' && typeof y === 'number') {
    const remainder = moduloSafe(x, y);
    return kind === INT ? remainder : new PyLong(remainder);
  }
  if (leavesLongs(kind, x, y)) return makeLong(0);
  const dividend = BigInt(x);
  const remainder = remainderByWord(dividend, y);
  return remainder === undefined ? makeIntegral(kind, moduloBig(dividend, BigInt(y))) : makeLong(remainder);
}

function divmodWholes(kind: number, x: Whole, y: Whole): Value {
  if (y === 0) return zeroDivision(kind);
  if ((typeof x === 'number' && typeof y === 'number') || leavesLongs(kind, x, y)) {
    return new PyTuple([floorDivideWholes(kind, x, y), moduloWholes(kind, x, y)]);
  }
  const dividend = BigInt(x);
  const divisor = BigInt(y);
  const quotient = quotientByWord(dividend, y) ?? floorDivideBig(dividend, divisor);
  // A product takes less than a second division.
  return new PyTuple([makeIntegral(kind, quotient), makeIntegral(kind, dividend - quotient * divisor)]);
}

/** CPython finds that the quotient of -2**63 and -1 is no int, and computes both results as longs. */
function leavesLongs(kind: number, x: Whole, y: Whole): boolean {
  return y === -1 && kind === INT && x === INT_MIN;
}

const copySign = (size: number, sign: number): number => (sign < 0 || Object.is(sign, -0) ? -size : size);

/** The remainder of floats, y != 0: exact, with the sign of y. */
function moduloFloats(x: number, y: number): number {
  const remainder = x % y;
  if (remainder === 0) return copySign(0, y);
  return remainder < 0 !== y < 0 ? remainder + y : remainder;
}

/** floor(x / y) of floats, y != 0, consistent with the remainder where x / y rounds. */
function floorDivideFloats(x: number, y: number): number {
  let remainder = x % y;
  let quotient = (x - remainder) / y;
  if (remainder !== 0) {
    if (remainder < 0 !== y < 0) {
      remainder += y;
      quotient -= 1;
    }
  }
  if (quotient === 0) return copySign(0, x / y);
  const floored = Math.floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

/** The double of a divisor; ZeroDivisionError with `zeroText` if it is 0. */
function divisor(b: Value, zeroText: string): number {
  const y = doubleOf(b);
  if (y === 0) raise('ZeroDivisionError', zeroText);
  return y;
}

/** What is left once both operands are known not to have a `wholeOf`: bools, floats, complexes. */
function divideOthers(
  a: Value,
  b: Value,
  ofWholes: (kind: number, x: Whole, y: Whole) => Value,
  ofFloats: (a: Value, b: Value) => Value,
  ofComplexes: (a: PyComplex, b: PyComplex) => Value,
): Value | undefined {
  const kind = commonKind(a, b);
  if (kind === NOT_A_NUMBER) return undefined;
  if (kind <= LONG) return ofWholes(kind, payload(a), payload(b));
  return kind === FLOAT ? ofFloats(a, b) : ofComplexes(asComplex(a), asComplex(b));
}

/** a / b: of two integers, floored. */
export function divideNumbers(a: Value, b: Value): Value | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  if (x !== undefined && y !== undefined) return floorDivideWholes(kindOfWholes(a, b), x, y);
  return divideOthers(a, b, floorDivideWholes, divideFloats, divideComplexes);
}
const divideFloats = (a: Value, b: Value): Value => makeFloat(doubleOf(a) / divisor(b, 'float division by zero'));
const divideComplexes = (a: PyComplex, b: PyComplex): Value => divideComplex(a, b, 'complex division by zero');

/** a // b. */
export function floorDivideNumbers(a: Value, b: Value): Value | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  if (x !== undefined && y !== undefined) return floorDivideWholes(kindOfWholes(a, b), x, y);
  return divideOthers(a, b, floorDivideWholes, floorDivideFloatValues, floorDivideComplexes);
}
const floorDivideFloatValues = (a: Value, b: Value): Value =>
  makeFloat(floorDivideFloats(doubleOf(a), divisor(b, 'float divmod()')));
const floorDivideComplexes = (a: PyComplex, b: PyComplex): Value => divmodComplex(a, b, 'complex divmod()')[0];

/** a % b. */
export function moduloNumbers(a: Value, b: Value): Value | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  if (x !== undefined && y !== undefined) return moduloWholes(kindOfWholes(a, b), x, y);
  return divideOthers(a, b, moduloWholes, moduloFloatValues, moduloComplexes);
}
const moduloFloatValues = (a: Value, b: Value): Value =>
  makeFloat(moduloFloats(doubleOf(a), divisor(b, 'float modulo')));
const moduloComplexes = (a: PyComplex, b: PyComplex): Value => divmodComplex(a, b, 'complex remainder')[1];

/** divmod(a, b): a tuple. */
export function divmodNumbers(a: Value, b: Value): Value | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  if (x !== undefined && y !== undefined) return divmodWholes(kindOfWholes(a, b), x, y);
  return divideOthers(a, b, divmodWholes, divmodFloats, divmodComplexes);
}
const divmodFloats = (a: Value, b: Value): Value => {
  const x = doubleOf(a);
  const y = divisor(b, 'float divmod()');
  return new PyTuple([makeFloat(floorDivideFloats(x, y)), makeFloat(moduloFloats(x, y))]);
};
const divmodComplexes = (a: PyComplex, b: PyComplex): Value => new PyTuple(divmodComplex(a, b, 'complex divmod()'));
