/**
 * Digits of ints, put together from tables: several times as quick as the engine's own conversions, which look for the number in a
 * cache first and then print it in C++.
 */

const THOUSAND = 1000;
/** '0' to '999', and the same with leading zeros. */
const decimals = Array.from({ length: THOUSAND }, (_, i) => String(i));
const padded = decimals.map((digits) => digits.padStart(3, '0'));

/** str() of an int: a JavaScript number that is integral. */
export function intText(value: number): string {
  if (value >= 0) {
    if (value < THOUSAND) return decimals[value]!;
    if (value < 1e6) {
      const high = (value / THOUSAND) | 0;
      return decimals[high]! + padded[value - high * THOUSAND]!;
    }
    if (value < 1e9) {
      const high = (value / 1e6) | 0;
      const rest = value - high * 1e6;
      const middle = (rest / THOUSAND) | 0;
      return decimals[high]! + padded[middle]! + padded[rest - middle * THOUSAND]!;
    }
  }
  return String(value);
}

const bytes = Array.from({ length: 256 }, (_, i) => i.toString(16));
const paddedBytes = bytes.map((digits) => digits.padStart(2, '0'));

/** The hexadecimal digits of an int that isn't negative. */
export function hexText(value: number): string {
  if (value < 0x100) return bytes[value]!;
  if (value < 0x10000) return bytes[value >> 8]! + paddedBytes[value & 255]!;
  if (value < 0x1000000) {
    return bytes[value >> 16]! + paddedBytes[(value >> 8) & 255]! + paddedBytes[value & 255]!;
  }
  return value.toString(16);
}
