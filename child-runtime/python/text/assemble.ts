/**
 * Short strs put together char by char: literals, digits of ints and short strs, one after the other. Joined by `+` they would be a
 * tree of pieces, each an object that the collector has to look at, and would be flattened as soon as somebody looks into them. What
 * gets here the engine makes in one step, flat.
 *
 * Each function that puts something takes the position where it goes and returns the one behind it, or NOT_HERE, which the next ones
 * hand on: the text is too long, or the value of another kind. The caller then does it in the usual way. No guest code runs in
 * between, so there is one buffer.
 */

import { compile } from '../../compile-function.js';

/** The longest text, in chars. */
export const LONGEST = 24;
const NOT_HERE = -1;
/** Minus, nine digits or eight, or what pads them may stand beyond the longest text before that is noticed. */
export const WIDEST = 16;
const chars = new Uint8Array(LONGEST + 2 * WIDEST);

/** The digits of 0 to 999, three chars each. */
const threeDigits = Uint8Array.from(
  Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0')).join(''),
  (digit) => digit.charCodeAt(0),
);
const hexDigits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const MINUS = 45;
const DIGIT_ZERO = 48;
const LETTER_X = 120;

/** A char, by its code. */
export function putChar(at: number, code: number): number {
  if (at < 0 || at >= LONGEST) return NOT_HERE;
  chars[at] = code;
  return at + 1;
}

/** A str. */
export function putText(at: number, text: unknown): number {
  if (typeof text !== 'string') return NOT_HERE;
  const end = at + text.length;
  if (at < 0 || end > LONGEST) return NOT_HERE;
  for (let i = 0; i < text.length; i++) chars[at + i] = text.charCodeAt(i);
  return end;
}

/** str() of an int or a str. */
export function putValue(at: number, value: unknown): number {
  return typeof value === 'string' ? putText(at, value) : putDecimal(at, value);
}

/** An int in decimal digits. */
export function putDecimal(at: number, value: unknown): number {
  if (at < 0 || at > LONGEST || typeof value !== 'number') return NOT_HERE;
  const int = value | 0;
  if (int !== value || int <= -1e9) return NOT_HERE;
  if (int >= 0) return int < 1000 ? putHead(at, int) : putLong(at, int);
  chars[at] = MINUS;
  return putLong(at + 1, 0 - int);
}

/** An int that isn't negative in decimal digits, with what `fill` is the code of in front up to `width`, which is WIDEST at most. */
export function putPadded(at: number, value: unknown, width: number, fill: number): number {
  if (at < 0 || at > LONGEST || typeof value !== 'number') return NOT_HERE;
  const int = value | 0;
  if (int !== value || int < 0) return NOT_HERE;
  let from = at;
  for (let missing = width - digitCount(int); missing > 0; missing--) chars[from++] = fill;
  return putLong(from, int);
}

function digitCount(value: number): number {
  let count = 1;
  for (let bound = 10; value >= bound && bound < 1e9; bound *= 10) count += 1;
  return count;
}

function putLong(at: number, value: number): number {
  if (value < 1000) return putHead(at, value);
  const thousands = (value / 1000) | 0;
  if (value < 1e6) return putThree(putHead(at, thousands), value - thousands * 1000);
  if (value >= 1e9) return NOT_HERE;
  const millions = (value / 1e6) | 0;
  const rest = thousands - millions * 1000;
  return putThree(putThree(putHead(at, millions), rest), value - thousands * 1000);
}

/** The first one to three digits. */
export function putHead(at: number, value: number): number {
  let from = value * 3;
  let to = at;
  if (value >= 100) chars[to++] = threeDigits[from]!;
  from += 1;
  if (value >= 10) chars[to++] = threeDigits[from]!;
  chars[to] = threeDigits[from + 1]!;
  return to + 1;
}

export function putThree(at: number, value: number): number {
  const from = value * 3;
  chars[at] = threeDigits[from]!;
  chars[at + 1] = threeDigits[from + 1]!;
  chars[at + 2] = threeDigits[from + 2]!;
  return at + 3;
}

/** The same in hexadecimal digits. */
export function putHex(at: number, value: unknown, width: number, fill: number): number {
  if (at < 0 || at > LONGEST || typeof value !== 'number') return NOT_HERE;
  let rest = value | 0;
  if (rest !== value || rest < 0) return NOT_HERE;
  const count = (35 - Math.clz32(rest | 1)) >> 2;
  let from = at;
  for (let missing = width - count; missing > 0; missing--) chars[from++] = fill;
  for (let i = from + count - 1; i >= from; i--) {
    chars[i] = hexDigits[rest & 15]!;
    rest >>= 4;
  }
  return from + count;
}

/** hex() of an int, or a str. */
export function putHexLiteral(at: number, value: unknown): number {
  if (typeof value === 'string') return putText(at, value);
  if (at < 0 || at > LONGEST) return NOT_HERE;
  chars[at] = DIGIT_ZERO;
  chars[at + 1] = LETTER_X;
  return putHex(at + 2, value, 1, DIGIT_ZERO);
}

/**
 * The text that ends at a position; undefined if that is NOT_HERE, or too far. V8 makes a text of arguments that are written one by one
 * without an array in between, so there is a case for each length; and as they differ in nothing else, a loop writes them.
 */
export const assembled = compile(
  `return function assembled(end) { switch (end) { ${Array.from({ length: LONGEST + 1 }, (_, end) => caseOf(end)).join('')} } };`,
  ['fromCharCode', 'chars'],
  'assemble',
)(String.fromCharCode, chars) as (end: number) => string | undefined;

function caseOf(end: number): string {
  const codes = Array.from({ length: end }, (_, i) => `chars[${i}]`);
  return `case ${end}: return fromCharCode(${codes.join()});`;
}
