/** The built-in functions that RepyV2 allows, and the refusal of the others. */
import { dictForEach } from '../containers/dict.js';
import { raise } from '../model.js';
import { divmodNumbers } from '../numbers/division.js';
import { isIntegral, kindOf, payload, doubleOf, COMPLEX, FLOAT } from '../numbers/kinds.js';
import { powerWithModulus } from '../numbers/power.js';
import { absolute } from '../numbers/unary.js';
import { add, power, unsupported } from '../operations/arithmetic.js';
import { between, oneArgument, unpacked } from '../operations/arity.js';
import { compare, greaterThan, lessThan } from '../operations/compare.js';
import { elementsOf, iterate, iteratorOf } from '../operations/iterate.js';
import { repr } from '../operations/repr.js';
import { length, truth } from '../operations/truth.js';
import { PyDict, PyIterator, PyList, PyTuple, type PyFunction, type Value } from '../values.js';
import { call, keywordValue } from './calls.js';
import './constructors.js';
import { exceptionTypes, raiseNamed } from './exceptions.js';
import { flattenTuple } from './calls.js';
import { floatValue } from './number-text.js';
import { address, shownAs } from './objects.js';
import { range, xrange } from './ranges.js';
import { roundTo } from './rounding.js';
import { ellipsis, notImplemented } from './runtime.js';
import * as types from './types.js';

const abs: PyFunction = (value: Value, ...more: Value[]) => {
  if (value === undefined || more.length > 0) oneArgument('abs', value === undefined ? 0 : 1 + more.length);
  return absolute(value);
};

const CHARS = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));

const chr: PyFunction = (value: Value, ...more: Value[]) => {
  if (typeof value === 'number' && more.length === 0) {
    const char = CHARS[value];
    if (char !== undefined) return char;
  }
  between('chr', 1, 1, value === undefined ? 0 : 1 + more.length);
  if (kindOf(value) === FLOAT) return raise('TypeError', 'integer argument expected, got float');
  if (!isIntegral(value)) return raise('TypeError', 'an integer is required');
  const code = payload(value);
  if (typeof code === 'bigint') return raise('OverflowError', 'Python int too large to convert to C long');
  return CHARS[code] ?? raise('ValueError', 'chr() arg not in range(256)');
};

const ord: PyFunction = (value: Value, ...more: Value[]) => {
  if (value === undefined || more.length > 0) oneArgument('ord', value === undefined ? 0 : 1 + more.length);
  if (typeof value !== 'string') {
    return raise('TypeError', `ord() expected string of length 1, but ${types.typeName(value)} found`);
  }
  if (value.length === 1) return value.charCodeAt(0);
  return raise('TypeError', `ord() expected a character, but string of length ${value.length} found`);
};

const cmp: PyFunction = (...args: Value[]) => {
  unpacked('cmp', 2, 2, args.length);
  return compare(args[0]!, args[1]!);
};

const divmod: PyFunction = (...args: Value[]) => {
  unpacked('divmod', 2, 2, args.length);
  return divmodNumbers(args[0]!, args[1]!) ?? unsupported('divmod()', args[0]!, args[1]!);
};

function inBase(name: string, value: Value, radix: number, prefix: string): string {
  if (!isIntegral(value)) return raise('TypeError', `${name}() argument can't be converted to ${name}`);
  const content = payload(value);
  const digits = (content < 0 ? -content : content).toString(radix);
  const isLong = types.typeOf(value) === types.longType;
  const start = radix === 8 && content === (typeof content === 'number' ? 0 : 0n) ? '' : prefix;
  return `${content < 0 ? '-' : ''}${start}${digits}${isLong ? 'L' : ''}`;
}

const hex: PyFunction = (...args: Value[]) => {
  if (args.length !== 1) oneArgument('hex', args.length);
  return inBase('hex', args[0]!, 16, '0x');
};

const oct: PyFunction = (...args: Value[]) => {
  if (args.length !== 1) oneArgument('oct', args.length);
  return inBase('oct', args[0]!, 8, '0');
};

const id: PyFunction = (...args: Value[]) => {
  if (args.length !== 1) oneArgument('id', args.length);
  return address(args[0]!);
};

const len: PyFunction = (value: Value, ...more: Value[]) => {
  if (value === undefined || more.length > 0) oneArgument('len', value === undefined ? 0 : 1 + more.length);
  return length(value);
};

function isOneOf(classes: Value, check: (type: types.CoreType) => boolean, text: string): boolean {
  if (types.isClass(classes)) return check(classes.type as types.CoreType);
  if (!(classes instanceof PyTuple)) return raise('TypeError', text);
  return classes.a.some((one) => isOneOf(one, check, text));
}

const isinstance: PyFunction = (...args: Value[]) => {
  if (args.length !== 2) unpacked('isinstance', 2, 2, args.length);
  const [value, classes] = args as [Value, Value];
  if (typeof classes === 'function' && classes.type !== undefined) return types.isInstanceOf(value, classes.type);
  return isOneOf(
    classes,
    (type) => types.isInstanceOf(value, type),
    'isinstance() arg 2 must be a class, type, or tuple of classes and types',
  );
};

const issubclass: PyFunction = (...args: Value[]) => {
  unpacked('issubclass', 2, 2, args.length);
  const [sub, classes] = args as [Value, Value];
  if (!types.isClass(sub)) return raise('TypeError', 'issubclass() arg 1 must be a class');
  return isOneOf(classes, (type) => sub.type.mro.includes(type), 'issubclass() arg 2 must be a class or tuple of classes');
};

const filter: PyFunction = (...args: Value[]) => {
  unpacked('filter', 2, 2, args.length);
  const [f, source] = args as [Value, Value];
  const keep = (element: Value): boolean => truth(f === null ? element : call(f, element));
  const kept = elementsOf(source).filter(keep);
  if (typeof source === 'string') return (kept as string[]).join('');
  return source instanceof PyTuple ? new PyTuple(kept) : new PyList(kept);
};

const map: PyFunction = (...args: Value[]) => {
  const [f, ...sources] = args;
  if (f === undefined || sources.length === 0) return raise('TypeError', 'map() requires at least two args');
  const iterators = sources.map((source, i) => {
    const iterator = iteratorOf(source);
    if (iterator !== undefined) return iterator;
    if (f === null && sources.length === 1) return iterate(source);
    return raise('TypeError', `argument ${i + 2} to map() must support iteration`);
  });
  const results: Value[] = [];
  if (iterators.length === 1) {
    const [only] = iterators as [PyIterator];
    for (let element = only.next(); element !== undefined; element = only.next()) {
      results.push(f === null ? element : call(f, element));
    }
    return new PyList(results);
  }
  for (;;) {
    const elements = iterators.map((iterator) => iterator.next());
    if (elements.every((element) => element === undefined)) return new PyList(results);
    const row = elements.map((element) => element ?? null);
    results.push(f === null ? new PyTuple(row) : call(f, ...row));
  }
};

function extreme(name: string, better: (a: Value, b: Value) => boolean): PyFunction {
  const pick = (args: Value[], key: Value | undefined): Value => {
    if (args.length === 0) return raise('TypeError', `${name} expected 1 arguments, got 0`);
    const candidates = args.length === 1 ? elementsOf(args[0]!) : args;
    let [best] = candidates;
    if (best === undefined) return raise('ValueError', `${name}() arg is an empty sequence`);
    let bestKey = key === undefined ? best : call(key, best);
    for (let i = 1; i < candidates.length; i++) {
      const candidate = candidates[i]!;
      const candidateKey = key === undefined ? candidate : call(key, candidate);
      if (better(candidateKey, bestKey)) {
        best = candidate;
        bestKey = candidateKey;
      }
    }
    return best;
  };
  const f: PyFunction = (...args: Value[]) => pick(args, undefined);
  f.K = (args, names, values) => {
    if (names.length !== 1 || names[0] !== 'key') {
      return raise('TypeError', `${name}() got an unexpected keyword argument`);
    }
    return pick(args, keywordValue(names, values, 'key'));
  };
  return f;
}

const pow: PyFunction = (...args: Value[]) => {
  unpacked('pow', 2, 3, args.length);
  const [a, b, c] = args as [Value, Value, Value?];
  if (c === undefined || c === null) return power(a, b);
  return powerWithModulus(a, b, c) ?? raise('TypeError', `unsupported operand type(s) for pow(): '${types.typeName(a)}', '${types.typeName(b)}', '${types.typeName(c)}'`);
};

const reprFunction: PyFunction = (...args: Value[]) => {
  if (args.length !== 1) oneArgument('repr', args.length);
  return repr(args[0]!);
};

const round: PyFunction = (...args: Value[]) => {
  if (args.length === 0) return raise('TypeError', "Required argument 'number' (pos 1) not found");
  between('round', 1, 2, args.length);
  const [value, digits] = args as [Value, Value?];
  if (kindOf(value) === 0 || kindOf(value) === COMPLEX) return raise('TypeError', 'a float is required');
  const places = digits === undefined ? 0 : roundingPlaces(digits);
  return floatValue(roundTo(doubleOf(value), places));
};
round.K = (args, names, values) => {
  const number = args[0] ?? keywordValue(names, values, 'number');
  const digits = args[1] ?? keywordValue(names, values, 'ndigits');
  return digits === undefined ? round(...(number === undefined ? [] : [number])) : round(number, digits);
};

function roundingPlaces(digits: Value): number {
  if (!isIntegral(digits)) return raise('TypeError', `'${types.typeName(digits)}' object cannot be interpreted as an index`);
  return Number(payload(digits));
}

const sum: PyFunction = (...args: Value[]) => {
  unpacked('sum', 1, 2, args.length);
  const [source, start] = args as [Value, Value?];
  const iterator = iterate(source);
  if (typeof start === 'string') return raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  let total: Value = start ?? 0;
  for (let element = iterator.next(); element !== undefined; element = iterator.next()) total = add(total, element);
  return total;
};

const zip: PyFunction = (...args: Value[]) => {
  const iterators = args.map(
    (source, i) => iteratorOf(source) ?? raise('TypeError', `zip argument #${i + 1} must support iteration`),
  );
  const rows: Value[] = [];
  if (iterators.length === 0) return new PyList(rows);
  for (;;) {
    const row: Value[] = [];
    for (const iterator of iterators) {
      const element = iterator.next();
      if (element === undefined) return new PyList(rows);
      row.push(element);
    }
    rows.push(new PyTuple(row));
  }
};

/** RepyV2's replacement: one argument, and the type of a type is this function. */
const type: PyFunction = (...args: Value[]) => {
  if (args.length !== 1) return raise('TypeError', 'type() takes exactly one argument');
  const found = types.typeOf(args[0]!);
  return found === types.typeType ? type : found.cls;
};

/** reduce() imports functools in CPython 2.7, which RepyV2 refuses. */
const reduce: PyFunction = () => {
  raiseNamed('RunBuiltinException', "Unsafe call '__import__' with args '('functools',)', kwargs '{}'");
};

const refusedNames =
  'BufferError BytesWarning GeneratorExit ImportWarning UnicodeWarning all any apply basestring bin buffer bytearray bytes callable classmethod coerce compile delattr dir enumerate eval execfile exit file format getattr globals hasattr hash help input intern iter locals memoryview next open print property quit raw_input reload reversed setattr sorted staticmethod super unichr unicode vars'.split(
    ' ',
  );

function refusal(name: string): PyFunction {
  const refuse = (args: Value[], names: readonly string[], values: readonly Value[]): Value => {
    const kwargs = new PyDict();
    for (const [i, key] of names.entries()) kwargs.m.set(key, values[i]!);
    return raiseNamed(
      'RunBuiltinException',
      `Unsafe call '${name}' with args '${repr(new PyTuple(args))}', kwargs '${repr(kwargs)}'`,
    );
  };
  const f: PyFunction = (...args: Value[]) => refuse(args, [], []);
  f.pyName = 'exceptionraiser';
  f.K = refuse;
  shownAs.set(f, '<function exceptionraiser at @>');
  return f;
}

const functions: Readonly<Record<string, PyFunction>> = {
  abs,
  chr,
  cmp,
  divmod,
  filter,
  hex,
  id,
  isinstance,
  issubclass,
  len,
  map,
  max: extreme('max', greaterThan),
  min: extreme('min', lessThan),
  oct,
  ord,
  pow,
  range,
  reduce,
  repr: reprFunction,
  round,
  sum,
  type,
  zip,
};

/** Every built-in name with its value. SafeDict is added by `namespaces.ts`. */
export const builtins = new Map<string, Value>([
  ['Ellipsis', ellipsis],
  ['NotImplemented', notImplemented],
  ['None', null],
  ['True', true],
  ['False', false],
  ['__debug__', true],
  ['copyright', ''],
  ['credits', ''],
  ['license', ''],
]);

for (const [name, f] of Object.entries(functions)) {
  f.pyName = name;
  builtins.set(name, f);
}
shownAs.set(type, '<function safe_type at @>');
for (const one of [
  types.boolType,
  types.complexType,
  types.dictType,
  types.floatType,
  types.frozensetType,
  types.intType,
  types.listType,
  types.longType,
  types.objectType,
  types.setType,
  types.sliceType,
  types.strType,
  types.tupleType,
  types.xrangeType,
]) {
  builtins.set(one.name, one.cls);
}
for (const [name, exception] of exceptionTypes) builtins.set(name, exception.cls);
for (const name of ['SafeException', 'CheckNodeException', 'CheckStrException', 'RunBuiltinException', 'InternalRepyError']) {
  builtins.delete(name);
}
for (const name of refusedNames) builtins.set(name, refusal(name));

export { dictForEach, flattenTuple, xrange };
