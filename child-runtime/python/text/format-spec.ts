/** The format specifications of str.format: [[fill]align][sign][#][0][width][,][.precision][type]. */
import { raise } from '../model.js';

export interface FormatSpec {
  /** '' when not given. */
  fill: string;
  /** '<', '>', '=' or '^'; '' when not given. */
  align: string;
  /** '+', '-', ' ' or ''. */
  sign: string;
  alternate: boolean;
  /** -1 when not given; the precision likewise. */
  width: number;
  commas: boolean;
  precision: number;
  /** The type's letter, '' when not given. */
  type: string;
}

const isAlign = (char: string | undefined): boolean => char === '<' || char === '>' || char === '=' || char === '^';

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

/** Reads digits from `at`; the number (-1 without digits) and where they end. */
export function readInteger(text: string, at: number): [number, number] {
  let end = at;
  while (isDigit(text[end])) end += 1;
  if (end === at) return [-1, at];
  const value = Number(text.slice(at, end));
  if (value >= 2 ** 63) raise('ValueError', 'Too many decimal digits in format string');
  return [value, end];
}

/** `defaultType` is the letter that an error about commas shows when there is none. */
export function parseSpec(text: string, defaultType = ''): FormatSpec {
  const spec: FormatSpec = {
    fill: '',
    align: '',
    sign: '',
    alternate: false,
    width: -1,
    commas: false,
    precision: -1,
    type: '',
  };
  let at = 0;
  if (isAlign(text[1])) {
    spec.fill = text[0]!;
    spec.align = text[1]!;
    at = 2;
  } else if (isAlign(text[0])) {
    spec.align = text[0]!;
    at = 1;
  }
  if (text[at] === ' ' || text[at] === '+' || text[at] === '-') spec.sign = text[at++]!;
  if (text[at] === '#') {
    spec.alternate = true;
    at += 1;
  }
  if (spec.fill === '' && text[at] === '0') {
    spec.fill = '0';
    if (spec.align === '') spec.align = '=';
    at += 1;
  }
  [spec.width, at] = readInteger(text, at);
  if (text[at] === ',') {
    spec.commas = true;
    at += 1;
  }
  if (text[at] === '.') {
    [spec.precision, at] = readInteger(text, at + 1);
    if (spec.precision < 0) raise('ValueError', 'Format specifier missing precision');
  }
  if (text.length - at > 1) raise('ValueError', 'Invalid conversion specification');
  spec.type = text[at] ?? '';
  const type = spec.type === '' ? defaultType : spec.type;
  if (spec.commas && !'defgEG%F'.includes(type)) {
    raise('ValueError', `Cannot specify ',' with '${type}'.`);
  }
  return spec;
}
