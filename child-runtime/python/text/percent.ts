/** The `%` operator of strs. */
import { model, raise } from '../model.js';
import { exponentFormat, fixedFormat, generalFormat, nonFiniteText } from '../numbers/float-text.js';
import { FLOAT, INT, kindOf, LONG, NOT_A_NUMBER, payload } from '../numbers/kinds.js';
import { integer } from '../operations/arguments.js';
import { checkChars } from '../operations/bounds.js';
import { repr, str } from '../operations/repr.js';
import { getItem } from '../operations/subscript.js';
import { PyDict, PyInstance, PyList, PyTuple, type Value } from '../values.js';
import {
  ABSENT,
  ALTERNATE,
  BLANK,
  type Conversion,
  FROM_ARGUMENTS,
  LEFT,
  parsedFormat,
  SIGN,
  ZERO,
} from './percent-parse.js';

/** Hands out the arguments one after the other. */
class Arguments {
  private next = 0;
  private single: boolean;
  constructor(private values: Value) {
    this.single = !(values instanceof PyTuple);
  }

  /** Continues with the one value of a mapping. */
  restart(value: Value): void {
    this.values = value;
    this.single = true;
    this.next = 0;
  }

  take(): Value {
    const at = this.next++;
    const value = this.single ? (at === 0 ? this.values : undefined) : (this.values as PyTuple).a[at];
    return value === undefined ? raise('TypeError', 'not enough arguments for format string') : value;
  }

  get left(): boolean {
    return this.next < (this.single ? 1 : (this.values as PyTuple).a.length);
  }
}

/** What has `[]` with any key, as far as formatting is concerned: lists too. */
const isMapping = (value: Value): boolean =>
  value instanceof PyDict || value instanceof PyList || (value instanceof PyInstance && !value.T.newStyle);

/** format % values. */
export function formatPercent(format: string, values: Value): string {
  const { conversions, after } = parsedFormat(format);
  const args = new Arguments(values);
  const mapping = isMapping(values) ? values : undefined;
  let result = '';
  for (let i = 0; i < conversions.length; i++) {
    const conversion = conversions[i]!;
    const { before } = conversion;
    if (before !== '') result += before;
    if (conversion.key !== undefined) {
      if (mapping === undefined) raise('TypeError', 'format requires a mapping');
      if (conversion.error === 'incomplete format key') raise('ValueError', conversion.error);
      args.restart(getItem(mapping, conversion.key));
    }
    result += convert(conversion, args);
    if (mapping !== undefined && args.left && conversion.letter !== '%') tooMany();
    checkChars(result.length);
  }
  if (mapping === undefined && args.left) tooMany();
  return after === '' ? result : result + after;
}

function tooMany(): never {
  raise('TypeError', 'not all arguments converted during string formatting');
}

function star(args: Arguments): number {
  const value = args.take();
  const kind = kindOf(value);
  const count = kind === INT ? payload(value) : undefined;
  return typeof count === 'number' ? count : raise('TypeError', '* wants int');
}

function convert(conversion: Conversion, args: Arguments): string {
  let { flags, width, precision, letter } = conversion;
  if (width === FROM_ARGUMENTS) {
    width = star(args);
    if (width < 0) {
      flags |= LEFT;
      width = -width;
    }
  }
  if (precision === FROM_ARGUMENTS) precision = Math.max(0, star(args));
  if (conversion.error !== undefined) raise('ValueError', conversion.error);
  if (letter === '%') return padded('%', flags, width);
  const value = args.take();
  switch (letter) {
    case 's':
    case 'r': {
      const text = letter === 's' ? str(value) : repr(value);
      return padded(precision === ABSENT ? text : text.slice(0, precision), flags, width);
    }
    case 'c':
      return padded(charText(value), flags, width);
    case 'i':
      letter = 'd';
      break;
    case 'd':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return signed(floatText(value, letter, precision === ABSENT ? 6 : precision, flags), flags, width, 0);
    default: {
      const code = letter.charCodeAt(0);
      return raise(
        'ValueError',
        `unsupported format character '${letter}' (0x${code.toString(16)}) at index ${conversion.at}`,
      );
    }
  }
  // The commonest: a plain %d of an int.
  if (
    letter === 'd' &&
    width <= 0 &&
    precision < 0 &&
    flags === 0 &&
    typeof value === 'number' &&
    Number.isInteger(value)
  ) {
    return String(value);
  }
  const prefix = (flags & ALTERNATE) !== 0 && (letter === 'x' || letter === 'X') ? 2 : 0;
  return signed(integerText(value, letter, precision, flags), flags, width, prefix);
}

/** Pads a text without sign. */
function padded(text: string, flags: number, width: number): string {
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
    if (letter === 'd') return String(content);
    if (letter === 'x' && content >= 0) return content.toString(16);
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
