/** The `%` operator of strs. */
import { raise } from '../model.js';
import { INT, kindOf, payload } from '../numbers/kinds.js';
import { checkChars } from '../operations/bounds.js';
import { getItem } from '../operations/subscript.js';
import { PyDict, PyList, PyObject, PyTuple, type Value } from '../values.js';
import { convert, padded } from './percent-convert.js';
import { type Conversion, FROM_ARGUMENTS, LEFT, parsedFormat } from './percent-parse.js';

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
  value instanceof PyDict || value instanceof PyList || (value instanceof PyObject && value.T?.newStyle === false);

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
    result += converted(conversion, args);
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
  return kind === INT ? Number(payload(value)) : raise('TypeError', '* wants int');
}

/** The text that replaces one conversion. */
function converted(conversion: Conversion, args: Arguments): string {
  let { flags, width, precision } = conversion;
  if (width === FROM_ARGUMENTS) {
    width = star(args);
    if (width < 0) {
      flags |= LEFT;
      width = -width;
    }
  }
  if (precision === FROM_ARGUMENTS) {
    precision = star(args);
    if ((precision | 0) !== precision) raise('OverflowError', 'Python int too large to convert to C int');
    precision = Math.max(0, precision);
  }
  if (conversion.error !== undefined) raise('ValueError', conversion.error);
  if (conversion.letter === '%') return padded('%', flags, width);
  return convert(conversion.letter, flags, width, precision, conversion.at, args.take());
}
