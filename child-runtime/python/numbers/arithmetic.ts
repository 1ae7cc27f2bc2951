/**
 * + - and * of numbers. The results are `undefined` when an operand is not a number. Callers (`operations/`) have dealt with
 * two JavaScript numbers already; what comes here has a long, a boxed float, a bool or a complex in it, or left the safe integers.
 */
import { PyComplex, PyLong, type Value } from '../values.js';
import { asComplex, multiplyComplex } from './complex.js';
import {
  commonKind,
  doubleOf,
  FLOAT,
  INT,
  kindOfWholes,
  LONG,
  MAX_SAFE,
  makeBounded,
  makeFloat,
  NOT_A_NUMBER,
  payload,
  type Whole,
  wholeOf,
} from './kinds.js';

export function addNumbers(a: Value, b: Value): Value | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  return x === undefined || y === undefined ? addOthers(a, b) : addWholes(kindOfWholes(a, b), x, y);
}

function addWholes(kind: number, x: Whole, y: Whole): Value {
  if (typeof x === 'number' && typeof y === 'number') {
    const sum = x + y;
    if (sum <= MAX_SAFE && sum >= -MAX_SAFE) return kind === INT ? sum : new PyLong(sum);
  }
  return makeBounded(kind, BigInt(x) + BigInt(y));
}

function addOthers(a: Value, b: Value): Value | undefined {
  const kind = commonKind(a, b);
  if (kind <= LONG) return kind === NOT_A_NUMBER ? undefined : addWholes(kind, payload(a), payload(b));
  if (kind === FLOAT) return makeFloat(doubleOf(a) + doubleOf(b));
  const x = asComplex(a);
  const y = asComplex(b);
  return new PyComplex(x.re + y.re, x.im + y.im);
}

export function subtractNumbers(a: Value, b: Value): Value | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  return x === undefined || y === undefined ? subtractOthers(a, b) : subtractWholes(kindOfWholes(a, b), x, y);
}

function subtractWholes(kind: number, x: Whole, y: Whole): Value {
  if (typeof x === 'number' && typeof y === 'number') {
    const difference = x - y;
    if (difference <= MAX_SAFE && difference >= -MAX_SAFE) return kind === INT ? difference : new PyLong(difference);
  }
  return makeBounded(kind, BigInt(x) - BigInt(y));
}

function subtractOthers(a: Value, b: Value): Value | undefined {
  const kind = commonKind(a, b);
  if (kind <= LONG) return kind === NOT_A_NUMBER ? undefined : subtractWholes(kind, payload(a), payload(b));
  if (kind === FLOAT) return makeFloat(doubleOf(a) - doubleOf(b));
  const x = asComplex(a);
  const y = asComplex(b);
  return new PyComplex(x.re - y.re, x.im - y.im);
}

export function multiplyNumbers(a: Value, b: Value): Value | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  return x === undefined || y === undefined ? multiplyOthers(a, b) : multiplyWholes(kindOfWholes(a, b), x, y);
}

function multiplyWholes(kind: number, x: Whole, y: Whole): Value {
  if (typeof x === 'number' && typeof y === 'number') {
    // Adding 0 turns -0 into the 0 that an int is.
    const product = x * y + 0;
    if (product <= MAX_SAFE && product >= -MAX_SAFE) return kind === INT ? product : new PyLong(product);
  }
  return makeBounded(kind, BigInt(x) * BigInt(y));
}

function multiplyOthers(a: Value, b: Value): Value | undefined {
  const kind = commonKind(a, b);
  if (kind <= LONG) return kind === NOT_A_NUMBER ? undefined : multiplyWholes(kind, payload(a), payload(b));
  if (kind === FLOAT) return makeFloat(doubleOf(a) * doubleOf(b));
  return multiplyComplex(asComplex(a), asComplex(b));
}
