/** int(), long(), float(), complex() and bool() as functions of their arguments; core makes types of them. */
import { model, raise } from '../model.js';
import { integer } from '../operations/arguments.js';
import { refuseOldInstance } from '../operations/old-style.js';
import { strRepr } from '../text/repr.js';
import { PyComplex, PyFloat, PyLong, type Value } from '../values.js';
import { asComplex } from './complex.js';
import { COMPLEX, doubleOf, FLOAT, INT, kindOf, LONG, makeFloat, makeInt, makeLong, payload } from './kinds.js';
import { fewDigits, invalidLiteral, parseComplex, parseFloatText, parseInteger } from './parse.js';

/** The whole part of a float; OverflowError or ValueError when it has none. */
export function truncate(x: number): bigint | number {
  if (Number.isNaN(x)) return raise('ValueError', 'cannot convert float NaN to integer');
  if (x === Infinity || x === -Infinity) return raise('OverflowError', 'cannot convert float infinity to integer');
  const whole = Math.trunc(x) + 0;
  return Number.isSafeInteger(whole) ? whole : BigInt(whole);
}

function noNumber(type: string, value: Value): never {
  refuseOldInstance(value, '__trunc__');
  return raise('TypeError', `${type}() argument must be a string or a number, not '${model.typeName(value)}'`);
}

/** int(text, base) and long(text, base). */
function fromTextInBase(type: 'int' | 'long', value: Value, base: Value): bigint {
  const radix = integer(base);
  if (radix > 2147483647) raise('OverflowError', 'signed integer is greater than maximum');
  if (radix < -2147483648) raise('OverflowError', 'signed integer is less than minimum');
  if (typeof value !== 'string') return raise('TypeError', `${type}() can't convert non-string with explicit base`);
  if (value.includes('\0')) {
    return raise('ValueError', `invalid literal for ${type}() with base ${radix}: ${strRepr(value)}`);
  }
  if (radix !== 0 && (radix < 2 || radix > 36)) {
    return raise('ValueError', `${type}() base must be >= 2 and <= 36, or 0`);
  }
  return parseInteger(value, radix, type === 'long') ?? invalidLiteral(type, value, radix);
}

/** int(text) and long(text). C's strings end at a NUL, so that what is in front of one is read first. */
function fromText(type: 'int' | 'long', text: string): bigint {
  const end = text.indexOf('\0');
  const body = end < 0 ? text : text.slice(0, end);
  const content = parseInteger(body, 10, type === 'long') ?? invalidLiteral(type, body, 10);
  return end < 0 ? content : raise('ValueError', `null byte in argument for ${type}()`);
}

/** int(value, base). */
export function toInt(value?: Value, base?: Value): Value {
  if (value === undefined) {
    return base === undefined ? 0 : raise('TypeError', 'int() missing string argument');
  }
  if (base !== undefined) return makeInt(fromTextInBase('int', value, base));
  if (typeof value === 'string') {
    return fewDigits(value) ?? makeInt(fromText('int', value));
  }
  switch (kindOf(value)) {
    case INT:
      return typeof value === 'boolean' ? Number(value) : value;
    case LONG:
      return makeInt(BigInt(payload(value)));
    case FLOAT: {
      const whole = truncate(doubleOf(value));
      return typeof whole === 'number' ? whole : makeInt(whole);
    }
    case COMPLEX:
      return raise('TypeError', "can't convert complex to int");
    default:
      return noNumber('int', value);
  }
}

/** long(value, base). */
export function toLong(value?: Value, base?: Value): Value {
  if (value === undefined) {
    return base === undefined ? new PyLong(0) : raise('TypeError', 'long() missing string argument');
  }
  if (base !== undefined) return makeLong(fromTextInBase('long', value, base));
  if (typeof value === 'string') return makeLong(fromText('long', value));
  switch (kindOf(value)) {
    case INT:
      return makeLong(payload(value));
    case LONG:
      return value;
    case FLOAT:
      return makeLong(truncate(doubleOf(value)));
    case COMPLEX:
      return raise('TypeError', "can't convert complex to long");
    default:
      return noNumber('long', value);
  }
}

/** float(value). */
export function toFloat(value?: Value): Value {
  if (value === undefined) return new PyFloat(0);
  if (typeof value === 'string') return makeFloat(parseFloatText(value));
  const kind = kindOf(value);
  if (kind === FLOAT) return value;
  if (kind === INT || kind === LONG) return makeFloat(doubleOf(value));
  if (kind === COMPLEX) return raise('TypeError', "can't convert complex to float");
  refuseOldInstance(value, '__float__');
  return raise('TypeError', 'float() argument must be a string or a number');
}

/** complex(real, imag). */
export function toComplex(real?: Value, imaginary?: Value): Value {
  if (typeof real === 'string') {
    if (imaginary !== undefined) return raise('TypeError', "complex() can't take second arg if first is a string");
    return parseComplex(real);
  }
  if (typeof imaginary === 'string') return raise('TypeError', "complex() second arg can't be a string");
  const isNumber = (value: Value | undefined): boolean => value === undefined || kindOf(value) !== 0;
  if (!isNumber(real) || !isNumber(imaginary)) {
    refuseOldInstance((isNumber(real) ? imaginary : real) as Value, '__float__');
    return raise('TypeError', 'complex() argument must be a string or a number');
  }
  if (imaginary === undefined && real instanceof PyComplex) return real;
  const x = real === undefined ? new PyComplex(0, 0) : asComplex(real);
  if (imaginary === undefined) return x;
  const y = asComplex(imaginary);
  // real + imag * 1j, where complex parts contribute to both.
  const re = imaginary instanceof PyComplex ? x.re - y.im : x.re;
  const im = real instanceof PyComplex ? x.im + y.re : y.re;
  return new PyComplex(re, im);
}
