/** The `%` operator where the format is a literal: it is read while the program is compiled, and no tuple of its values is made. */
import type { BinOp, Expr } from '../ast.js';
import { converterOf } from '../text/percent-convert.js';
import { type Conversion, FROM_ARGUMENTS, parsedFormat } from '../text/percent-parse.js';
import type { Body } from './body.js';
import { joined, operands, stringLiteral } from './expressions.js';

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
  b.release(mark);
  const parts: string[] = [];
  let literal = '';
  let next = 0;
  for (const conversion of conversions) {
    literal += conversion.before;
    if (conversion.letter === '%') literal += '%';
    else {
      if (literal !== '') parts.push(stringLiteral(literal));
      literal = '';
      parts.push(converted(b, conversion, texts[next++]!));
    }
  }
  literal += after;
  if (literal !== '') parts.push(stringLiteral(literal));
  const text = parts.length === 1 ? parts[0]! : `${b.unit.use('fitting')}(${parts.join('+')})`;
  const [value] = texts;
  if (e.right.kind === 'Tuple' || e.right.kind === 'Num' || e.right.kind === 'Str') return joined(before, text);
  const general = `${b.unit.use('formatPercent')}(${stringLiteral(e.left.value)},${value})`;
  return joined(before, `${value} instanceof ${b.unit.use('PyTuple')}?${general}:${text}`);
}

/** The value's text: that of a str under `%s` is the str. */
function converted(b: Body, conversion: Conversion, value: string): string {
  const { letter, flags, width, precision } = conversion;
  const converter = b.unit.constant(`%${letter},${flags},${width},${precision}`, () => converterOf(conversion));
  return `${converter}(${value})`;
}
