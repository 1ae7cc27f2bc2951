/** Numbers from text, as int(), long(), float() and complex() read it. */
import { raise } from '../model.js';
import { makeInt, makeLong } from '../numbers/kinds.js';
import { repr } from '../operations/repr.js';
import { PyComplex, PyFloat, type Value } from '../values.js';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Chars of an integer's text at most: turning more into a bigint takes V8 more than a second. */
const LONGEST = 4_000_000;

/** The digits of an integer literal in `base` (0: by its prefix); undefined if it is none. */
function integerContent(text: string, base: number, isLong: boolean): bigint | number | undefined {
  const match = /^[ \t\n\r\v\f]*([+-]?)[ \t\n\r\v\f]*(?:0([xXoObB]))?([0-9A-Za-z]+)([ \t\n\r\v\f]*)$/.exec(text);
  if (match === null) return undefined;
  const sign = match[1] === '-' ? -1 : 1;
  let digits = match[3]!;
  let radix = base;
  const prefix = match[2]?.toLowerCase();
  if (prefix !== undefined) {
    const meant = prefix === 'x' ? 16 : prefix === 'o' ? 8 : 2;
    if (radix === 0 || radix === meant) radix = meant;
    else digits = `0${prefix}${digits}`;
  } else if (radix === 0) radix = digits.length > 1 && digits.startsWith('0') ? 8 : 10;
  if (isLong && radix <= 21 && /[lL]$/.test(digits)) digits = digits.slice(0, -1);
  digits = digits.toLowerCase();
  if (digits === '') return undefined;
  for (const digit of digits) {
    const value = DIGITS.indexOf(digit);
    if (value < 0 || value >= radix) return undefined;
  }
  if (digits.length <= 10) return sign * Number.parseInt(digits, radix) + 0;
  return BigInt(sign) * bigFromDigits(digits, radix);
}

const nativePrefix: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

function bigFromDigits(digits: string, radix: number): bigint {
  const prefix = nativePrefix[radix];
  if (prefix !== undefined) return BigInt(prefix + digits);
  // Halves keep the work below that of a product of the result's size times the depth.
  if (digits.length <= 8) return BigInt(Number.parseInt(digits, radix));
  const low = digits.length >> 1;
  const high = bigFromDigits(digits.slice(0, digits.length - low), radix);
  return high * BigInt(radix) ** BigInt(low) + bigFromDigits(digits.slice(digits.length - low), radix);
}

/** int(text, base) or long(text, base). */
export function integerFromText(name: 'int' | 'long', text: string, base: number): Value {
  if (base !== 0 && (base < 2 || base > 36)) {
    return raise('ValueError', `${name}() ${name === 'int' ? 'base' : 'arg 2'} must be >= 2 and <= 36${name === 'int' ? ', or 0' : ''}`);
  }
  if (text.length > LONGEST) return raise('MemoryError');
  if (text.includes('\0')) return raise('ValueError', `null byte in argument for ${name}()`);
  const content = integerContent(text, base, name === 'long');
  if (content === undefined) {
    const shown = /^[ \t\n\r\v\f]*$/.test(text) ? '' : text;
    return raise('ValueError', `invalid literal for ${name}() with base ${base}: ${repr(shown)}`);
  }
  return name === 'long' ? makeLong(content) : typeof content === 'number' ? content : makeInt(content);
}

const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
const NAMED = /^([+-]?)(inf(?:inity)?|nan)/i;

/** A float literal at the start of `text`: its value and length. */
function leadingFloat(text: string): [number, number] | undefined {
  const named = NAMED.exec(text);
  if (named !== null) {
    const size = named[2]!.toLowerCase() === 'nan' ? Number.NaN : Infinity;
    return [named[1] === '-' ? -size : size, named[0].length];
  }
  const match = FLOAT.exec(text);
  return match === null ? undefined : [Number(match[0]), match[0].length];
}

/** float(text), as a double. */
export function doubleFromText(text: string): number {
  const trimmed = text.replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, '');
  const found = leadingFloat(trimmed);
  if (found === undefined) return raise('ValueError', `could not convert string to float: ${text}`);
  if (found[1] !== trimmed.length) return raise('ValueError', `invalid literal for float(): ${text.split('\0')[0]!}`);
  return found[0];
}

/** A float value from a double. */
export const floatValue = (x: number): Value => (Number.isInteger(x) ? new PyFloat(x) : x);

const malformed = (): never => raise('ValueError', 'complex() arg is a malformed string');

/** complex(text). */
export function complexFromText(text: string): PyComplex {
  let rest = text.replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, '');
  if (rest.startsWith('(') && rest.endsWith(')')) rest = rest.slice(1, -1).replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, '');
  const first = leadingFloat(rest);
  if (first === undefined) return imaginary(0, rest);
  const after = rest.slice(first[1]);
  if (after === '') return new PyComplex(first[0], 0);
  if (/^[jJ]$/.test(after)) return new PyComplex(0, first[0]);
  return /^[+-]/.test(after) ? imaginary(first[0], after) : malformed();
}

function imaginary(re: number, text: string): PyComplex {
  const unit = /^([+-]?)[jJ]$/.exec(text);
  if (unit !== null) return new PyComplex(re, unit[1] === '-' ? -1 : 1);
  const part = leadingFloat(text);
  if (part === undefined || !/^[jJ]$/.test(text.slice(part[1]))) return malformed();
  return new PyComplex(re, part[0]);
}
