/** << >> & | ^ of ints and longs. The results are `undefined` when an operand is neither (also floats: they have no bits). */
import { raise } from '../model.js';
import { PyLong, type Value } from '../values.js';
import { MAX_BITS } from './bounds.js';
import {
  INT,
  INT_MAX,
  INT_MIN,
  kindOfWholes,
  MAX_SAFE,
  makeBounded,
  makeIntegral,
  type Whole,
  wholeOf,
} from './kinds.js';

const TWO_32 = 4294967296;
/** 2 to the power of the index. The engine computes `2 ** n` by a call of C's pow(). */
const POWERS = Float64Array.from({ length: 64 }, (_, exponent) => 2 ** exponent);

/*
 * A safe integer is high * 2**32 + low with 0 <= low < 2**32, negative ones with a negative high part: two's complement, which
 * `& | ^` then treat rightly part by part.
 */
const highOf = (x: number): number => Math.floor(x / TWO_32);

function andSafe(x: number, y: number): number {
  if ((x | 0) === x && (y | 0) === y) return x & y;
  return (highOf(x) & highOf(y)) * TWO_32 + ((x & y) >>> 0);
}

function orSafe(x: number, y: number): number {
  if ((x | 0) === x && (y | 0) === y) return x | y;
  return (highOf(x) | highOf(y)) * TWO_32 + ((x | y) >>> 0);
}

function xorSafe(x: number, y: number): number {
  if ((x | 0) === x && (y | 0) === y) return x ^ y;
  return (highOf(x) ^ highOf(y)) * TWO_32 + ((x ^ y) >>> 0);
}

/** The content of an int or long, as `wholeOf`, or of a bool. */
const bitsOf = (value: Value): Whole | undefined => (typeof value === 'boolean' ? Number(value) : wholeOf(value));

/** The result of two safe integers. Only xor and or of numbers near -2**53 reach -2**53 itself, which is none. */
function makeSafe(kind: number, bits: number): Value {
  if (bits < -MAX_SAFE) return makeIntegral(kind, BigInt(bits));
  return kind === INT ? bits : new PyLong(bits);
}

export function andNumbers(a: Value, b: Value): Value | undefined {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a && b;
  const x = bitsOf(a);
  const y = bitsOf(b);
  if (x === undefined || y === undefined) return undefined;
  const kind = kindOfWholes(a, b);
  if (typeof x !== 'number' || typeof y !== 'number') return makeIntegral(kind, BigInt(x) & BigInt(y));
  return makeSafe(kind, andSafe(x, y));
}

export function orNumbers(a: Value, b: Value): Value | undefined {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a || b;
  const x = bitsOf(a);
  const y = bitsOf(b);
  if (x === undefined || y === undefined) return undefined;
  const kind = kindOfWholes(a, b);
  if (typeof x !== 'number' || typeof y !== 'number') return makeIntegral(kind, BigInt(x) | BigInt(y));
  return makeSafe(kind, orSafe(x, y));
}

export function xorNumbers(a: Value, b: Value): Value | undefined {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a !== b;
  const x = bitsOf(a);
  const y = bitsOf(b);
  if (x === undefined || y === undefined) return undefined;
  const kind = kindOfWholes(a, b);
  if (typeof x !== 'number' || typeof y !== 'number') return makeIntegral(kind, BigInt(x) ^ BigInt(y));
  return makeSafe(kind, xorSafe(x, y));
}

/** The shift count as a number; anything beyond `MAX_BITS` is as good as infinite. */
function shiftCount(count: Whole): number {
  if (typeof count === 'bigint' && (count > INT_MAX || count < INT_MIN)) {
    raise('OverflowError', 'long int too large to convert to int');
  }
  if (count < 0) raise('ValueError', 'negative shift count');
  return typeof count === 'number' ? count : Infinity;
}

export function shiftLeft(a: Value, b: Value): Value | undefined {
  const x = bitsOf(a);
  const y = bitsOf(b);
  if (x === undefined || y === undefined) return undefined;
  const kind = kindOfWholes(a, b);
  const count = shiftCount(y);
  if (typeof x === 'number' && count < 53) {
    const result = x * POWERS[count]!;
    if (result <= MAX_SAFE && result >= -MAX_SAFE) return kind === INT ? result : new PyLong(result);
  }
  if (x === 0) return makeIntegral(kind, 0n);
  if (count > MAX_BITS) return raise('MemoryError');
  return makeBounded(kind, BigInt(x) << BigInt(count));
}

export function shiftRight(a: Value, b: Value): Value | undefined {
  const x = bitsOf(a);
  const y = bitsOf(b);
  if (x === undefined || y === undefined) return undefined;
  const kind = kindOfWholes(a, b);
  const count = shiftCount(y);
  if (typeof x === 'number') {
    const result = count < 64 ? Math.floor(x / POWERS[count]!) : x < 0 ? -1 : 0;
    return kind === INT ? result : new PyLong(result);
  }
  if (count > MAX_BITS) return makeIntegral(kind, x < 0n ? -1n : 0n);
  return makeIntegral(kind, x >> BigInt(count));
}
