/** format(value, specification) for each type of value. */
import { model, raise } from '../model.js';
import { exponentFormat, fixedFormat, generalFormat, nonFiniteText } from '../numbers/float-text.js';
import { COMPLEX, doubleOf, FLOAT, INT, kindOf, LONG, payload } from '../numbers/kinds.js';
import { integer } from '../operations/arguments.js';
import { checkChars } from '../operations/bounds.js';
import { str } from '../operations/repr.js';
import type { PyComplex, Value } from '../values.js';
import { type FormatSpec, parseSpec } from './format-spec.js';

/** The text of a value under a specification; an empty one means str(). */
export function formatValue(value: Value, specification: string): string {
  if (specification === '') return str(value);
  switch (kindOf(value)) {
    case INT:
    case LONG:
      return formatInteger(value, parseSpec(specification));
    case FLOAT:
      return formatFloat(value, parseSpec(specification));
    case COMPLEX:
      return formatComplex(value as PyComplex, parseSpec(specification));
    default:
      return formatText(str(value), parseSpec(specification, 's'));
  }
}

function unknownType(type: string, typeName: string): never {
  const code = type.charCodeAt(0);
  const shown = code > 32 && code < 127 ? type : `\\x${code.toString(16)}`;
  return raise('ValueError', `Unknown format code '${shown}' for object of type '${typeName}'`);
}

/** Pads to the width; `align` says where the text goes when the specification doesn't. */
function pad(text: string, spec: FormatSpec, align: string): string {
  const missing = spec.width - text.length;
  if (missing <= 0) return text;
  checkChars(spec.width);
  const fill = spec.fill === '' ? ' ' : spec.fill;
  switch (spec.align === '' ? align : spec.align) {
    case '<':
      return text + fill.repeat(missing);
    case '^': {
      const left = Math.floor(missing / 2);
      return fill.repeat(left) + text + fill.repeat(missing - left);
    }
    default:
      return fill.repeat(missing) + text;
  }
}

function formatText(text: string, spec: FormatSpec): string {
  if (spec.type !== '' && spec.type !== 's') return unknownType(spec.type, 'str');
  if (spec.sign !== '') raise('ValueError', 'Sign not allowed in string format specifier');
  if (spec.alternate) raise('ValueError', 'Alternate form (#) not allowed in string format specifier');
  if (spec.align === '=') raise('ValueError', "'=' alignment not allowed in string format specifier");
  return pad(spec.precision >= 0 ? text.slice(0, spec.precision) : text, spec, '<');
}

/** Puts sign, prefix ("0x"), digits (grouped if asked) and the rest together, and pads them. `number` may begin with '-'. */
function assemble(number: string, prefix: string, spec: FormatSpec): string {
  const negative = number[0] === '-';
  const unsigned = negative ? number.slice(1) : number;
  const sign = negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  let count = 0;
  while (count < unsigned.length && unsigned[count]! >= '0' && unsigned[count]! <= '9') count += 1;
  if (prefix === '0x' || prefix === '0X') count = unsigned.length;
  const rest = unsigned.slice(count);
  let digits = unsigned.slice(0, count);
  if (spec.commas && count > 0) {
    const zeros = spec.fill === '0' && spec.align === '=';
    digits = group(digits, zeros ? spec.width - sign.length - prefix.length - rest.length : 0);
  }
  if (spec.align === '=') {
    const missing = spec.width - sign.length - prefix.length - digits.length - rest.length;
    if (missing > 0) {
      checkChars(spec.width);
      return sign + prefix + (spec.fill === '' ? ' ' : spec.fill).repeat(missing) + digits + rest;
    }
  }
  return pad(sign + prefix + digits + rest, spec, '>');
}

/** Thousands with commas, filled up with zeros to at least `width` chars; never a comma in front. */
function group(digits: string, width: number): string {
  checkChars(width);
  const groups: string[] = [];
  let length = 0;
  for (let end = digits.length; end > 0 || length < width; end -= 3) {
    let part = end > 0 ? digits.slice(Math.max(0, end - 3), end) : '';
    const room = width - length - (groups.length > 0 ? 1 : 0);
    if (part.length < 3) part = part.padStart(Math.min(3, Math.max(part.length, room)), '0');
    if (part === '') part = '0';
    groups.push(part);
    length += part.length + (groups.length > 1 ? 1 : 0);
  }
  return groups.reverse().join(',');
}

function formatInteger(value: Value, spec: FormatSpec): string {
  if (spec.type !== '' && 'eEfFgG%'.includes(spec.type)) return formatFloat(doubleOf(value), spec, true);
  if (!'bcdoxXn'.includes(spec.type)) return unknownType(spec.type, model.typeName(value));
  if (spec.precision >= 0) return raise('ValueError', 'Precision not allowed in integer format specifier');
  const content = payload(value);
  switch (spec.type) {
    case 'c': {
      if (spec.sign !== '') raise('ValueError', "Sign not allowed with integer format specifier 'c'");
      const code = integer(value);
      if (code < 0 || code > 255) raise('OverflowError', '%c arg not in range(0x100)');
      return pad(String.fromCharCode(code), spec, '>');
    }
    case '':
    case 'd':
    case 'n':
      return assemble(content.toString(), '', spec);
    case 'b':
      return assemble(content.toString(2), spec.alternate ? '0b' : '', spec);
    case 'o':
      return assemble(content.toString(8), spec.alternate ? '0o' : '', spec);
    case 'x':
      return assemble(content.toString(16), spec.alternate ? '0x' : '', spec);
    default:
      return assemble(content.toString(16).toUpperCase(), spec.alternate ? '0X' : '', spec);
  }
}

/** A float's digits for one of the types e f g (either case), n and none. */
function floatDigits(x: number, type: string, precision: number, pointed: boolean): string {
  const special = nonFiniteText(x);
  const small = type.toLowerCase();
  checkChars(precision);
  const text =
    special ??
    (small === 'f'
      ? fixedFormat(x, precision, false)
      : small === 'e'
        ? exponentFormat(x, precision, false)
        : generalFormat(x, precision, false, pointed));
  return small === type ? text : text.toUpperCase();
}

const STR_PRECISION = 12;

function formatFloat(value: Value, spec: FormatSpec, fromInteger = false): string {
  if (spec.type !== '' && !'eEfFgGn%'.includes(spec.type)) return unknownType(spec.type, 'float');
  if (spec.alternate) return raise('ValueError', 'Alternate form (#) not allowed in float format specifier');
  const x = fromInteger ? (value as number) : doubleOf(value);
  switch (spec.type) {
    case '':
      return assemble(floatDigits(x, 'g', spec.precision < 0 ? STR_PRECISION : spec.precision, true), '', spec);
    case '%':
      return assemble(`${floatDigits(x * 100, 'f', spec.precision < 0 ? 6 : spec.precision, false)}%`, '', spec);
    default: {
      const type = spec.type === 'n' ? 'g' : spec.type;
      return assemble(floatDigits(x, type, spec.precision < 0 ? 6 : spec.precision, false), '', spec);
    }
  }
}

function formatComplex(value: PyComplex, spec: FormatSpec): string {
  if (spec.type !== '' && !'eEfFgGn'.includes(spec.type)) return unknownType(spec.type, 'complex');
  if (spec.alternate) raise('ValueError', 'Alternate form (#) not allowed in complex format specifier');
  if (spec.fill === '0') raise('ValueError', 'Zero padding is not allowed in complex format specifier');
  if (spec.align === '=') raise('ValueError', "'=' alignment flag is not allowed in complex format specifier");
  const type = spec.type === '' || spec.type === 'n' ? 'g' : spec.type;
  const precision = spec.precision >= 0 ? spec.precision : spec.type === '' ? STR_PRECISION : 6;
  const bare = { ...spec, width: -1, align: '', fill: '' };
  const imaginary = floatDigits(value.im, type, precision, false);
  if (spec.type === '' && Object.is(value.re, 0)) return pad(`${assemble(imaginary, '', bare)}j`, spec, '>');
  const real = assemble(floatDigits(value.re, type, precision, false), '', bare);
  const both = `${real}${assemble(imaginary, '', { ...bare, sign: '+' })}j`;
  return pad(spec.type === '' ? `(${both})` : both, spec, '>');
}
