/**
 * Bounds on big integers. One operation of V8 on bigints can't be interrupted, so a guest must not be able to ask for one that
 * takes long: no value exceeds `MAX_BITS` (4 MiB; then a product takes under a second, a decimal repr a few seconds).
 */
import { raise } from '../model.js';

export const MAX_BITS = 2 ** 25;
const MAX_BITS_BIG = BigInt(MAX_BITS);

/** The value itself; MemoryError if it is too large. Shifting out everything is how V8 tells a size without looking at the digits. */
export function bounded(value: bigint): bigint {
  const rest = value >> MAX_BITS_BIG;
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
  if (bits > MAX_BITS) raise('MemoryError');
}
