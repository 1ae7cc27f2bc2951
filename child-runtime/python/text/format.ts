/** str.format. */
import { strMethods } from '../methods.js';
import { raise } from '../model.js';
import { checkChars } from '../operations/bounds.js';
import { hooks } from '../operations/hooks.js';
import { repr, str } from '../operations/repr.js';
import { getItem } from '../operations/subscript.js';
import { PyDict, type PyFunction, PyLong, type Value } from '../values.js';
import { readInteger } from './format-spec.js';
import { formatValue } from './format-value.js';

/** The arguments of one call, and how its fields were numbered so far. */
interface FormatCall {
  readonly args: readonly Value[];
  readonly names: readonly string[];
  readonly values: readonly Value[];
  numbering: 'none' | 'automatic' | 'manual';
  next: number;
}

/** Replacement fields may stand in specifications of fields, and no deeper. */
const DEPTH = 2;

function expand(text: string, call: FormatCall, depth: number): string {
  if (depth <= 0) return raise('ValueError', 'Max string recursion exceeded');
  let result = '';
  let at = 0;
  while (at < text.length) {
    const brace = nextBrace(text, at);
    if (brace === text.length) return result + text.slice(at);
    const char = text[brace]!;
    result += text.slice(at, brace);
    if (text[brace + 1] === char) {
      result += char;
      at = brace + 2;
      continue;
    }
    if (char === '}') return raise('ValueError', "Single '}' encountered in format string");
    if (brace + 1 === text.length) return raise('ValueError', "Single '{' encountered in format string");
    const end = closingBrace(text, brace + 1);
    result += field(text.slice(brace + 1, end), call, depth);
    checkChars(result.length);
    at = end + 1;
  }
  return result;
}

function nextBrace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '{' && text[at] !== '}') at += 1;
  return at;
}

function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') open += 1;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return raise('ValueError', "unmatched '{' in format");
}

/** One replacement field: name, conversion, specification. */
function field(text: string, call: FormatCall, depth: number): string {
  let end = 0;
  while (end < text.length && text[end] !== ':' && text[end] !== '!') end += 1;
  let conversion = '';
  let specification = text.slice(end + 1);
  if (text[end] === '!') {
    if (specification === '') return raise('ValueError', 'end of format while looking for conversion specifier');
    conversion = specification[0]!;
    if (specification.length > 1 && specification[1] !== ':') {
      return raise('ValueError', "expected ':' after format specifier");
    }
    specification = specification.slice(2);
  }
  const value = converted(lookUp(text.slice(0, end), call), conversion);
  return formatValue(value, specification.includes('{') ? expand(specification, call, depth - 1) : specification);
}

function converted(value: Value, conversion: string): Value {
  switch (conversion) {
    case '':
      return value;
    case 'r':
      return repr(value);
    case 's':
      return str(value);
    default: {
      const code = conversion.charCodeAt(0);
      const shown = code > 32 && code < 127 ? conversion : `\\x${code.toString(16)}`;
      return raise('ValueError', `Unknown conversion specifier ${shown}`);
    }
  }
}

/** The value that a field's name means: an argument, then any number of `.attribute` and `[index]`. */
function lookUp(name: string, call: FormatCall): Value {
  let at = 0;
  while (at < name.length && name[at] !== '.' && name[at] !== '[') at += 1;
  let value = argument(name.slice(0, at), call);
  while (at < name.length) {
    const kind = name[at++];
    let end = at;
    if (kind === '.') {
      while (end < name.length && name[end] !== '.' && name[end] !== '[') end += 1;
    } else if (kind === '[') {
      end = name.indexOf(']', at);
      if (end < 0) return raise('ValueError', "Missing ']' in format string");
    } else return raise('ValueError', "Only '.' or '[' may follow ']' in format field specifier");
    const part = name.slice(at, end);
    if (part === '') return raise('ValueError', 'Empty attribute in format string');
    at = kind === '[' ? end + 1 : end;
    value = kind === '.' ? hooks.getAttribute(value, part) : getItem(value, elementIndex(value, part));
  }
  return value;
}

/** What stands between brackets: digits are an index, which CPython makes a long where the value is no sequence. */
function elementIndex(value: Value, part: string): Value {
  const index = wholeInteger(part);
  if (index === undefined) return part;
  return value instanceof PyDict ? new PyLong(index) : index;
}

/** The number if a text is nothing but digits. */
function wholeInteger(text: string): number | undefined {
  const [value, end] = readInteger(text, 0);
  return value >= 0 && end === text.length ? value : undefined;
}

function argument(name: string, call: FormatCall): Value {
  let index = wholeInteger(name);
  if (name === '' || index !== undefined) {
    const wanted = name === '' ? 'automatic' : 'manual';
    if (call.numbering === 'none') call.numbering = wanted;
    if (call.numbering !== wanted) {
      return raise(
        'ValueError',
        wanted === 'manual'
          ? 'cannot switch from automatic field numbering to manual field specification'
          : 'cannot switch from manual field specification to automatic field numbering',
      );
    }
    index ??= call.next++;
    return call.args[index] ?? absentArgument(call, index);
  }
  const at = call.names.indexOf(name);
  return at < 0 ? raise('KeyError', name) : (call.values[at] as Value);
}

/** None is a value too, and `??` skips it. */
function absentArgument(call: FormatCall, index: number): Value {
  return index < call.args.length ? null : raise('IndexError', 'tuple index out of range');
}

/** text.format(*args, **{names: values}). */
export function format(
  text: string,
  args: readonly Value[],
  names: readonly string[] = [],
  values: readonly Value[] = [],
): string {
  return expand(text, { args, names, values, numbering: 'none', next: 0 }, DEPTH);
}

const method: PyFunction = (self: string, ...args: Value[]) => format(self, args);
method.pyName = 'format';
method.K = (args, names, values) => format(args[0] as string, args.slice(1), names, values);
strMethods.set('format', method);
