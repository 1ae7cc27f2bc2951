/** Equality of numbers: ints, longs and floats exactly, whatever their size. */
import type { PyComplex, Value } from '../values.js';
import { equalComplex } from './complex.js';
import { COMPLEX, kindOf, NOT_A_NUMBER, payload, wholeOf } from './kinds.js';

/** Whether two numbers are equal; undefined when one of them is no number. */
export function equalNumbers(a: Value, b: Value): boolean | undefined {
  const x = wholeOf(a);
  const y = wholeOf(b);
  if (x !== undefined && y !== undefined) return x === y;
  const left = kindOf(a);
  const right = kindOf(b);
  if (left === NOT_A_NUMBER || right === NOT_A_NUMBER) return undefined;
  if (left === COMPLEX) return equalComplex(a as PyComplex, b);
  if (right === COMPLEX) return equalComplex(b as PyComplex, a);
  return samePayload(payload(a), payload(b));
}

/** Equality across numbers and bigints; a bigint is always beyond the safe integers, a number may be a float there too. */
function samePayload(x: number | bigint, y: number | bigint): boolean {
  if (typeof x === typeof y) return x === y;
  const [float, big] = typeof x === 'number' ? [x, y] : [y as number, x];
  return Number.isInteger(float) && BigInt(float) === big;
}
