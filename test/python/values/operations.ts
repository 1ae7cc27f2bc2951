/** The operations that the recorded answers name, as functions of their arguments. */
import { createHash } from 'node:crypto';
import { dictDelete, dictGet, dictKeys, dictPopItem, dictSet } from '../../../child-runtime/python/containers/dict.js';
import { dictFromKeys, dictUpdate } from '../../../child-runtime/python/containers/dict-methods.js';
import { hashValue } from '../../../child-runtime/python/containers/hash.js';
import '../../../child-runtime/python/containers/list-methods.js';
import '../../../child-runtime/python/containers/set-methods.js';
import { setAdd, setDiscard, setElements, setFrom, setPop } from '../../../child-runtime/python/containers/set.js';
import { sortList } from '../../../child-runtime/python/containers/sort.js';
import { floatMethods, intMethods, longMethods, strMethods } from '../../../child-runtime/python/methods.js';
import { raise } from '../../../child-runtime/python/model.js';
import { toComplex, toFloat, toInt, toLong } from '../../../child-runtime/python/numbers/convert.js';
import { high } from '../../../child-runtime/python/numbers/hash64.js';
import { kindOf, LONG, makeInt } from '../../../child-runtime/python/numbers/kinds.js';
import { fromhex } from '../../../child-runtime/python/numbers/methods.js';
import { invert, negate, positive } from '../../../child-runtime/python/numbers/unary.js';
import { integer } from '../../../child-runtime/python/operations/arguments.js';
import * as arithmetic from '../../../child-runtime/python/operations/arithmetic.js';
import { between, unpacked } from '../../../child-runtime/python/operations/arity.js';
import { valueBuiltins } from '../../../child-runtime/python/operations/builtins.js';
import * as compare from '../../../child-runtime/python/operations/compare.js';
import { elementsOf } from '../../../child-runtime/python/operations/iterate.js';
import { makeXrange } from '../../../child-runtime/python/operations/ranges.js';
import { repr, str } from '../../../child-runtime/python/operations/repr.js';
import * as subscript from '../../../child-runtime/python/operations/subscript.js';
import { contains, length, truth } from '../../../child-runtime/python/operations/truth.js';
import { format } from '../../../child-runtime/python/text/format.js';
import '../../../child-runtime/python/text/methods.js';
import {
  PyDict,
  PyFrozenSet,
  type PyFunction,
  PyList,
  PySet,
  PySlice,
  PyTuple,
  type Value,
} from '../../../child-runtime/python/values.js';
import { Raised } from './fake-model.js';

type Operation = (...args: Value[]) => Value | Shown;

/** A result that is text already. */
export class Shown {
  constructor(readonly text: string) {}
}

/** What an attempt comes to, as the recorded answers show it. */
export function attempt(run: () => Value | Shown): string {
  try {
    const value = run();
    return value instanceof Shown ? value.text : repr(value);
  } catch (thrown) {
    if (thrown instanceof Raised) return thrown.text;
    throw thrown;
  }
}

const md5 = (value: Value): Shown => new Shown(createHash('md5').update(repr(value), 'latin1').digest('hex'));

function methodOf(value: Value, name: string): PyFunction {
  if (typeof value === 'string') return strMethods.get(name)!;
  if (typeof value === 'object' && value !== null) {
    const method = (value as unknown as Record<string, PyFunction | undefined>)[`m$${name}`];
    if (method !== undefined) return method;
  }
  return (
    kindOf(value) === LONG
      ? longMethods
      : Number.isInteger(value) || typeof value === 'boolean'
        ? intMethods
        : floatMethods
  ).get(name)!;
}

const special: Record<string, (object: Value, ...args: Value[]) => Value> = {
  __setitem__: (object, key, value) => {
    subscript.setItem(object, key!, value!);
    return null;
  },
  __delitem__: (object, key) => {
    subscript.deleteItem(object, key!);
    return null;
  },
  __getitem__: (object, key) => subscript.getItem(object, key!),
  __contains__: (object, element) => contains(object, element!),
  __iadd__: (object, other) => arithmetic.addInPlace(object, other!),
  __imul__: (object, other) => arithmetic.multiplyInPlace(object, other!),
  __or__: (object, other) => arithmetic.bitOr(object, other!),
  __and__: (object, other) => arithmetic.bitAnd(object, other!),
  __sub__: (object, other) => arithmetic.subtract(object, other!),
  __xor__: (object, other) => arithmetic.bitXor(object, other!),
  __ior__: (object, other) => arithmetic.bitOrInPlace(object, other!),
  __iand__: (object, other) => arithmetic.bitAndInPlace(object, other!),
  __isub__: (object, other) => arithmetic.subtractInPlace(object, other!),
  __ixor__: (object, other) => arithmetic.bitXorInPlace(object, other!),
  list: (object) => new PyList(elementsOf(object)),
  len: (object) => length(object),
};

function script(start: Value, steps: Value): Shown {
  const results = elementsOf(steps).map((step) => {
    const [name, args] = (step as PyTuple).a as [string, PyTuple];
    const operation = special[name] ?? methodOf(start, name);
    return attempt(() => operation(start, ...args.a));
  });
  return new Shown([...results, repr(start)].join('|'));
}

function build(kind: Value, count: Value, factor: Value, modulus: Value, keys: Value): Shown {
  const container = kind === 'dict' ? new PyDict() : new PySet();
  let x = 1;
  for (let i = 0; i < (count as number); i++) {
    x = Number((BigInt(x) * BigInt(factor as number) + 12345n) % BigInt(modulus as number));
    const key = keyFor(keys as string, x, modulus as number);
    if (i % 11 === 10 && keys !== 'str') {
      if (container instanceof PyDict) dictPopItem(container);
      else setPop(container);
    }
    if (container instanceof PyDict) dictSet(container, key, i);
    else setAdd(container, key);
    if (i % 5 === 4) {
      if (container instanceof PyDict) dictDelete(container, key);
      else setDiscard(container, key);
    }
  }
  return md5(new PyList(container instanceof PyDict ? dictKeys(container) : setElements(container)));
}

function keyFor(keys: string, x: number, modulus: number): Value {
  switch (keys) {
    case 'int':
      return x;
    case 'neg':
      return x - Math.floor(modulus / 2);
    case 'str':
      return `k${x}`;
    case 'tuple':
      return new PyTuple([x, x % 7]);
    case 'float':
      return arithmetic.divide(x, arithmetic.multiply(8, toFloat(1)));
    case 'big':
      return makeInt(BigInt(x) * 10n ** 15n);
    default:
      return new PyTuple([`k${x}`, x]);
  }
}

/** A slice object for o[a:b:c]. */
const extended = (a: Value, b: Value, c: Value): PySlice => new PySlice(a, b, c);

const inPlace = Object.fromEntries(
  Object.entries(arithmetic)
    .filter(([name]) => name.endsWith('InPlace'))
    .map(([name, operation]) => [
      name,
      (a: Value, b: Value) => {
        const result = (operation as Operation)(a, b) as Value;
        return new PyTuple([result, a]);
      },
    ]),
);

const checked =
  (name: string, most: number, f: (...args: Value[]) => Value): Operation =>
  (...args) => {
    between(name, 0, most, args.length);
    return f(...args);
  };

export const operations: Record<string, Operation> = {
  ...(arithmetic as unknown as Record<string, Operation>),
  ...Object.fromEntries(valueBuiltins),
  ...inPlace,
  lessThan: compare.lessThan as Operation,
  lessEqual: compare.lessEqual as Operation,
  greaterThan: compare.greaterThan as Operation,
  greaterEqual: compare.greaterEqual as Operation,
  equal: compare.equal as Operation,
  contains: contains as Operation,
  negate: negate as Operation,
  positive: positive as Operation,
  invert: invert as Operation,
  truth: truth as Operation,
  str: str as Operation,
  hash: (value) => {
    const low = hashValue(value!);
    return makeInt((BigInt(high()) << 32n) | BigInt(low >>> 0));
  },
  int: checked('int', 2, toInt),
  long: checked('long', 2, toLong),
  float: checked('float', 1, toFloat),
  complex: checked('complex', 2, toComplex),
  xrange: (...args) => makeXrange(...args),
  fromhex: fromhex as Operation,
  getItem: subscript.getItem as Operation,
  setItem: (object, index, value) => {
    subscript.setItem(object!, index!, value!);
    return object!;
  },
  deleteItem: (object, index) => {
    subscript.deleteItem(object!, index!);
    return object!;
  },
  getSlice: subscript.getSlice as Operation,
  setSlice: (object, a, b, value) => {
    subscript.setSlice(object!, a!, b!, value!);
    return object!;
  },
  deleteSlice: (object, a, b) => {
    subscript.deleteSlice(object!, a!, b!);
    return object!;
  },
  setExtended: (object, a, b, c, value) => {
    subscript.setItem(object!, extended(a!, b!, c!), value!);
    return object!;
  },
  deleteExtended: (object, a, b, c) => {
    subscript.deleteItem(object!, extended(a!, b!, c!));
    return object!;
  },
  elements: (value) => new PyList(elementsOf(value!)),
  dict: (...args) => {
    unpacked('dict', 0, 1, args.length);
    const dict = new PyDict();
    if (args[0] !== undefined) dictUpdate(dict, args[0]);
    return dict;
  },
  set: (...args) => {
    unpacked('set', 0, 1, args.length);
    return args[0] === undefined ? new PySet() : setFrom(new PySet(), args[0]);
  },
  frozenset: (...args) => {
    unpacked('frozenset', 0, 1, args.length);
    return args[0] === undefined ? new PyFrozenSet() : setFrom(new PyFrozenSet(), args[0]);
  },
  fromkeys: (...args) => {
    unpacked('fromkeys', 1, 2, args.length);
    return dictFromKeys(args[0]!, args[1] ?? null);
  },
  format: (text, args, keywords) => {
    const names = dictKeys(keywords as PyDict) as string[];
    return format(
      text as string,
      (args as PyTuple).a,
      names,
      names.map((name) => dictGet(keywords as PyDict, name) as Value),
    );
  },
  sort: (list, cmp, key, reverse) => {
    sortList(list as PyList, cmp!, key!, integer(reverse!) !== 0);
    return new PyTuple([null, list!]);
  },
  mulmod: (a, b, c, m) => arithmetic.multiplyModulo(a!, b!, c!, m!),
  mulmask: (a, b, c, m) => arithmetic.multiplyMask(a!, b!, c!, m!),
  script: (start, steps) => script(start!, steps!),
  build: (kind, count, factor, modulus, keys) => build(kind!, count!, factor!, modulus!, keys!),
};

/** The operation of a name such as `add`, or `str.find` for a method. */
export function operationNamed(name: string): Operation {
  const dot = name.indexOf('.');
  if (dot < 0) return operations[name] ?? raise('NotImplementedError', name);
  const method = name.slice(dot + 1);
  return (self, ...args) => methodOf(self!, method)(self, ...args);
}
