/** round(): half away from zero in the decimal digits of the exact value, as CPython 2.7 rounds. */

/** The double nearest to `x` rounded to `places` decimal places. */
export function roundTo(x: number, places: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  // Beyond these a double has no digits left to cut, or nothing of it is left.
  if (places > 323) return x;
  if (places < -308) return x < 0 ? -0 : 0;
  if (places === 0) {
    const size = Math.abs(x);
    const floor = Math.floor(size);
    const rounded = size - floor >= 0.5 ? floor + 1 : floor;
    return x < 0 ? -rounded : rounded;
  }
  return exactly(x, places);
}

/** |x| as mantissa * 2**exponent. */
function decompose(size: number): [bigint, number] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return exponent === 0 ? [fraction, -1074] : [fraction | 0x10000000000000n, exponent - 1075];
}

function exactly(x: number, places: number): number {
  const [mantissa, exponent] = decompose(Math.abs(x));
  // size * 10**places = numerator / denominator
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  const rounded = (2n * numerator + denominator) / (2n * denominator);
  const size = Number(`${rounded}e${-places}`);
  return x < 0 ? -size : size;
}
