/** Products and powers modulo something, without leaving the safe integers where that can be avoided. */
import { raise } from '../model.js';
import { bitLength } from './bounds.js';
import { remainderByWord } from './by-word.js';
import { moduloBig } from './division.js';

/** Within this size a quotient that is rounded up to the next integer still has an exact product with its divisor. */
export const HALF_SAFE = 2 ** 52;

/**
 * x mod y for integers |x| <= `HALF_SAFE`, 0 < y <= `HALF_SAFE`, in [0, y): a division and a multiplication instead of the slow
 * fmod. The rounded quotient is wrong by one at most.
 */
export function reduce(x: number, y: number): number {
  const rest = x - Math.floor(x / y) * y;
  return rest < 0 ? rest + y : rest >= y ? rest - y : rest;
}

/**
 * (a * b + c) mod m, in [0, m), for safe integers and m > 0, where the product leaves the safe integers. `undefined` when it can't
 * be done in doubles.
 */
export function multiplyAddModulo(a: number, b: number, c: number, m: number): number | undefined {
  if (m <= 4294967296 && isPowerOfTwo(m)) {
    const low = (Math.imul(a, b) + (c | 0)) >>> 0;
    return m === 4294967296 ? low : (low & (m - 1)) >>> 0;
  }
  if (m > 2147483648 || Math.max(Math.abs(a), Math.abs(b), Math.abs(c)) > HALF_SAFE) return undefined;
  // Both factors below m <= 2**31, the second in two parts of at most 16 bits: every product stays below 2**48.
  const x = reduce(a, m);
  const y = reduce(b, m);
  const high = Math.floor(y / 65536);
  return reduce(reduce(x * high, m) * 65536 + x * (y - high * 65536) + reduce(c, m), m);
}

function isPowerOfTwo(m: number): boolean {
  return m === 4294967296 || (m & (m - 1)) === 0;
}

/**
 * Word operations that one power may cost: some seconds. V8 can't be interrupted in a bigint operation, and the guest's other threads
 * must not wait for one that takes minutes.
 */
const MAX_WORK = 2 ** 33;

/** base ** exponent mod modulus, with the sign of the modulus; exponent >= 0, modulus != 0. */
export function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const size = modulus < 0n ? -modulus : modulus;
  if (size < 67108864n) return withSign(BigInt(powerSmall(base, exponent, Number(size))), modulus);
  const words = bitLength(size) / 64;
  const bits = bitLength(exponent);
  if (bits * words ** 1.6 > MAX_WORK) raise('MemoryError');
  let x = moduloBig(base, size);
  // Sliding over the exponent four bits at a time: a table of the 16 powers below 2**4.
  if (bits < 32) {
    let result = 1n;
    for (let rest = Number(exponent); rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result = (result * x) % size;
      if (rest > 1) x = (x * x) % size;
    }
    return withSign(result % size, modulus);
  }
  const table = [1n];
  for (let i = 1; i < 16; i++) table.push((table[i - 1]! * x) % size);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    result = (result * result) % size;
    result = (result * result) % size;
    result = (result * result) % size;
    result = (result * result) % size;
    const value = Number.parseInt(digit, 16);
    if (value !== 0) result = (result * table[value]!) % size;
  }
  return withSign(result % size, modulus);
}

const withSign = (result: bigint, modulus: bigint): bigint =>
  modulus < 0n && result !== 0n ? result + modulus : result;

/** As powerModulo, for a modulus below 2**26: every product is a safe integer. */
function powerSmall(base: bigint, exponent: bigint, modulus: number): number {
  let result = 1 % modulus;
  const x = Number(remainderByWord(base, modulus) ?? moduloBig(base, BigInt(modulus)));
  for (const digit of exponent.toString(2)) {
    result = reduce(result * result, modulus);
    if (digit === '1') result = reduce(result * x, modulus);
  }
  return result;
}
