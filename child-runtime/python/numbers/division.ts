/** / // % and divmod() of numbers: classic division, floored, the remainder with the sign of the divisor. */
import { raise } from '../model.js';
import { type PyComplex, PyLong, PyTuple, type Value } from '../values.js';
import { asComplex, divideComplex, divmodComplex } from './complex.js';
import {
  doubleOf,
  FLOAT,
  INT,
  INT_MIN,
  kindOf,
  LONG,
  makeFloat,
  makeIntegral,
  makeLong,
  NOT_A_NUMBER,
  payload,
} from './kinds.js';

function zeroDivision(kind: number): never {
  raise('ZeroDivisionError', kind === INT ? 'integer division or modulo by zero' : 'long division or modulo by zero');
}

/** floor(x / y) for safe integers, y != 0. */
export function floorDivideSafe(x: number, y: number): number {
  const remainder = x % y;
  const quotient = (x - remainder) / y;
  return (remainder !== 0 && remainder < 0 !== y < 0 ? quotient - 1 : quotient) + 0;
}

/** x - y * floor(x / y) for safe integers, y != 0. */
export function moduloSafe(x: number, y: number): number {
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

function floorDivideIntegers(kind: number, a: Value, b: Value): Value {
  const x = payload(a);
  const y = payload(b);
  if (y === 0) return zeroDivision(kind);
  if (typeof x === 'number' && typeof y === 'number') {
    const quotient = floorDivideSafe(x, y);
    return kind === INT ? quotient : new PyLong(quotient);
  }
  return makeIntegral(kind, floorDivideBig(BigInt(x), BigInt(y)));
}

function moduloIntegers(kind: number, a: Value, b: Value): Value {
  const x = payload(a);
  const y = payload(b);
  if (y === 0) return zeroDivision(kind);
  if (typeof x === 'number' && typeof y === 'number') {
    const remainder = moduloSafe(x, y);
    return kind === INT ? remainder : new PyLong(remainder);
  }
  // CPython finds that the quotient of -2**63 and -1 is no int, and computes both results as longs.
  if (y === -1 && kind === INT && x === INT_MIN) return makeLong(0);
  return makeIntegral(kind, moduloBig(BigInt(x), BigInt(y)));
}

const copySign = (size: number, sign: number): number => (sign < 0 || Object.is(sign, -0) ? -size : size);

/** The remainder of floats, y != 0: exact, with the sign of y. */
export function moduloFloats(x: number, y: number): number {
  const remainder = x % y;
  if (remainder === 0) return copySign(0, y);
  return remainder < 0 !== y < 0 ? remainder + y : remainder;
}

/** floor(x / y) of floats, y != 0, consistent with the remainder where x / y rounds. */
export function floorDivideFloats(x: number, y: number): number {
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

type OnComplex = (a: PyComplex, b: PyComplex) => Value;
type OnFloats = (a: Value, b: Value) => Value;

function dispatch(
  a: Value,
  b: Value,
  onIntegers: (kind: number, a: Value, b: Value) => Value,
  onFloats: OnFloats,
  onComplex: OnComplex,
): Value | undefined {
  const left = kindOf(a);
  const right = kindOf(b);
  if (left === NOT_A_NUMBER || right === NOT_A_NUMBER) return undefined;
  const kind = Math.max(left, right);
  if (kind <= LONG) return onIntegers(kind, a, b);
  return kind === FLOAT ? onFloats(a, b) : onComplex(asComplex(a), asComplex(b));
}

/** a / b: of two integers, floored. */
export function divideNumbers(a: Value, b: Value): Value | undefined {
  return dispatch(a, b, floorDivideIntegers, divideFloatValues, divideComplexValues);
}
const divideFloatValues: OnFloats = (a, b) => makeFloat(doubleOf(a) / divisor(b, 'float division by zero'));
const divideComplexValues: OnComplex = (a, b) => divideComplex(a, b, 'complex division by zero');

/** a // b. */
export function floorDivideNumbers(a: Value, b: Value): Value | undefined {
  return dispatch(a, b, floorDivideIntegers, floorDivideFloatValues, floorDivideComplexValues);
}
const floorDivideFloatValues: OnFloats = (a, b) =>
  makeFloat(floorDivideFloats(doubleOf(a), divisor(b, 'float divmod()')));
const floorDivideComplexValues: OnComplex = (a, b) => divmodComplex(a, b, 'complex divmod()')[0];

/** a % b. */
export function moduloNumbers(a: Value, b: Value): Value | undefined {
  return dispatch(a, b, moduloIntegers, moduloFloatValues, moduloComplexValues);
}
const moduloFloatValues: OnFloats = (a, b) => makeFloat(moduloFloats(doubleOf(a), divisor(b, 'float modulo')));
const moduloComplexValues: OnComplex = (a, b) => divmodComplex(a, b, 'complex remainder')[1];

/** divmod(a, b): a tuple. */
export function divmodNumbers(a: Value, b: Value): Value | undefined {
  return dispatch(a, b, divmodIntegers, divmodFloatValues, divmodComplexValues);
}
const divmodIntegers = (kind: number, a: Value, b: Value): Value =>
  new PyTuple([floorDivideIntegers(kind, a, b), moduloIntegers(kind, a, b)]);
const divmodFloatValues: OnFloats = (a, b) => {
  const x = doubleOf(a);
  const y = divisor(b, 'float divmod()');
  return new PyTuple([makeFloat(floorDivideFloats(x, y)), makeFloat(moduloFloats(x, y))]);
};
const divmodComplexValues: OnComplex = (a, b) => new PyTuple(divmodComplex(a, b, 'complex divmod()'));
