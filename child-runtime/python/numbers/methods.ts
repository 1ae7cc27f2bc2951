// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** Methods and data attributes of numbers. */
import { floatMethods, intMethods, longMethods } from '../methods.js';
import { model, raise } from '../model.js';
import { installInto, installOn, type MethodTable, noArguments, oneArgument } from '../operations/arity.js';
import { repr, str } from '../operations/repr.js';
import { PyComplex, PyFloat, type PyFunction, PyInt, PyLong, PyTuple, type Value } from '../values.js';
import { bitLength } from './bounds.js';
import { truncate } from './convert.js';
import { floatFromHex, floatHex } from './hex-float.js';
import { doubleOf, kindOf, makeFloat, makeInt, makeLong, payload } from './kinds.js';
import { positive } from './unary.js';

function plain(name: string, apply: (value: Value) => Value): PyFunction {
  return function (self: Value): Value {
    if (arguments.length !== 1) noArguments(name, arguments.length - 1);
    return apply(self);
  };
}

const textual: MethodTable = { __repr__: plain('__repr__', repr), __str__: plain('__str__', str) };

const integral: MethodTable = {
  ...textual,
  bit_length: plain('bit_length', (value) => bitLength(payload(value))),
  conjugate: plain('conjugate', positive),
};

const floating: MethodTable = {
  ...textual,
  conjugate: plain('conjugate', (value) => value),
  is_integer: plain('is_integer', (value) => Number.isInteger(doubleOf(value))),
  hex: plain('hex', (value) => floatHex(doubleOf(value))),
  as_integer_ratio: plain('as_integer_ratio', integerRatio),
  fromhex: (_self: Value, text?: Value) => fromhex(text as Value),
};

/** float.fromhex(text). */
export const fromhex: PyFunction = function (text?: Value): Value {
  oneArgument('fromhex', arguments.length);
  if (typeof text !== 'string')
    return raise('TypeError', `expected string or Unicode object, ${model.typeName(text as Value)} found`);
  return makeFloat(floatFromHex(text));
};
fromhex.pyName = 'fromhex';

function integerRatio(value: Value): Value {
  const x = doubleOf(value);
  if (Number.isNaN(x)) return raise('ValueError', 'Cannot pass NaN to float.as_integer_ratio.');
  if (!Number.isFinite(x)) return raise('OverflowError', 'Cannot pass infinity to float.as_integer_ratio.');
  let numerator = x;
  let exponent = 0;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    exponent += 1;
  }
  return new PyTuple([makeInt(BigInt(truncate(numerator))), makeInt(1n << BigInt(exponent))]);
}

const complexMethods: MethodTable = {
  ...textual,
  conjugate: plain('conjugate', (value) => new PyComplex((value as PyComplex).re, -(value as PyComplex).im)),
};

installInto(intMethods, integral);
installInto(longMethods, integral);
installInto(floatMethods, floating);
installOn(PyInt.prototype, integral);
installOn(PyLong.prototype, integral);
installOn(PyFloat.prototype, floating);
installOn(PyComplex.prototype, complexMethods);

/** real, imag, numerator and denominator of a number; undefined for other names. */
export function numberAttribute(value: Value, name: string): Value | undefined {
  if (value instanceof PyComplex) {
    return name === 'real' ? makeFloat(value.re) : name === 'imag' ? makeFloat(value.im) : undefined;
  }
  const isFloat = kindOf(value) > 2;
  const zero = isFloat ? new PyFloat(0) : value instanceof PyLong ? makeLong(0) : 0;
  switch (name) {
    case 'real':
      return positive(value);
    case 'imag':
      return zero;
    case 'numerator':
      return isFloat ? undefined : positive(value);
    case 'denominator':
      return isFloat ? undefined : value instanceof PyLong ? makeLong(1) : 1;
    default:
      return undefined;
  }
}
