/** Reading numbers from strs. */
import { raise } from '../model.js';
import { strRepr } from '../text/repr.js';
import { PyComplex } from '../values.js';
import { checkBits } from './bounds.js';

// Regular expressions take their slow path where the intrinsics are hardened: half a microsecond for each test.
const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

function trimStart(text: string): string {
  let start = 0;
  while (start < text.length && isSpace(text.charCodeAt(start))) start += 1;
  return start === 0 ? text : text.slice(start);
}

/** Without the white space around it. */
export function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return trimStart(text.slice(0, end));
}

/** The commonest integer: up to fifteen decimal digits, maybe a minus; undefined for any other text. */
export function fewDigits(text: string): number | undefined {
  const negative = text[0] === '-';
  const { length } = text;
  const first = negative ? 1 : 0;
  if (length === first || length > first + 15) return undefined;
  let value = 0;
  for (let i = first; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    value = value * 10 + digit;
  }
  return negative ? 0 - value : value;
}

const enginePrefix: Record<number, string> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

/** Without white space around it and without its sign. */
function unsigned(text: string): string {
  const body = trim(text);
  return body[0] === '-' || body[0] === '+' ? trimStart(body.slice(1)) : body;
}

/** The base that an integer's prefix means. */
function radixOf(digits: string): number {
  const prefix = digits.slice(0, 2).toLowerCase();
  return prefix === '0x' ? 16 : prefix === '0o' ? 8 : prefix === '0b' ? 2 : digits[0] === '0' ? 8 : 10;
}

/**
 * The integer that a str means in a base (0: as in source code); undefined when it means none.
 * White space may stand around it and, as in CPython, between sign and digits.
 */
export function parseInteger(text: string, base: number, longSuffix: boolean): bigint | undefined {
  let body = unsigned(text);
  const negative = trimStart(text)[0] === '-';
  const radix = base === 0 ? radixOf(body) : base;
  const prefix = body.slice(0, 2).toLowerCase();
  const prefixed =
    (radix === 16 && prefix === '0x') || (radix === 8 && prefix === '0o') || (radix === 2 && prefix === '0b');
  if (prefixed) body = body.slice(2);
  if (longSuffix && /[lL]$/.test(body) && radix < 22) body = body.slice(0, -1);
  if (!isDigits(body, radix)) return undefined;
  // Bases that the engine can't read cost several products of the result's size.
  checkBits(body.length * Math.log2(radix) * (radix in enginePrefix ? 1 : 16));
  const size = readDigits(body, radix);
  return negative ? -size : size;
}

function isDigits(text: string, radix: number): boolean {
  if (text.length === 0) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code < 58 ? code - 48 : (code | 32) - 87;
    if (digit < 0 || digit >= radix || (code >= 58 && code < 65)) return false;
  }
  return true;
}

/** Digits in a radix. The engine knows four of them; the others are put together from halves. */
function readDigits(digits: string, radix: number): bigint {
  if (digits.length <= 10) return BigInt(Number.parseInt(digits, radix));
  const prefix = enginePrefix[radix];
  if (prefix !== undefined) return BigInt(prefix + digits);
  const half = digits.length >> 1;
  const low = digits.slice(half);
  return readDigits(digits.slice(0, half), radix) * BigInt(radix) ** BigInt(low.length) + readDigits(low, radix);
}

/** ValueError for a str that int() or long() can't read. */
export function invalidLiteral(type: 'int' | 'long', text: string, base: number): never {
  return raise('ValueError', invalidLiteralText(type, text, base));
}

export function invalidLiteralText(type: 'int' | 'long', text: string, base: number): string {
  // CPython has gone past leading white space, or found out the base, by the time that it fails.
  const shown = type === 'int' ? trimStart(text) : text;
  const radix = type === 'long' && base === 0 ? radixOf(unsigned(text)) : base;
  return `invalid literal for ${type}() with base ${radix}: ${strRepr(shown.slice(0, 200))}`;
}

// No two repetitions next to each other can share digits: a long text that doesn't match takes linear time.
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const special: Record<string, number> = { inf: Infinity, infinity: Infinity, nan: Number.NaN };

/** The double that a text (without white space around it) means; undefined when it means none. */
function parseDouble(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  const signed = text[0] === '-' || text[0] === '+';
  const value = special[(signed ? text.slice(1) : text).toLowerCase()];
  return value !== undefined && text[0] === '-' ? -value : value;
}

/** A number at the place where the search is to begin. */
const numberAt = /[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)/iy;

/** float(text). */
export function parseFloatText(text: string): number {
  const body = trim(text);
  const value = parseDouble(body);
  if (value !== undefined) return value;
  // C's strings end at a NUL. The wording depends on whether there is a number in front.
  const shown = trimStart(text).split('\0')[0]!.slice(0, 200);
  numberAt.lastIndex = 0;
  if (numberAt.test(body)) return raise('ValueError', `invalid literal for float(): ${shown}`);
  return raise('ValueError', `could not convert string to float: ${shown}`);
}

/** complex(text): a real part, an imaginary part with j, or both; parentheses may stand around them. */
export function parseComplex(text: string): PyComplex {
  let body = trim(text);
  if (body.startsWith('(')) {
    if (!body.endsWith(')')) return malformed();
    body = trim(body.slice(1, -1));
  }
  let at = 0;
  const read = (): number | undefined => {
    numberAt.lastIndex = at;
    const found = numberAt.exec(body)?.[0];
    at += found?.length ?? 0;
    return found === undefined ? undefined : parseDouble(found);
  };
  // A sign with no number behind it means one.
  const unit = (): number => {
    const sign = body[at] === '-' ? -1 : 1;
    if (body[at] === '-' || body[at] === '+') at += 1;
    return sign;
  };
  const isJ = (): boolean => body[at] === 'j' || body[at] === 'J';
  let real = 0;
  let imaginary = read();
  if (imaginary === undefined) {
    imaginary = unit();
    if (!isJ()) return malformed();
    at += 1;
  } else if (isJ()) {
    at += 1;
  } else {
    real = imaginary;
    imaginary = 0;
    if (body[at] === '+' || body[at] === '-') {
      imaginary = read() ?? unit();
      if (!isJ()) return malformed();
      at += 1;
    }
  }
  return at === body.length ? new PyComplex(real, imaginary) : malformed();
}

function malformed(): never {
  return raise('ValueError', 'complex() arg is a malformed string');
}
