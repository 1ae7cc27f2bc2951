/** float.hex() and float.fromhex(). */
import { raise } from '../model.js';
import { trim } from './parse.js';

export function floatHex(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const size = Math.abs(x);
  if (size === Infinity) return `${sign}inf`;
  if (size === 0) return `${sign}0x0.0p+0`;
  // Normal numbers have one binary digit in front of the point, subnormal ones none.
  const exponent = Math.max(-1022, exponentOf(size));
  const scaled = exponent < -1000 ? (size * 2 ** 1000) / 2 ** (exponent + 1000) : size / 2 ** exponent;
  const whole = Math.floor(scaled);
  const fraction = Math.round((scaled - whole) * 2 ** 52)
    .toString(16)
    .padStart(13, '0');
  return `${sign}0x${whole}.${fraction}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

/** floor(log2(size)) of a float. */
function exponentOf(size: number): number {
  let exponent = Math.floor(Math.log2(size));
  while (exponent > -1074 && size < 2 ** exponent) exponent -= 1;
  while (size >= 2 ** (exponent + 1)) exponent += 1;
  return exponent;
}

const literal = /^([+-]?)(?:0[xX])?([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?\d+))?$/;

export function floatFromHex(text: string): number {
  const body = trim(text);
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(body);
  if (special !== null) {
    const value = special[2]!.toLowerCase() === 'nan' ? Number.NaN : Infinity;
    return special[1] === '-' ? -value : value;
  }
  const match = literal.exec(body);
  const digits = match === null ? '' : (match[2] ?? '') + (match[3] ?? '');
  if (match === null || digits === '') {
    return raise('ValueError', 'invalid hexadecimal floating-point string');
  }
  const places = (match[3] ?? '').length * 4;
  const exponent = Number(match[4] ?? 0) - places;
  const size = scaleByPower(BigInt(`0x${digits}`), exponent);
  if (size === Infinity) return raise('OverflowError', 'hexadecimal value too large to represent as a float');
  return match[1] === '-' ? -size : size;
}

/** mantissa * 2**exponent, rounded once. */
function scaleByPower(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n || exponent < -1200 - mantissa.toString(16).length * 4) return 0;
  if (exponent > 1100) return Infinity;
  if (exponent >= 0) return Number(mantissa << BigInt(exponent));
  // Keep 64 bits in front of what the smallest float can hold, with a sticky bit for the rest.
  const shift = Math.max(0, -exponent - 1074 - 2);
  const kept = mantissa >> BigInt(shift);
  const sticky = kept << BigInt(shift) === mantissa ? 0n : 1n;
  const value = (kept << 1n) | sticky;
  const down = -exponent - shift + 1;
  return roundedQuotient(value, down);
}

/** value / 2**down, rounded half to even, where the result may be subnormal. */
function roundedQuotient(value: bigint, down: number): number {
  const bits = value.toString(2).length;
  const drop = Math.max(bits - 53, down - 1074, 0);
  const divisor = 1n << BigInt(drop);
  let kept = value / divisor;
  const rest = (value - kept * divisor) * 2n;
  if (rest > divisor || (rest === divisor && (kept & 1n) === 1n)) kept += 1n;
  const exponent = drop - down;
  const half = Math.trunc(exponent / 2);
  return Number(kept) * 2 ** half * 2 ** (exponent - half);
}
