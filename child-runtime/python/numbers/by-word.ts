/**
 * Long integers by divisors of one word, done by the native part where there is one: the engine's own division takes a hardware division
 * for each word. The results are floored.
 */
import type { BigintNative } from '../../../seccomp/native/addon.js';
import type { Whole } from './kinds.js';

/** A child that was started rather than forked has no native part; the engine's operators give the same there. */
let native: BigintNative | undefined;

/** Called once, before there is a guest. */
export function divideNatively(given: BigintNative | undefined): void {
  native = given;
}

/** From these sizes on, copying the words out and back pays (measured: 48 words for remainders, 128 for quotients). */
const LONG_DIVIDEND = 2n ** 3072n;
const VERY_LONG_DIVIDEND = 2n ** 8192n;

/** x mod y; `undefined` if the engine is as quick, or must do it. A number if y is one. */
export function remainderByWord(x: bigint, y: Whole): Whole | undefined {
  return native !== undefined && (x > LONG_DIVIDEND || x < -LONG_DIVIDEND) ? native.remainder(x, y) : undefined;
}

/** floor(x / y); `undefined` as above. */
export function quotientByWord(x: bigint, y: Whole): bigint | undefined {
  return native !== undefined && (x > VERY_LONG_DIVIDEND || x < -VERY_LONG_DIVIDEND)
    ? native.quotient(x, y)
    : undefined;
}
