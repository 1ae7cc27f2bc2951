// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** Built-in functions of values. Core adds those that need the object model (id, isinstance, issubclass, type, ...). */
import { cmp } from '../containers/sort.js';
import { model, raise } from '../model.js';
import { divmodNumbers } from '../numbers/division.js';
import { INT, kindOf, LONG, NOT_A_NUMBER, payload } from '../numbers/kinds.js';
import { powerNumbers, powerWithModulus } from '../numbers/power.js';
import { round } from '../numbers/round.js';
import { absolute } from '../numbers/unary.js';
import { hexText } from '../text/digits.js';
import { type PyFunction, PyList, PyTuple, type Value } from '../values.js';
import { bindKeywords, integer } from './arguments.js';
import { add, unsupported } from './arithmetic.js';
import { between, oneArgument, unpacked } from './arity.js';
import { greaterThan, lessThan } from './compare.js';
import { elementsOf, iterate, iteratorOr, peekElements } from './iterate.js';
import { refuseOldInstance } from './old-style.js';
import { range } from './ranges.js';
import { repr } from './repr.js';
import { length, truth } from './truth.js';

/*
 * Each built-in is a function literal of its own, although many look alike: V8 collects types per literal, and compiles a call of a
 * shared wrapper as a call of anything.
 */
function abs(value?: Value): Value {
  if (arguments.length !== 1) oneArgument('abs', arguments.length);
  return absolute(value as Value);
}

function len(value?: Value): Value {
  if (arguments.length !== 1) oneArgument('len', arguments.length);
  return length(value as Value);
}

function reprFunction(value?: Value): Value {
  if (arguments.length !== 1) oneArgument('repr', arguments.length);
  return repr(value as Value);
}

const CHARS = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));

function chr(value?: Value): Value {
  if (arguments.length !== 1) between('chr', 1, 1, arguments.length);
  const code = typeof value === 'number' && Number.isInteger(value) ? value : integer(value as Value);
  return CHARS[code] ?? raise('ValueError', 'chr() arg not in range(256)');
}

function ord(value?: Value): Value {
  if (arguments.length !== 1) oneArgument('ord', arguments.length);
  if (typeof value !== 'string') {
    return raise('TypeError', `ord() expected string of length 1, but ${model.typeName(value as Value)} found`);
  }
  if (value.length !== 1) {
    return raise('TypeError', `ord() expected a character, but string of length ${value.length} found`);
  }
  return value.charCodeAt(0);
}

function hex(value?: Value): Value {
  if (arguments.length !== 1) oneArgument('hex', arguments.length);
  if (typeof value === 'number' && value >= 0 && Number.isInteger(value)) return `0x${hexText(value)}`;
  return inBase('hex', 16, '0x', value as Value);
}

function oct(value?: Value): Value {
  if (arguments.length !== 1) oneArgument('oct', arguments.length);
  return inBase('oct', 8, '0', value as Value);
}

/** hex() and oct(): a prefix, and L after longs. */
function inBase(name: string, base: number, prefix: string, value: Value): string {
  const kind = kindOf(value);
  if (kind === NOT_A_NUMBER) refuseOldInstance(value, `__${name}__`);
  if (kind !== INT && kind !== LONG) return raise('TypeError', `${name}() argument can't be converted to ${name}`);
  const content = payload(value);
  const digits = (content < 0 ? -content : content).toString(base);
  const lead = base === 8 && digits === '0' ? '' : prefix;
  return `${content < 0 ? '-' : ''}${lead}${digits}${kind === LONG ? 'L' : ''}`;
}

function divmod(a?: Value, b?: Value): Value {
  unpacked('divmod', 2, 2, arguments.length);
  return divmodNumbers(a as Value, b as Value) ?? unsupported('divmod()', a as Value, b as Value);
}

function pow(a?: Value, b?: Value, c?: Value): Value {
  unpacked('pow', 2, 3, arguments.length);
  const [x, y] = [a as Value, b as Value];
  if (c === undefined || c === null) return powerNumbers(x, y) ?? unsupported('** or pow()', x, y);
  refuseOldInstance(x, '__pow__');
  const names = [x, y, c].map((value) => `'${model.typeName(value)}'`).join(', ');
  return powerWithModulus(x, y, c) ?? raise('TypeError', `unsupported operand type(s) for pow(): ${names}`);
}

type Wins = (candidate: Value, best: Value) => boolean;

function extreme(name: string, wins: Wins): PyFunction {
  const select = (args: readonly Value[], key: Value): Value => {
    if (args.length === 0) return raise('TypeError', `${name} expected 1 arguments, got 0`);
    let best: Value | undefined;
    let bestKey: Value = null;
    const consider = (element: Value): void => {
      const itsKey = key === null ? element : model.call(key, element);
      if (best === undefined || wins(itsKey, bestKey)) {
        best = element;
        bestKey = itsKey;
      }
    };
    if (args.length > 1) args.forEach(consider);
    else {
      const iterator = iterate(args[0]!);
      for (let element = iterator.next(); element !== undefined; element = iterator.next()) consider(element);
    }
    return best === undefined ? raise('ValueError', `${name}() arg is an empty sequence`) : best;
  };
  const result: PyFunction = function (a?: Value, b?: Value): Value {
    if (arguments.length === 2) return wins(b as Value, a as Value) ? (b as Value) : (a as Value);
    return select(Array.from(arguments) as Value[], null);
  };
  result.K = (args, names, values) => {
    if (names.length !== 1 || names[0] !== 'key') {
      return raise('TypeError', `${name}() got an unexpected keyword argument`);
    }
    return select(args, values[0] as Value);
  };
  return result;
}

function sum(elements?: Value, start: Value = 0): Value {
  unpacked('sum', 1, 2, arguments.length);
  const iterator = iterate(elements as Value);
  if (typeof start === 'string') return raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  let total: Value = start;
  for (let element = iterator.next(); element !== undefined; element = iterator.next()) total = add(total, element);
  return total;
}

function zip(...sequences: Value[]): Value {
  const iterators = sequences.map((sequence, i) => {
    return iteratorOr(sequence, () => raise('TypeError', `zip argument #${i + 1} must support iteration`));
  });
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
}

function map(callee?: Value, ...sequences: Value[]): Value {
  if (sequences.length === 0) return raise('TypeError', 'map() requires at least two args');
  const f = callee as Value;
  const iterators = sequences.map((sequence, i) => {
    if (f === null && sequences.length === 1) return iterate(sequence);
    return iteratorOr(sequence, () => raise('TypeError', `argument ${i + 2} to map() must support iteration`), true);
  });
  const results: Value[] = [];
  if (iterators.length === 1) {
    const [iterator] = iterators;
    for (let element = iterator!.next(); element !== undefined; element = iterator!.next()) {
      results.push(f === null ? element : model.call(f, element));
    }
    return new PyList(results);
  }
  for (;;) {
    // Sequences that have ended go on with None until all have.
    const row = iterators.map((iterator) => iterator.next());
    if (row.every((element) => element === undefined)) return new PyList(results);
    const elements = row.map((element) => (element === undefined ? null : element));
    results.push(f === null ? new PyTuple(elements) : model.call(f, ...elements));
  }
}

function filter(callee?: Value, sequence?: Value): Value {
  unpacked('filter', 2, 2, arguments.length);
  const test = callee as Value;
  const keeps = (element: Value): boolean => truth(test === null ? element : model.call(test, element));
  if (typeof sequence === 'string') {
    return test === null ? sequence : elementsOf(sequence).filter(keeps).join('');
  }
  if (sequence instanceof PyTuple) return new PyTuple(peekElements(sequence).filter(keeps));
  const kept: Value[] = [];
  const iterator = iterate(sequence as Value);
  for (let element = iterator.next(); element !== undefined; element = iterator.next()) {
    if (keeps(element)) kept.push(element);
  }
  return new PyList(kept);
}

const roundFunction: PyFunction = function (number?: Value, digits?: Value): Value {
  if (arguments.length < 1) raise('TypeError', "Required argument 'number' (pos 1) not found");
  if (arguments.length > 2) raise('TypeError', `round() takes at most 2 arguments (${arguments.length} given)`);
  return round(number as Value, digits);
};
roundFunction.K = (args, names, values) => {
  const [number, digits] = bindKeywords('round', ['number', 'ndigits'], args, names, values);
  return number === undefined
    ? raise('TypeError', "Required argument 'number' (pos 1) not found")
    : round(number, digits);
};

/** Built-in functions by name. */
export const valueBuiltins: ReadonlyMap<string, PyFunction> = new Map<string, PyFunction>([
  ['abs', abs],
  ['chr', chr],
  ['cmp', cmp],
  ['divmod', divmod],
  ['filter', filter],
  ['hex', hex],
  ['len', len],
  ['map', map],
  ['max', extreme('max', greaterThan)],
  ['min', extreme('min', lessThan)],
  ['oct', oct],
  ['ord', ord],
  ['pow', pow],
  ['range', range],
  ['repr', reprFunction],
  ['round', roundFunction],
  ['sum', sum],
  ['zip', zip],
]);

for (const [name, builtin] of valueBuiltins) builtin.pyName = name;
