/** Text of floats: repr, str, and the e f g formats of `%` and `format`. */
import { fixedDigits, significantDigits } from './float-digits.js';

/** "inf", "-inf", "nan", or undefined for a finite number. */
export function nonFiniteText(x: number): string | undefined {
  if (Number.isNaN(x)) return 'nan';
  if (x === Infinity) return 'inf';
  if (x === -Infinity) return '-inf';
  return undefined;
}

const isNegative = (x: number): boolean => x < 0 || (x === 0 && 1 / x < 0);

/** Exponent as C prints it: sign and at least two digits. */
function exponentText(exponent: number): string {
  const size = Math.abs(exponent);
  return `e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
}

/** repr(): the shortest digits that read back as the same float; exponent form outside 1e-4 <= |x| < 1e16. */
export function floatRepr(x: number): string {
  const special = nonFiniteText(x);
  if (special !== undefined) return special;
  const size = Math.abs(x);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) {
    const text = x.toExponential();
    const at = text.indexOf('e');
    return text.slice(0, at) + exponentText(Number(text.slice(at + 1)));
  }
  if (x === 0) return isNegative(x) ? '-0.0' : '0.0';
  const text = String(x);
  return Number.isInteger(x) ? `${text}.0` : text;
}

/** str(): 12 significant digits, always with a point or an exponent. */
export function floatStr(x: number): string {
  const special = nonFiniteText(x);
  if (special !== undefined) return special;
  // An integral value below 10**11 needs no rounding.
  if (Number.isInteger(x) && Math.abs(x) < 1e11) return isNegative(x) && x === 0 ? '-0.0' : `${x}.0`;
  const size = Math.abs(x);
  if (size < 1e11 && size >= 1e-4) {
    // A float whose shortest digits are no more than 12 is shown by them.
    const text = String(x);
    if (text.length <= 13) return text;
  }
  return generalFormat(x, 12, false, true);
}

/** "%.{places}f" of a finite float, with its sign; `alternate` keeps the point. */
export function fixedFormat(x: number, places: number, alternate: boolean): string {
  const digits = fixedDigits(Math.abs(x), places);
  return (isNegative(x) ? '-' : '') + digits + (alternate && places === 0 ? '.' : '');
}

/** "%.{places}e" of a finite float. */
export function exponentFormat(x: number, places: number, alternate: boolean): string {
  const { digits, exponent } = x === 0 ? zeroDigits(places + 1) : significantDigits(Math.abs(x), places + 1);
  const tail = digits.slice(1);
  const point = tail.length > 0 || alternate ? '.' : '';
  return (isNegative(x) ? '-' : '') + digits[0] + point + tail + exponentText(exponent);
}

const zeroDigits = (count: number): { digits: string; exponent: number } => ({
  digits: '0'.repeat(count),
  exponent: 0,
});

/**
 * Whether an integer below 10**15 lies exactly between two numbers of so many digits and was rounded down to the even one. CPython
 * leaves the zeros at the end of such digits: str(1000000000005.0) is 1.00000000000e+12.
 */
function isEvenTie(x: number, digits: string): boolean {
  if (!digits.endsWith('0') || !Number.isInteger(x) || Math.abs(x) >= 1e15) return false;
  const whole = String(Math.abs(x));
  return whole.startsWith(digits) && /^50*$/.test(whole.slice(digits.length));
}

/**
 * "%.{precision}g" of a finite float; `alternate` keeps trailing zeros and the point. `pointed`, as str() has it, shows that it is a
 * float: there is a point or an exponent, and no more than precision - 1 digits in front of the point.
 */
export function generalFormat(x: number, precision: number, alternate: boolean, pointed = false): string {
  const count = precision === 0 ? 1 : precision;
  const { digits, exponent } = x === 0 ? zeroDigits(count) : significantDigits(Math.abs(x), count);
  const sign = isNegative(x) ? '-' : '';
  const kept = alternate || isEvenTie(x, digits) ? digits : digits.replace(/0+$/, '');
  if (exponent < -4 || exponent >= (pointed ? count - 1 : count)) {
    const tail = kept.slice(1);
    return sign + digits[0] + (tail.length > 0 || alternate ? `.${tail}` : '') + exponentText(exponent);
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${kept}`;
  const whole = kept.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = kept.slice(exponent + 1);
  if (fraction.length > 0 || alternate) return `${sign}${whole}.${fraction}`;
  return pointed ? `${sign}${whole}.0` : sign + whole;
}
