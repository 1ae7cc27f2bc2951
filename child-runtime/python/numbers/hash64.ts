/**
 * CPython 2.7's 64-bit hashes, because they decide the order in which dicts and sets are iterated.
 *
 * A hash is two 32-bit halves: functions return the low half and leave the high half in `high()`, so that hashing
 * allocates nothing. Str hashes are those of an interpreter without hash randomisation.
 */
import { remainderByWord } from './by-word.js';

let upper = 0;

/** The high half of the hash that was computed last. */
export function high(): number {
  return upper;
}

/** Hands both halves on; -1 is reserved for errors in CPython, and becomes -2. */
export function finish(hi: number, lo: number): number {
  upper = hi;
  return (hi & lo) === -1 ? -2 : lo;
}

/** Hash of an int that is a safe integer. */
export function hashInt(value: number): number {
  if ((value | 0) === value) {
    upper = value >> 31;
    return value === -1 ? -2 : value;
  }
  upper = Math.floor(value / 4294967296) | 0;
  return finish(upper, (value % 4294967296) | 0);
}

const MODULUS = (1n << 64n) - 1n;

/** Hash of an int or long of any size: digits summed with end-around carry, i.e. modulo 2**64 - 1, then the sign. */
export function hashBigInt(value: bigint): number {
  const size = value < 0n ? -value : value;
  let rest = BigInt(remainderByWord(size, MODULUS) ?? size % MODULUS);
  if (rest === 0n && size !== 0n) rest = MODULUS;
  const signed = BigInt.asUintN(64, value < 0n ? -rest : rest);
  return finish(Number(signed >> 32n) | 0, Number(signed & 0xffffffffn) | 0);
}

/** Hash of a float; equal to that of an equal int or long. */
export function hashFloat(value: number): number {
  if (Number.isInteger(value)) {
    return Number.isSafeInteger(value) ? hashInt(value + 0) : hashBigInt(BigInt(value));
  }
  if (Number.isNaN(value)) return finish(0, 0);
  if (value === Infinity) return finish(0, 314159);
  if (value === -Infinity) return finish(-1, -271828);
  // value = fraction * 2**exponent with 0.5 <= |fraction| < 1; then the top 32 and the next 32 bits of the fraction.
  let exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(value))) + 1);
  let fraction = exponent < -1000 ? (value * 2 ** 600) / 2 ** (exponent + 600) : value / 2 ** exponent;
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    exponent += 1;
  }
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    exponent -= 1;
  }
  const scaled = fraction * 2147483648;
  const top = Math.trunc(scaled);
  return hashInt(top + Math.trunc((scaled - top) * 2147483648) + exponent * 32768);
}

/** Hash of a byte string. */
export function hashStr(text: string): number {
  const length = text.length;
  if (length === 0) return finish(0, 0);
  let hi = 0;
  let lo = text.charCodeAt(0) << 7;
  for (let i = 0; i < length; i++) {
    // (hi, lo) = 1000003 * (hi, lo), in 16-bit steps that stay exact.
    const p0 = (lo & 0xffff) * 1000003;
    const p1 = (lo >>> 16) * 1000003 + (p0 - (p0 & (0xffff >>> 0))) / 65536;
    hi = (Math.imul(hi, 1000003) + Math.floor(p1 / 65536)) | 0;
    lo = ((p1 << 16) | (p0 & 0xffff)) ^ text.charCodeAt(i);
  }
  return finish(hi, lo ^ length);
}

/** Low half of a 64-bit product; the high half goes to `high()`. */
export function multiply(aHi: number, aLo: number, bHi: number, bLo: number): number {
  const a0 = aLo & 0xffff;
  const a1 = aLo >>> 16;
  const b0 = bLo & 0xffff;
  const b1 = bLo >>> 16;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16);
  const middle2 = (middle % 65536) + a0 * b1;
  const carry = a1 * b1 + Math.floor(middle / 65536) + Math.floor(middle2 / 65536);
  upper = (carry + Math.imul(aHi, bLo) + Math.imul(aLo, bHi)) | 0;
  return (middle2 << 16) | (low & 0xffff);
}

/** Low half of a 64-bit sum; the high half goes to `high()`. */
export function sum(aHi: number, aLo: number, bHi: number, bLo: number): number {
  const low = (aLo >>> 0) + (bLo >>> 0);
  upper = (aHi + bHi + (low > 0xffffffff ? 1 : 0)) | 0;
  return low | 0;
}
