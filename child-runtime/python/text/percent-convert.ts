/** What each conversion of the `%` operator makes of its value. */
import { model, raise } from '../model.js';
import { exponentFormat, fixedFormat, generalFormat, nonFiniteText } from '../numbers/float-text.js';
import { FLOAT, INT, kindOf, LONG, NOT_A_NUMBER, payload } from '../numbers/kinds.js';
import { integer } from '../operations/arguments.js';
import { checkChars } from '../operations/bounds.js';
import { repr, str } from '../operations/repr.js';
import type { Value } from '../values.js';
import { hexText, intText } from './digits.js';
import { ABSENT, ALTERNATE, BLANK, type Conversion, LEFT, SIGN, ZERO } from './percent-parse.js';

/** The text of a value under a conversion whose width and precision are known; `at` is where the letter stands. */
export function convert(
  letter: string,
  flags: number,
  width: number,
  precision: number,
  at: number,
  value: Value,
): string {
  switch (letter) {
    case 's':
    case 'r': {
      const text = letter === 's' ? str(value) : repr(value);
      return padded(precision === ABSENT ? text : text.slice(0, precision), flags, width);
    }
    case 'c':
      return padded(charText(value), flags, width);
    case 'i':
    case 'd':
    case 'u':
      return signed(integerText(value, letter === 'i' ? 'd' : letter, precision, flags), flags, width, 0);
    case 'o':
      return signed(integerText(value, letter, precision, flags), flags, width, 0);
    case 'x':
    case 'X': {
      const prefix = (flags & ALTERNATE) !== 0 ? 2 : 0;
      return signed(integerText(value, letter, precision, flags), flags, width, prefix);
    }
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return signed(floatText(value, letter, precision === ABSENT ? 6 : precision, flags), flags, width, 0);
    default: {
      const code = letter.charCodeAt(0);
      return raise('ValueError', `unsupported format character '${letter}' (0x${code.toString(16)}) at index ${at}`);
    }
  }
}

/** %s. */
export function textOf(value: Value): string {
  return typeof value === 'string' ? value : str(value);
}

/** A function that converts one value; the commonest conversions have functions of their own. */
export function converterOf(conversion: Conversion): (value: Value) => string {
  const { letter, flags, width, precision, at } = conversion;
  const general = (value: Value): string => convert(letter, flags, width, precision, at, value);
  if (precision !== ABSENT) return general;
  switch (letter) {
    case 's':
      return width <= 0 ? textOf : general;
    case 'd':
    case 'i':
      if ((flags & (SIGN | BLANK)) !== 0) return general;
      return (value) =>
        typeof value === 'number' && value >= 0 && Number.isInteger(value)
          ? filled(intText(value), flags, width)
          : general(value);
    case 'x':
      if ((flags & (SIGN | BLANK | ALTERNATE)) !== 0) return general;
      return (value) =>
        typeof value === 'number' && value >= 0 && Number.isInteger(value)
          ? filled(hexText(value), flags, width)
          : general(value);
    default:
      return general;
  }
}

/** Pads digits without sign or prefix. */
function filled(digits: string, flags: number, width: number): string {
  const missing = width - digits.length;
  if (missing <= 0) return digits;
  if (flags === ZERO && missing < ZEROS.length) return ZEROS.slice(0, missing) + digits;
  return signed(digits, flags, width, 0);
}

const ZEROS = '000000000000';

/** Pads a text without sign. */
export function padded(text: string, flags: number, width: number): string {
  if (width <= text.length) return text;
  checkChars(width);
  return (flags & LEFT) !== 0 ? text.padEnd(width) : text.padStart(width);
}

/** Adds the sign that flags ask for and pads; zeros go between sign, `prefix` chars ("0x") and digits. */
function signed(text: string, flags: number, width: number, prefix: number): string {
  let sign = '';
  let digits = text;
  if (text[0] === '-') {
    sign = '-';
    digits = text.slice(1);
  } else if ((flags & SIGN) !== 0) sign = '+';
  else if ((flags & BLANK) !== 0) sign = ' ';
  const missing = width - sign.length - digits.length;
  if (missing <= 0) return sign + digits;
  checkChars(width);
  if ((flags & LEFT) !== 0) return sign + digits + ' '.repeat(missing);
  if ((flags & ZERO) === 0) return ' '.repeat(missing) + sign + digits;
  return sign + digits.slice(0, prefix) + '0'.repeat(missing) + digits.slice(prefix);
}

function charText(value: Value): string {
  if (typeof value === 'string') return value.length === 1 ? value : raise('TypeError', '%c requires int or char');
  const code = integer(value);
  if (code < 0) return raise('OverflowError', 'unsigned byte integer is less than minimum');
  if (code > 255) return raise('OverflowError', 'unsigned byte integer is greater than maximum');
  return String.fromCharCode(code);
}

/** The integer of a number for d, o and x; TypeError for anything else, also for floats without one. */
function integerOf(value: Value, letter: string): { content: number | bigint; isInt: boolean } {
  const kind = kindOf(value);
  if (kind === INT || kind === LONG) return { content: payload(value), isInt: kind === INT };
  if (kind === FLOAT) {
    const content = payload(value);
    if (Number.isFinite(content)) {
      const whole = Math.trunc(content as number);
      return { content: Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole), isInt: Math.abs(whole) < 2 ** 63 };
    }
  }
  return raise('TypeError', `%${letter} format: a number is required, not ${model.typeName(value)}`);
}

/** CPython formats ints in a buffer of this size. */
const INT_BUFFER = 120;

function integerText(value: Value, letter: string, precision: number, flags: number): string {
  const small = typeof value === 'number' && Number.isInteger(value);
  const { content, isInt } = small ? { content: value, isInt: true } : integerOf(value, letter);
  if (isInt && precision > INT_BUFFER - 4) {
    raise('OverflowError', 'formatted integer is too long (precision too large?)');
  }
  // The commonest: no flag or precision to heed.
  if (precision < 0 && (flags & ALTERNATE) === 0 && typeof content === 'number') {
    if (letter === 'd') return intText(content);
    if (letter === 'x' && content >= 0) return hexText(content);
  }
  const base = letter === 'd' || letter === 'u' ? 10 : letter === 'o' ? 8 : 16;
  const negative = content < 0;
  let digits = (negative ? -content : content).toString(base);
  // As C's printf: with a precision of 0, zero has no digits.
  if (isInt && precision === 0 && content === 0 && !(letter === 'o' && (flags & ALTERNATE) !== 0)) digits = '';
  if (letter === 'o' && (flags & ALTERNATE) !== 0 && digits !== '0') digits = `0${digits}`;
  if (precision > digits.length) {
    checkChars(precision);
    digits = digits.padStart(precision, '0');
  }
  if (letter === 'X') digits = digits.toUpperCase();
  if (base === 16 && (flags & ALTERNATE) !== 0) digits = `0${letter}${digits}`;
  return negative ? `-${digits}` : digits;
}

function floatText(value: Value, letter: string, precision: number, flags: number): string {
  const kind = kindOf(value);
  const x = kind === NOT_A_NUMBER || kind > FLOAT ? Number.NaN : Number(payload(value));
  if (kind === NOT_A_NUMBER || kind > FLOAT || (kind === LONG && !Number.isFinite(x))) {
    return raise('TypeError', `float argument required, not ${model.typeName(value)}`);
  }
  checkChars(precision);
  const alternate = (flags & ALTERNATE) !== 0;
  const small = letter.toLowerCase();
  const text =
    nonFiniteText(x) ??
    (small === 'f'
      ? fixedFormat(x, precision, alternate)
      : small === 'e'
        ? exponentFormat(x, precision, alternate)
        : generalFormat(x, precision, alternate));
  return small === letter ? text : text.toUpperCase();
}
