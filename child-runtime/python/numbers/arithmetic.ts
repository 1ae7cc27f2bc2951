/**
 * + - and * of numbers. The results are `undefined` when an operand is not a number. Callers (`operations/`) have dealt with
 * two JavaScript numbers already; what comes here has a long, a boxed float, a bool or a complex in it, or left the safe integers.
 */
import { PyComplex, PyLong, type Value } from '../values.js';
import { bounded } from './bounds.js';
import { asComplex, multiplyComplex } from './complex.js';
import {
  bigOf,
  doubleOf,
  FLOAT,
  INT,
  kindOf,
  LONG,
  MAX_SAFE,
  makeFloat,
  makeIntegral,
  NOT_A_NUMBER,
  payload,
} from './kinds.js';

export function addNumbers(a: Value, b: Value): Value | undefined {
  const left = kindOf(a);
  const right = kindOf(b);
  if (left === NOT_A_NUMBER || right === NOT_A_NUMBER) return undefined;
  const kind = Math.max(left, right);
  if (kind <= LONG) {
    const x = payload(a);
    const y = payload(b);
    if (typeof x === 'number' && typeof y === 'number') {
      const sum = x + y;
      if (sum <= MAX_SAFE && sum >= -MAX_SAFE) return kind === INT ? sum : new PyLong(sum);
    }
    return makeIntegral(kind, bounded(BigInt(x) + BigInt(y)));
  }
  if (kind === FLOAT) return makeFloat(doubleOf(a) + doubleOf(b));
  const x = asComplex(a);
  const y = asComplex(b);
  return new PyComplex(x.re + y.re, x.im + y.im);
}

export function subtractNumbers(a: Value, b: Value): Value | undefined {
  const left = kindOf(a);
  const right = kindOf(b);
  if (left === NOT_A_NUMBER || right === NOT_A_NUMBER) return undefined;
  const kind = Math.max(left, right);
  if (kind <= LONG) {
    const x = payload(a);
    const y = payload(b);
    if (typeof x === 'number' && typeof y === 'number') {
      const difference = x - y;
      if (difference <= MAX_SAFE && difference >= -MAX_SAFE) return kind === INT ? difference : new PyLong(difference);
    }
    return makeIntegral(kind, bounded(BigInt(x) - BigInt(y)));
  }
  if (kind === FLOAT) return makeFloat(doubleOf(a) - doubleOf(b));
  const x = asComplex(a);
  const y = asComplex(b);
  return new PyComplex(x.re - y.re, x.im - y.im);
}

export function multiplyNumbers(a: Value, b: Value): Value | undefined {
  const left = kindOf(a);
  const right = kindOf(b);
  if (left === NOT_A_NUMBER || right === NOT_A_NUMBER) return undefined;
  const kind = Math.max(left, right);
  if (kind <= LONG) {
    const x = payload(a);
    const y = payload(b);
    if (typeof x === 'number' && typeof y === 'number') {
      // Adding 0 turns -0 into the 0 that an int is.
      const product = x * y + 0;
      if (product <= MAX_SAFE && product >= -MAX_SAFE) return kind === INT ? product : new PyLong(product);
    }
    return makeIntegral(kind, bounded(bigOf(a) * bigOf(b)));
  }
  if (kind === FLOAT) return makeFloat(doubleOf(a) * doubleOf(b));
  return multiplyComplex(asComplex(a), asComplex(b));
}
