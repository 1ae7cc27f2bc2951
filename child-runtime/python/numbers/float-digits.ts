/**
 * Decimal digits of a double at a given precision, rounded half to even on exact ties as C's printf does.
 * V8's toFixed and toExponential round exact ties up, so ties go through exact big-integer arithmetic here.
 */

/** V8's own routines accept at most 100 digits. */
const ENGINE_DIGITS = 100;

const bits = new DataView(new ArrayBuffer(8));

/** x = mantissa * 2**exponent exactly, for finite x >= 0. */
function split(x: number): { mantissa: bigint; exponent: number } {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const biased = (high >>> 20) & 0x7ff;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** round(x * 10**places) as an exact integer, ties to even or up; `places` may be negative. */
export function scaledInteger(x: number, places: number, tiesUp = false): bigint {
  const { mantissa, exponent } = split(x);
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  if (twice > denominator || (twice === denominator && (tiesUp || (quotient & 1n) === 1n))) return quotient + 1n;
  return quotient;
}

/** Whether x lies exactly between two decimals of `places` digits after the point (places >= 0, x finite). */
function isTie(x: number, places: number): boolean {
  const scaled = x * 2 ** places;
  return !Number.isInteger(scaled) && Number.isInteger(scaled * 2);
}

/** No double has more decimals, so what is asked for beyond is zeros. */
const MOST_DECIMALS = 1100;

/** C's "%.{places}f" of finite x >= 0. */
export function fixedDigits(x: number, places: number): string {
  if (places > MOST_DECIMALS) return fixedDigits(x, MOST_DECIMALS) + '0'.repeat(places - MOST_DECIMALS);
  if (places <= ENGINE_DIGITS && x < 1e21 && !isTie(x, places)) return x.toFixed(places);
  const digits = scaledInteger(x, places).toString();
  if (places === 0) return digits;
  const padded = digits.padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** The `count` significant digits of finite x > 0 and the exponent of the first: x ~ d.ddd * 10**exponent. */
export function significantDigits(x: number, count: number): { digits: string; exponent: number } {
  if (count > MOST_DECIMALS) {
    const { digits, exponent } = significantDigits(x, MOST_DECIMALS);
    return { digits: digits + '0'.repeat(count - MOST_DECIMALS), exponent };
  }
  const rough = x.toExponential(Math.min(count - 1, ENGINE_DIGITS));
  const at = rough.indexOf('e');
  let exponent = Number(rough.slice(at + 1));
  const places = count - 1 - exponent;
  if (count <= ENGINE_DIGITS && places >= 0 && !isTie(x, places)) {
    return { digits: rough.slice(0, at).replace('.', ''), exponent };
  }
  let digits = scaledInteger(x, places).toString();
  // The engine's exponent is one too high where it rounded up to a power of ten that x does not reach.
  if (digits.length < count) digits = scaledInteger(x, count - 1 - --exponent).toString();
  if (digits.length > count) exponent += 1;
  return { digits: digits.slice(0, count), exponent };
}
