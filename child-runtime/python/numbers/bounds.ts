/**
 * Bounds on big integers. One operation of V8 on bigints can't be interrupted, so a guest must not be able to ask for one that
 * takes long: no value exceeds `MAX_BITS` (4 MiB; then a product takes under a second, a decimal repr a few seconds).
 */
import { raise } from '../model.js';

export const MAX_BITS = 2 ** 25;
let maxBits = MAX_BITS;
let maxBitsBig = BigInt(MAX_BITS);

/** Sets the largest size, in bytes: no more than the program may use. */
export function boundIntegers(bytes: number): void {
  maxBits = Math.min(MAX_BITS, Math.floor(bytes) * 8);
  maxBitsBig = BigInt(maxBits);
}

/** The value itself; MemoryError if it is too large. Shifting out everything is how V8 tells a size without looking at the digits. */
export function bounded(value: bigint): bigint {
  const rest = value >> maxBitsBig;
  return rest === 0n || rest === -1n ? value : raise('MemoryError');
}

/** The bit length of |value|, exactly; takes time in proportion to it. */
export function bitLength(value: number | bigint): number {
  const size = value < 0 ? -value : value;
  if (typeof size === 'number' && size < 4294967296) return 32 - Math.clz32(size);
  const hex = size.toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0]!, 16)) - 28);
}

/** MemoryError if a result of `bits` bits would be too large. */
export function checkBits(bits: number): void {
  if (bits > maxBits) raise('MemoryError');
}
