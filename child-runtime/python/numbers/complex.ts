/** Complex arithmetic, as CPython 2.7's complexobject.c does it (its rounding included). */
import { raise } from '../model.js';
import { PyComplex, type Value } from '../values.js';
import { floatRepr, generalFormat, nonFiniteText } from './float-text.js';
import { doubleOf, kindOf, LONG, payload } from './kinds.js';

/** Any number as a complex. */
export function asComplex(value: Value): PyComplex {
  return value instanceof PyComplex ? value : new PyComplex(doubleOf(value), 0);
}

export function multiplyComplex(a: PyComplex, b: PyComplex): PyComplex {
  return new PyComplex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

/** Smith's method: scales by the larger part of the divisor. */
export function divideComplex(a: PyComplex, b: PyComplex, zeroText: string): PyComplex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    if (b.re === 0) return raise('ZeroDivisionError', zeroText);
    const ratio = b.im / b.re;
    const scale = b.re + b.im * ratio;
    return new PyComplex((a.re + a.im * ratio) / scale, (a.im - a.re * ratio) / scale);
  }
  if (Number.isNaN(b.re) || Number.isNaN(b.im)) return new PyComplex(Number.NaN, Number.NaN);
  const ratio = b.re / b.im;
  const scale = b.re * ratio + b.im;
  return new PyComplex((a.re * ratio + a.im) / scale, (a.im * ratio - a.re) / scale);
}

/** floor of the real part of the quotient, and the remainder that goes with it. */
export function divmodComplex(a: PyComplex, b: PyComplex, zeroText: string): [PyComplex, PyComplex] {
  const quotient = new PyComplex(Math.floor(divideComplex(a, b, zeroText).re), 0);
  const product = multiplyComplex(b, quotient);
  return [quotient, new PyComplex(a.re - product.re, a.im - product.im)];
}

const ZERO_POWER = '0.0 to a negative or complex power';

function powerByPolar(a: PyComplex, b: PyComplex): PyComplex {
  if (b.re === 0 && b.im === 0) return new PyComplex(1, 0);
  if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) return raise('ZeroDivisionError', ZERO_POWER);
    return new PyComplex(0, 0);
  }
  const size = hypotenuse(a.re, a.im);
  let length = size ** b.re;
  const angle = Math.atan2(a.im, a.re);
  let phase = angle * b.re;
  if (b.im !== 0) {
    length /= Math.exp(angle * b.im);
    phase += b.im * Math.log(size);
  }
  // C's cos() has no value at infinity, which CPython reports in these words.
  if (Math.abs(phase) === Infinity) return raise('ZeroDivisionError', ZERO_POWER);
  return new PyComplex(length * Math.cos(phase), length * Math.sin(phase));
}

function powerByMultiplying(base: PyComplex, exponent: number): PyComplex {
  let result = new PyComplex(1, 0);
  let square = base;
  for (let mask = 1; exponent >= mask; mask *= 2) {
    if (exponent & mask) result = multiplyComplex(result, square);
    square = multiplyComplex(square, square);
  }
  return result;
}

/** a ** b. Small integral exponents are multiplied out. */
export function powerComplex(a: PyComplex, b: PyComplex): PyComplex {
  const exponent = b.re;
  const result =
    b.im === 0 && Number.isInteger(exponent) && Math.abs(exponent) <= 100
      ? exponent > 0
        ? powerByMultiplying(a, exponent)
        : divideComplex(new PyComplex(1, 0), powerByMultiplying(a, -exponent), ZERO_POWER)
      : powerByPolar(a, b);
  if (Math.abs(result.re) === Infinity || Math.abs(result.im) === Infinity) {
    return raise('OverflowError', 'complex exponentiation');
  }
  return result;
}

/** The part of x * y that its rounding loses. */
function lost(x: number, y: number, product: number): number {
  const xHigh = x * 134217729 - (x * 134217729 - x);
  const yHigh = y * 134217729 - (y * 134217729 - y);
  const xLow = x - xHigh;
  const yLow = y - yHigh;
  return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
}

/** sqrt(x * x + y * y) rounded nearly always as C's hypot rounds it, which V8's is not. */
function hypotenuse(x: number, y: number): number {
  const large = Math.max(Math.abs(x), Math.abs(y));
  const small = Math.min(Math.abs(x), Math.abs(y));
  if (Number.isNaN(large) || Number.isNaN(small))
    return large === Infinity || small === Infinity ? Infinity : Number.NaN;
  if (small === 0 || large === Infinity) return large;
  if (large > 1e150) return hypotenuse(large * 2 ** -600, small * 2 ** -600) * 2 ** 600;
  if (small < 1e-150) return large > 1e-130 ? large : hypotenuse(large * 2 ** 600, small * 2 ** 600) * 2 ** -600;
  const root = Math.sqrt(large * large + small * small);
  const excess = root * root - large * large - small * small;
  const rounding =
    lost(root, root, root * root) - lost(large, large, large * large) - lost(small, small, small * small);
  return root - (excess + rounding) / (2 * root);
}

/** abs(): hypot, with OverflowError when the parts are finite and it isn't. */
export function absComplex(a: PyComplex): number {
  const size = Math.abs(a.re) === Infinity || Math.abs(a.im) === Infinity ? Infinity : hypotenuse(a.re, a.im);
  if (size === Infinity && Number.isFinite(a.re) && Number.isFinite(a.im)) {
    return raise('OverflowError', 'absolute value too large');
  }
  return size;
}

/** Equality with any number; undefined when `other` is none. */
export function equalComplex(a: PyComplex, other: Value): boolean | undefined {
  if (other instanceof PyComplex) return a.re === other.re && a.im === other.im;
  const kind = kindOf(other);
  if (kind === 0) return undefined;
  if (a.im !== 0) return false;
  const content = payload(other);
  if (typeof content === 'number') return a.re === content;
  return kind <= LONG && Number.isInteger(a.re) && BigInt(a.re) === content;
}

const partRepr = (x: number): string => nonFiniteText(x) ?? floatRepr(x).replace(/\.0$/, '');
const partStr = (x: number): string => nonFiniteText(x) ?? generalFormat(x, 12, false);

function joinParts(a: PyComplex, part: (x: number) => string): string {
  const imaginary = `${part(a.im)}j`;
  if (Object.is(a.re, 0)) return imaginary;
  return `(${part(a.re)}${imaginary.startsWith('-') ? '' : '+'}${imaginary})`;
}

export const complexRepr = (a: PyComplex): string => joinParts(a, partRepr);
export const complexStr = (a: PyComplex): string => joinParts(a, partStr);
