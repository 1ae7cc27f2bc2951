/** The values of number and string literals: what CPython 2.7's ast.c (parsenumber, parsestr) makes of their text. */
import type { NumType } from '../ast.js';
import { ProgramError, syntaxError } from '../syntax-error.js';

const maxInt = 2n ** 63n - 1n;

/**
 * `text` is a NUMBER token; `negative` stands for a minus in front, which CPython folds into the literal (so that
 * -9223372036854775808 is an int). Throws `ProgramError`.
 */
export function numberValue(text: string, negative: boolean): NumType {
  const last = text.charCodeAt(text.length - 1) | 32;
  const second = text.charCodeAt(1) | 32;
  if (text.charCodeAt(0) === 48 && (second === 120 || second === 111 || second === 98)) {
    return last === 108 ? integer(text.slice(0, -1), true, negative) : integer(text, false, negative);
  }
  if (last === 108) return integer(octal(text.slice(0, -1)), true, negative);
  const imaginary = last === 106;
  if (imaginary || /[.eE]/.test(text)) {
    const value = Number(imaginary ? text.slice(0, -1) : text);
    return { type: imaginary ? 'complex' : 'float', value: negative ? -value : value };
  }
  return integer(octal(text), false, negative);
}

/** Python 2 writes octal numbers with a leading 0. */
function octal(digits: string): string {
  if (digits.charCodeAt(0) !== 48 || digits.length === 1) return digits;
  // `09else` is the one way for a wrong digit to come this far: the tokenizer took the `e` for an exponent.
  if (/[89]/.test(digits)) throw syntaxError('invalid token (<string>, line -1)');
  return `0o${digits.slice(1)}`;
}

function integer(digits: string, long: boolean, negative: boolean): NumType {
  const magnitude = BigInt(digits);
  const value = negative ? -magnitude : magnitude;
  return { type: long || value > maxInt || value < -maxInt - 1n ? 'long' : 'int', value };
}

export interface StringValue {
  readonly value: string;
  readonly unicode: boolean;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** `token` is a STRING token with its prefix and quotes. Throws `ProgramError` in the words of Python's `eval`. */
export function stringValue(token: string): StringValue {
  let open = 0;
  let raw = false;
  let unicode = false;
  for (; ; open += 1) {
    const code = token.charCodeAt(open);
    if (code === 39 || code === 34) break;
    if ((code | 32) === 114) raw = true;
    if ((code | 32) === 117) unicode = true;
  }
  const quotes = token.length - open >= 6 && token[open] === token[open + 1] && token[open] === token[open + 2] ? 3 : 1;
  const body = token.slice(open + quotes, token.length - quotes);
  if (unicode) return { value: unicodeBody(body, raw), unicode };
  if (raw || !body.includes('\\')) return { value: body, unicode };
  return { value: unescapeBytes(body), unicode };
}

function unescapeBytes(body: string): string {
  return body.replace(
    /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{2})|([\s\S]))/g,
    (whole: string, octalDigits: string | undefined, hex: string | undefined, char: string) => {
      if (octalDigits !== undefined) return String.fromCharCode(Number.parseInt(octalDigits, 8) & 0xff);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (char === 'x') throw new ProgramError('ValueError', 'invalid \\x escape');
      return simpleEscapes[char] ?? whole;
    },
  );
}

/**
 * Unicode literals never pass the safety check; their value matters only for its message. `\N{...}` is left as it is: the
 * table of names is not here.
 */
function unicodeBody(body: string, raw: boolean): string {
  const text = decodeUtf8(body);
  const pattern = raw
    ? /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\\|[uU]))/g
    : /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|x([0-9A-Fa-f]{2})|([\s\S]))/g;
  const codec = raw ? 'rawunicodeescape' : 'unicodeescape';
  return text.replace(pattern, (whole: string, ...found: (string | number | undefined)[]) => {
    const [u4, u8, third, hex, char] = found as (string | undefined)[];
    if (u4 !== undefined) return String.fromCharCode(Number.parseInt(u4, 16));
    const offset = found.find((value) => typeof value === 'number') ?? 0;
    if (u8 !== undefined) {
      const point = Number.parseInt(u8, 16);
      if (point <= 0x10ffff) return String.fromCodePoint(point);
      throw unicodeError(codec, offset, 9, 'illegal Unicode character');
    }
    if (raw) {
      if (third === '\\') return whole;
      throw unicodeError(codec, offset, hexRun(text, offset, third === 'u' ? 4 : 8), 'truncated \\uXXXX');
    }
    if (third !== undefined) return String.fromCharCode(Number.parseInt(third, 8));
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    const digits = { x: 2, u: 4, U: 8 }[char!];
    if (digits !== undefined) {
      const form = `truncated \\${char}${'X'.repeat(digits)} escape`;
      throw unicodeError(codec, offset, hexRun(text, offset, digits), form);
    }
    return simpleEscapes[char!] ?? whole;
  });
}

/** How far behind its start a broken escape reaches. */
function hexRun(text: string, offset: number, most: number): number {
  let length = 0;
  while (length < most && /[0-9A-Fa-f]/.test(text[offset + 2 + length] ?? '')) length += 1;
  return 1 + length;
}

function unicodeError(codec: string, at: number, length: number, reason: string): ProgramError {
  return syntaxError(
    `(unicode error) '${codec}' codec can't decode bytes in position ${at}-${at + length}: ${reason} (<string>, line 0)`,
  );
}

function decodeUtf8(bytes: string): string {
  return bytes.replace(/[\x80-\xff]+/g, (run) => {
    for (let at = 0; at < run.length; ) {
      const byte = run.charCodeAt(at);
      const length = byte < 0xc2 || byte > 0xf4 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      const rest = run.slice(at + 1, at + length);
      if (length === 0) throw utf8Error(byte, at, 'invalid start byte');
      if (rest.length < length - 1) throw utf8Error(byte, at, 'unexpected end of data');
      if (/[^\x80-\xbf]/.test(rest)) throw utf8Error(byte, at, 'invalid continuation byte');
      at += length;
    }
    return Buffer.from(run, 'latin1').toString('utf8');
  });
}

function utf8Error(byte: number, at: number, reason: string): ProgramError {
  const where = `byte 0x${byte.toString(16)} in position ${at}`;
  return syntaxError(`(unicode error) 'utf8' codec can't decode ${where}: ${reason} (<string>, line 0)`);
}

/** Adjacent literals, joined as `'' + first + second ...` is in Python 2. Throws `ProgramError`. */
export function joinStrings(tokens: readonly string[]): StringValue {
  const parts = tokens.map(stringValue);
  if (parts.length === 1) return parts[0]!;
  const unicode = parts.some((part) => part.unicode);
  const mixed = unicode ? parts.find((part) => !part.unicode && /[\x80-\xff]/.test(part.value)) : undefined;
  if (mixed !== undefined) {
    const at = mixed.value.search(/[\x80-\xff]/);
    const byte = mixed.value.charCodeAt(at).toString(16);
    throw new ProgramError(
      'UnicodeDecodeError',
      `'ascii' codec can't decode byte 0x${byte} in position ${at}: ordinal not in range(128)`,
    );
  }
  return { value: parts.map((part) => part.value).join(''), unicode };
}
