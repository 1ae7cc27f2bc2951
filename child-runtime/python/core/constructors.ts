/** What calling a built-in type does: int(), str(), list() ... */
import { dictMerge, dictSet } from '../containers/dict.js';
import { setFrom } from '../containers/set.js';
import { raise } from '../model.js';
import { asComplex } from '../numbers/complex.js';
import { isIntegral, kindOf, COMPLEX, FLOAT, doubleOf, makeInt, makeLong, payload } from '../numbers/kinds.js';
import { between, unpacked } from '../operations/arity.js';
import { elementsOf, iterate, iteratorOf } from '../operations/iterate.js';
import { fittingIndex } from '../operations/index-of.js';
import { str } from '../operations/repr.js';
import { truth } from '../operations/truth.js';
import {
  PyComplex,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyInt,
  PyList,
  PyLong,
  PySet,
  PySlice,
  PyTuple,
  type PyFunction,
  type Value,
} from '../values.js';
import { complexFromText, doubleFromText, floatValue, integerFromText } from './number-text.js';
import { xrange } from './ranges.js';
import * as types from './types.js';
import { findAttribute } from './attributes.js';
import { attributeName } from './state.js';

/** Puts keyword arguments behind the positional ones, by the names of the parameters. */
function positional(name: string, parameters: readonly string[], f: PyFunction): PyFunction['K'] {
  return (args, names, values) => {
    const all: (Value | undefined)[] = [...args];
    between(name, 0, parameters.length, args.length + names.length);
    for (const [i, given] of names.entries()) {
      const at = parameters.indexOf(given);
      if (at < 0) return raise('TypeError', `'${given}' is an invalid keyword argument for this function`);
      if (all[at] !== undefined) return raise('TypeError', `Argument given by name ('${given}') and position (${at + 1})`);
      all[at] = values[i]!;
    }
    return f(...(all as Value[]));
  };
}

function install(type: types.CoreType, f: PyFunction, parameters?: readonly string[]): void {
  types.setConstructor(type, f);
  const K = parameters === undefined ? undefined : positional(type.name, parameters, f);
  if (K !== undefined) type.cls.K = K;
}

function wholeNumber(name: 'int' | 'long', value: Value, base?: Value): Value {
  if (base !== undefined) {
    if (typeof value !== 'string') {
      return raise('TypeError', value === undefined ? `${name}() missing string argument` : `${name}() can't convert non-string with explicit base`);
    }
    const radix = fittingIndex(base, 'OverflowError');
    if (radix === undefined) return raise('TypeError', 'an integer is required');
    return integerFromText(name, value, radix);
  }
  if (typeof value === 'string') return integerFromText(name, value, 10);
  const kind = kindOf(value);
  if (kind === FLOAT) {
    const x = doubleOf(value);
    if (Number.isNaN(x)) return raise('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(x)) return raise('OverflowError', 'cannot convert float infinity to integer');
    const whole = Math.trunc(x) + 0;
    if (name === 'long') return makeLong(BigInt(whole));
    return Number.isSafeInteger(whole) ? whole : makeInt(BigInt(whole));
  }
  if (kind === COMPLEX) return raise('TypeError', `can't convert complex to ${name}`);
  if (!isIntegral(value)) {
    return raise('TypeError', `${name}() argument must be a string or a number, not '${types.typeName(value)}'`);
  }
  const content = payload(value);
  if (name === 'long') return value instanceof PyLong ? value : makeLong(content);
  if (typeof content === 'number') return content;
  return value instanceof PyInt ? value : makeInt(content);
}

const int: PyFunction = (value?: Value, base?: Value, ...more: Value[]) => {
  if (more.length > 0) between('int', 0, 2, 2 + more.length);
  if (typeof value === 'number' && base === undefined && Number.isInteger(value)) return value;
  if (value === undefined) return base === undefined ? 0 : raise('TypeError', 'int() missing string argument');
  return wholeNumber('int', value, base);
};

const long: PyFunction = (value?: Value, base?: Value, ...more: Value[]) => {
  if (more.length > 0) between('long', 0, 2, 2 + more.length);
  if (value === undefined) return base === undefined ? new PyLong(0) : raise('TypeError', 'long() missing string argument');
  return wholeNumber('long', value, base);
};

const float: PyFunction = (value?: Value, ...more: Value[]) => {
  if (more.length > 0) between('float', 0, 1, 1 + more.length);
  if (value === undefined) return new PyFloat(0);
  if (typeof value === 'string') return floatValue(doubleFromText(value));
  const kind = kindOf(value);
  if (kind === COMPLEX) return raise('TypeError', "can't convert complex to float");
  if (kind === 0) return raise('TypeError', 'float() argument must be a string or a number');
  return value instanceof PyFloat ? value : floatValue(doubleOf(value));
};

const complex: PyFunction = (re?: Value, im?: Value, ...more: Value[]) => {
  if (more.length > 0) between('complex', 0, 2, 2 + more.length);
  if (typeof re === 'string') {
    return im === undefined ? complexFromText(re) : raise('TypeError', "complex() can't take second arg if first is a string");
  }
  if (typeof im === 'string') return raise('TypeError', "complex() second arg can't be a string");
  if ((re !== undefined && kindOf(re) === 0) || (im !== undefined && kindOf(im) === 0)) {
    return raise('TypeError', 'complex() argument must be a string or a number');
  }
  if (im === undefined && re instanceof PyComplex) return re;
  const a = asComplex(re ?? 0);
  const b = asComplex(im ?? 0);
  return new PyComplex(a.re - b.im, a.im + b.re);
};

function fillDict(dict: PyDict, source: Value): void {
  if (source instanceof PyDict) return dictMerge(dict, source);
  const keys = typeof source === 'object' && source !== null ? findAttribute(source, attributeName('keys')) : undefined;
  if (keys !== undefined) {
    const mapping = types.asSlots(source as object).mapping as PyDict | undefined;
    if (mapping !== undefined) return dictMerge(dict, mapping);
  }
  const iterator = iterate(source);
  let position = 0;
  for (let pair = iterator.next(); pair !== undefined; pair = iterator.next(), position++) {
    if (iteratorOf(pair) === undefined) {
      return raise('TypeError', `cannot convert dictionary update sequence element #${position} to a sequence`);
    }
    const parts = elementsOf(pair);
    if (parts.length !== 2) {
      return raise('ValueError', `dictionary update sequence element #${position} has length ${parts.length}; 2 is required`);
    }
    dictSet(dict, parts[0]!, parts[1]!);
  }
}

/** `dict.update` and dict(): a mapping or pairs, then keywords. */
export function updateDict(dict: PyDict, name: string, args: readonly Value[], names: readonly string[] = [], values: readonly Value[] = []): void {
  unpacked(name, 0, 1, args.length);
  if (args[0] !== undefined) fillDict(dict, args[0]);
  for (const [i, key] of names.entries()) dictSet(dict, key, values[i]!);
}

install(types.intType, int, ['x', 'base']);
install(types.longType, long, ['x', 'base']);
install(types.floatType, float, ['x']);
install(types.complexType, complex, ['real', 'imag']);
install(
  types.boolType,
  (...args: Value[]) => {
    between('bool', 0, 1, args.length);
    return args[0] !== undefined && truth(args[0]);
  },
  ['x'],
);
install(
  types.strType,
  (...args: Value[]) => {
    if (args.length > 1) between('str', 0, 1, args.length);
    return args[0] === undefined ? '' : str(args[0]);
  },
  ['object'],
);
install(
  types.listType,
  (...args: Value[]) => {
    between('list', 0, 1, args.length);
    return new PyList(args[0] === undefined ? [] : elementsOf(args[0]));
  },
  ['sequence'],
);
install(
  types.tupleType,
  (...args: Value[]) => {
    between('tuple', 0, 1, args.length);
    if (args[0] === undefined) return new PyTuple([]);
    return args[0] instanceof PyTuple ? args[0] : new PyTuple(elementsOf(args[0]));
  },
  ['sequence'],
);
install(types.dictType, (...args: Value[]) => {
  const dict = new PyDict();
  updateDict(dict, 'dict', args);
  return dict;
});
types.dictType.cls.K = (args, names, values) => {
  const dict = new PyDict();
  updateDict(dict, 'dict', args, names, values);
  return dict;
};
install(types.setType, (...args: Value[]) => {
  unpacked('set', 0, 1, args.length);
  return args[0] === undefined ? new PySet() : setFrom(new PySet(), args[0]);
});
install(types.frozensetType, (...args: Value[]) => {
  unpacked('frozenset', 0, 1, args.length);
  if (args[0] === undefined) return new PyFrozenSet();
  return args[0] instanceof PyFrozenSet ? args[0] : setFrom(new PyFrozenSet(), args[0]);
});
for (const type of [types.setType, types.frozensetType]) {
  type.cls.K = () => raise('TypeError', `${type.name}() does not take keyword arguments`);
}
install(types.sliceType, (...args: Value[]) => {
  unpacked('slice', 1, 3, args.length);
  const [a, b, c] = args as [Value, Value?, Value?];
  return b === undefined ? new PySlice(null, a, null) : new PySlice(a, b, c ?? null);
});
install(types.xrangeType, xrange);

