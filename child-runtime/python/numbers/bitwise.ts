/** << >> & | ^ of ints and longs. The results are `undefined` when an operand is neither (also floats: they have no bits). */
import { raise } from '../model.js';
import { PyLong, type Value } from '../values.js';
import { bounded, MAX_BITS } from './bounds.js';
import { INT, kindOf, LONG, MAX_SAFE, makeIntegral, NOT_A_NUMBER, payload } from './kinds.js';

const TWO_32 = 4294967296;

/*
 * A safe integer is high * 2**32 + low with 0 <= low < 2**32, negative ones with a negative high part: two's complement, which
 * `& | ^` then treat rightly part by part.
 */
const highOf = (x: number): number => Math.floor(x / TWO_32);

export function andSafe(x: number, y: number): number {
  if ((x | 0) === x && (y | 0) === y) return x & y;
  return (highOf(x) & highOf(y)) * TWO_32 + ((x & y) >>> 0);
}

export function orSafe(x: number, y: number): number {
  if ((x | 0) === x && (y | 0) === y) return x | y;
  return (highOf(x) | highOf(y)) * TWO_32 + ((x | y) >>> 0);
}

export function xorSafe(x: number, y: number): number {
  if ((x | 0) === x && (y | 0) === y) return x ^ y;
  return (highOf(x) ^ highOf(y)) * TWO_32 + ((x ^ y) >>> 0);
}

function combine(
  a: Value,
  b: Value,
  onSafe: (x: number, y: number) => number,
  onBig: (x: bigint, y: bigint) => bigint,
): Value | undefined {
  const left = kindOf(a);
  const right = kindOf(b);
  const kind = Math.max(left, right);
  if (kind > LONG || left === NOT_A_NUMBER || right === NOT_A_NUMBER) return undefined;
  const x = payload(a);
  const y = payload(b);
  if (typeof x === 'number' && typeof y === 'number') {
    // Only xor and or of numbers near -2**53 reach -2**53 itself, which is no safe integer.
    const result = onSafe(x, y);
    if (result >= -MAX_SAFE) return kind === INT ? result : new PyLong(result);
  }
  return makeIntegral(kind, bounded(onBig(BigInt(x), BigInt(y))));
}

export function andNumbers(a: Value, b: Value): Value | undefined {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a && b;
  return combine(a, b, andSafe, (x, y) => x & y);
}

export function orNumbers(a: Value, b: Value): Value | undefined {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a || b;
  return combine(a, b, orSafe, (x, y) => x | y);
}

export function xorNumbers(a: Value, b: Value): Value | undefined {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a !== b;
  return combine(a, b, xorSafe, (x, y) => x ^ y);
}

/** The shift count as a number; anything beyond `MAX_BITS` is as good as infinite. */
function shiftCount(kind: number, b: Value): number {
  const count = payload(b);
  if (kind === LONG && (count > 9223372036854775807n || count < -9223372036854775808n)) {
    raise('OverflowError', 'long int too large to convert to int');
  }
  if (count < 0) raise('ValueError', 'negative shift count');
  return typeof count === 'number' ? count : Infinity;
}

export function shiftLeft(a: Value, b: Value): Value | undefined {
  const left = kindOf(a);
  const right = kindOf(b);
  const kind = Math.max(left, right);
  if (kind > LONG || left === NOT_A_NUMBER || right === NOT_A_NUMBER) return undefined;
  const count = shiftCount(kind, b);
  const x = payload(a);
  if (typeof x === 'number' && count < 53) {
    const result = x * 2 ** count;
    if (result <= MAX_SAFE && result >= -MAX_SAFE) return kind === INT ? result : new PyLong(result);
  }
  if (x === 0) return makeIntegral(kind, 0n);
  if (count > MAX_BITS) return raise('MemoryError');
  return makeIntegral(kind, bounded(BigInt(x) << BigInt(count)));
}

export function shiftRight(a: Value, b: Value): Value | undefined {
  const left = kindOf(a);
  const right = kindOf(b);
  const kind = Math.max(left, right);
  if (kind > LONG || left === NOT_A_NUMBER || right === NOT_A_NUMBER) return undefined;
  const count = shiftCount(kind, b);
  const x = payload(a);
  if (typeof x === 'number') {
    const result = count < 64 ? Math.floor(x / 2 ** count) : x < 0 ? -1 : 0;
    return kind === INT ? result : new PyLong(result);
  }
  if (count > MAX_BITS) return makeIntegral(kind, x < 0n ? -1n : 0n);
  return makeIntegral(kind, x >> BigInt(count));
}
