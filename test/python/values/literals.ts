/** Reads the argument sources of the recorded answers: Python literals, a few calls, and + * ** between them. */
import { dictSet, newDict } from '../../../child-runtime/python/containers/dict.js';
import { setFrom } from '../../../child-runtime/python/containers/set.js';
import { cmp } from '../../../child-runtime/python/containers/sort.js';
import { strMethods } from '../../../child-runtime/python/methods.js';
import { makeFloat, makeInt, makeLong } from '../../../child-runtime/python/numbers/kinds.js';
import { negate } from '../../../child-runtime/python/numbers/unary.js';
import { add, modulo, multiply, power, subtract } from '../../../child-runtime/python/operations/arithmetic.js';
import { compare, greaterThan } from '../../../child-runtime/python/operations/compare.js';
import { makeXrange } from '../../../child-runtime/python/operations/ranges.js';
import { getItem } from '../../../child-runtime/python/operations/subscript.js';
import {
  PyComplex,
  type PyDict,
  PyFrozenSet,
  type PyFunction,
  PyList,
  PySet,
  PySingleton,
  PySlice,
  PyTuple,
  type Value,
} from '../../../child-runtime/python/values.js';

const constants: Record<string, Value> = {
  None: null,
  True: true,
  False: false,
  inf: Infinity,
  nan: Number.NaN,
  Ellipsis: new PySingleton('Ellipsis'),
};

const functions: Record<string, PyFunction> = {
  cmp,
  rcmp: (a: Value, b: Value) => compare(b, a),
  mod3: (a: Value) => modulo(a, 3),
  bymod: (a: Value, b: Value) => compare(modulo(a, 10), modulo(b, 10)),
  neg: (a: Value) => negate(a),
  first: (a: Value) => getItem(a, 0),
  text: () => 'x',
  textcmp: (_a: Value, _b: Value) => 'x',
  boolcmp: (a: Value, b: Value) => greaterThan(a, b),
  pair: (a: Value, b: Value = 7) => new PyTuple([a, b]),
  lower: (a: Value) => strMethods.get('lower')!(a),
};

const calls: Record<string, (...args: Value[]) => Value> = {
  set: (elements: Value) => setFrom(new PySet(), elements),
  frozenset: (elements: Value) => setFrom(new PyFrozenSet(), elements),
  xrange: makeXrange,
  slice: (a: Value, b?: Value, c?: Value) =>
    b === undefined ? new PySlice(null, a, null) : new PySlice(a, b, c ?? null),
};

class Reader {
  at = 0;
  constructor(private readonly text: string) {}

  private skip(): void {
    while (this.text[this.at] === ' ') this.at += 1;
  }

  private take(token: string): boolean {
    this.skip();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  sum(): Value {
    let value = this.product();
    for (;;) {
      if (this.take('+')) value = add(value, this.product());
      else if (this.take('-')) value = subtract(value, this.product());
      else return value;
    }
  }

  private product(): Value {
    let value = this.power();
    while (this.take('*')) value = multiply(value, this.power());
    return value;
  }

  private power(): Value {
    // Python's parser makes one number of a minus and a literal, so that there is an int -2**63 and no negative zero in -1j.
    const negative = this.match(/-(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[Lj]?(?![\d.Lje]| ?\*\*)/y);
    if (negative !== undefined) return readNumber(negative);
    if (this.take('-')) return negate(this.power());
    const base = this.atom();
    return this.take('**') ? power(base, this.power()) : base;
  }

  private elements(end: string): { values: Value[]; comma: boolean } {
    const values: Value[] = [];
    let comma = false;
    while (!this.take(end)) {
      values.push(this.sum());
      comma = this.take(',');
    }
    return { values, comma };
  }

  private atom(): Value {
    if (this.take('(')) {
      const { values, comma } = this.elements(')');
      return values.length === 1 && !comma ? values[0]! : new PyTuple(values);
    }
    if (this.take('[')) return new PyList(this.elements(']').values);
    if (this.take('{')) {
      const entries: Array<[Value, Value]> = [];
      while (!this.take('}')) {
        const key = this.sum();
        this.take(':');
        entries.push([key, this.sum()]);
        this.take(',');
      }
      return dictOf(entries);
    }
    const number = this.match(/(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[Lj]?/y);
    if (number !== undefined) return readNumber(number);
    const quote = this.match(/['"]/y);
    if (quote !== undefined) return this.string(quote);
    const name = this.match(/\w+/y) ?? '';
    // As in repr() of a complex with an infinite or undefined part.
    if (name === 'infj' || name === 'nanj') return new PyComplex(0, name === 'infj' ? Infinity : Number.NaN);
    if (name in calls && this.take('(')) return calls[name]!(...this.elements(')').values);
    return name in constants ? constants[name]! : functions[name]!;
  }

  private string(quote: string): string {
    let result = '';
    while (!this.text.startsWith(quote, this.at)) {
      const char = this.text[this.at++]!;
      if (char !== '\\') {
        result += char;
        continue;
      }
      const escaped = this.text[this.at++]!;
      if (escaped === 'x') {
        result += String.fromCharCode(Number.parseInt(this.text.slice(this.at, this.at + 2), 16));
        this.at += 2;
      } else result += { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped;
    }
    this.at += 1;
    return result;
  }
}

function dictOf(entries: ReadonlyArray<[Value, Value]>): PyDict {
  const dict = newDict(entries.length);
  for (const [key, value] of entries) dictSet(dict, key, value);
  return dict;
}

function readNumber(text: string): Value {
  if (text.endsWith('j')) return new PyComplex(0, Number(text.slice(0, -1)));
  if (text.endsWith('L')) return makeLong(BigInt(text.slice(0, -1)));
  return /[.e]/.test(text) ? makeFloat(Number(text)) : makeInt(BigInt(text));
}

export function readLiteral(source: string): Value {
  return new Reader(source).sum();
}
