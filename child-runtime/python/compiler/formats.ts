/** The `%` operator where the format is a literal: it is read while the program is compiled, and no tuple of its values is made. */
import type { BinOp, Expr } from '../ast.js';
import { WIDEST } from '../text/assemble.js';
import { converterOf } from '../text/percent-convert.js';
import { ABSENT, type Conversion, FROM_ARGUMENTS, parsedFormat, ZERO } from '../text/percent-parse.js';
import type { Body } from './body.js';
import { joined, operands, stringLiteral } from './expressions.js';
import { isWorthIt, literalPart, type Part, together } from './texts.js';

const LETTERS = 'sridxXouceEfFgG';
const MOST_CONVERSIONS = 16;

/** Whether the text of a conversion follows from its value alone. */
const isPlain = ({ key, width, precision, letter, error }: Conversion): boolean =>
  error === undefined &&
  key === undefined &&
  width !== FROM_ARGUMENTS &&
  precision !== FROM_ARGUMENTS &&
  ((letter === '%' && width <= 0) || (letter !== '' && LETTERS.includes(letter)));

/** `format % values` as text; undefined if the runtime has to look at format and values together. */
export function literalFormat(b: Body, e: BinOp): string | undefined {
  if (e.left.kind !== 'Str') return undefined;
  const { conversions, after } = parsedFormat(e.left.value);
  if (conversions.length > MOST_CONVERSIONS || !conversions.every(isPlain)) return undefined;
  const values: readonly Expr[] = e.right.kind === 'Tuple' ? e.right.elts : [e.right];
  if (values.length !== conversions.filter(({ letter }) => letter !== '%').length || values.length === 0)
    return undefined;
  const before: string[] = [];
  const mark = b.mark();
  const texts = operands(b, values, before);
  const parts: Part[] = [];
  let literal = '';
  let next = 0;
  for (const conversion of conversions) {
    literal += conversion.before;
    if (conversion.letter === '%') literal += '%';
    else {
      if (literal !== '') parts.push(literalPart(b, literal));
      literal = '';
      parts.push(converted(b, conversion, texts[next++]!));
    }
  }
  literal += after;
  if (literal !== '') parts.push(literalPart(b, literal));
  const text = whole(b, conversions, parts);
  b.release(mark);
  const [value] = texts;
  if (e.right.kind === 'Tuple' || e.right.kind === 'Num' || e.right.kind === 'Str') return joined(before, text);
  const general = `${b.unit.use('formatPercent')}(${stringLiteral(e.left.value)},${value})`;
  return joined(before, `${value} instanceof ${b.unit.use('PyTuple')}?${general}:${text}`);
}

/** The text of all parts: where ints are among them, put together at once. */
function whole(b: Body, conversions: readonly Conversion[], parts: readonly Part[]): string {
  if (parts.length === 1) return parts[0]!.text;
  const usual = `${b.unit.use('fitting')}(${parts.map((part) => part.text).join('+')})`;
  const literalChars = conversions.reduce((sum, { before }) => sum + before.length, 0);
  const letters = conversions.map(({ letter }) => letter);
  const atOnce = conversions.every(isDirect) && letters.some((letter) => letter !== 's' && letter !== '%');
  return atOnce && isWorthIt(parts.length, literalChars) ? together(b, parts, usual) : usual;
}

const isDirect = ({ letter, flags, width, precision }: Conversion): boolean => {
  if (letter === '%') return true;
  if (precision !== ABSENT || width > WIDEST) return false;
  if (letter === 's') return width <= 0 && flags === 0;
  return (letter === 'd' || letter === 'i' || letter === 'x') && (flags === 0 || flags === ZERO);
};

/** A conversion of a value: the text of a str under `%s` is the str. */
function converted(b: Body, conversion: Conversion, value: string): Part {
  const { letter, flags, width, precision } = conversion;
  const converter = b.unit.constant(`%${letter},${flags},${width},${precision}`, () => converterOf(conversion));
  return { put: (at) => direct(b, conversion, at, value), text: `${converter}(${value})` };
}

/** Puts the text of a value under a conversion that `isDirect`, if the value is a small int or, under `%s`, a str. */
function direct(b: Body, { letter, flags, width }: Conversion, at: string, value: string): string {
  if (letter === 's') return `${b.unit.use('putValue')}(${at},${value})`;
  const fill = flags === ZERO ? ZERO_CHAR : BLANK_CHAR;
  if (letter === 'x') return `${b.unit.use('putHex')}(${at},${value},${Math.max(width, 1)},${fill})`;
  return width <= 0
    ? `${b.unit.use('putDecimal')}(${at},${value})`
    : `${b.unit.use('putPadded')}(${at},${value},${width},${fill})`;
}

const ZERO_CHAR = '0'.charCodeAt(0);
const BLANK_CHAR = ' '.charCodeAt(0);
