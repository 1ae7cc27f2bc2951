/** Reads the format strings of the `%` operator. What is wrong with one is raised only when formatting gets there, as in CPython. */

export const LEFT = 1;
export const SIGN = 2;
export const BLANK = 4;
export const ALTERNATE = 8;
export const ZERO = 16;

/** A width or precision that is taken from the arguments. */
export const FROM_ARGUMENTS = -2;
/** A width or precision that is not given. */
export const ABSENT = -1;

/** One conversion, and the text in front of it. */
export interface Conversion {
  readonly before: string;
  readonly key: string | undefined;
  readonly flags: number;
  readonly width: number;
  readonly precision: number;
  /** The conversion's letter; '' when `error` says that there is none. */
  readonly letter: string;
  /** Where the letter stands. */
  readonly at: number;
  /** Raised as ValueError: at once after the key when the key itself is unfinished, else after taking `*` arguments. */
  readonly error: string | undefined;
}

export interface Format {
  readonly conversions: readonly Conversion[];
  readonly after: string;
}

const flagBits: Record<string, number> = { '-': LEFT, '+': SIGN, ' ': BLANK, '#': ALTERNATE, '0': ZERO };
const isDigit = (char: string | undefined): char is string => char !== undefined && char >= '0' && char <= '9';

const INT_MAX = 2147483647;

const cache = new Map<string, Format>();
const CACHED_FORMATS = 256;
const CACHED_LENGTH = 256;

/** A format, read once for all uses of the same string. */
export function parsedFormat(text: string): Format {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const format = parse(text);
  if (text.length <= CACHED_LENGTH) {
    if (cache.size >= CACHED_FORMATS) cache.clear();
    cache.set(text, format);
  }
  return format;
}

function parse(text: string): Format {
  const conversions: Conversion[] = [];
  let from = 0;
  for (let percent = text.indexOf('%'); percent >= 0; percent = text.indexOf('%', from)) {
    const before = text.slice(from, percent);
    const conversion = parseConversion(text, percent + 1, before);
    conversions.push(conversion);
    if (conversion.error !== undefined) return { conversions, after: '' };
    from = conversion.at + 1;
  }
  return { conversions, after: text.slice(from) };
}

function parseConversion(text: string, start: number, before: string): Conversion {
  let at = start;
  let key: string | undefined;
  const made = (parts: Partial<Conversion>): Conversion => ({
    before,
    key,
    flags: 0,
    width: ABSENT,
    precision: ABSENT,
    letter: '',
    at,
    error: undefined,
    ...parts,
  });
  if (text[at] === '(') {
    const end = closingParenthesis(text, at);
    key = text.slice(at + 1, end);
    if (end < 0) return made({ key: '', error: 'incomplete format key' });
    at = end + 1;
  }
  let flags = 0;
  for (let bit = flagBits[text[at] ?? '']; bit !== undefined; bit = flagBits[text[++at] ?? '']) flags |= bit;
  let width = ABSENT;
  if (text[at] === '*') {
    width = FROM_ARGUMENTS;
    at += 1;
  } else if (isDigit(text[at])) {
    width = 0;
    for (; isDigit(text[at]); at++) {
      width = width * 10 + Number(text[at]);
      if (width > Number.MAX_SAFE_INTEGER) return made({ error: 'width too big' });
    }
  }
  let precision = ABSENT;
  if (text[at] === '.') {
    precision = 0;
    at += 1;
    if (text[at] === '*') {
      precision = FROM_ARGUMENTS;
      at += 1;
    } else {
      for (; isDigit(text[at]); at++) {
        precision = precision * 10 + Number(text[at]);
        if (precision > INT_MAX) return made({ width, error: 'prec too big' });
      }
    }
  }
  const modifier = text[at];
  if (modifier === 'h' || modifier === 'l' || modifier === 'L') at += 1;
  const letter = text[at];
  if (letter === undefined) return made({ flags, width, precision, error: 'incomplete format' });
  return made({ flags, width, precision, letter, at });
}

/** The parenthesis that closes the one at `at`, or -1. */
function closingParenthesis(text: string, at: number): number {
  let depth = 1;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '(') depth += 1;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}
