/** What calling a built-in type does: int(), str(), list() ... */
import '../containers/list-methods.js';
import '../containers/set-methods.js';
import '../text/methods.js';
import { addKeywords, dictUpdate } from '../containers/dict-methods.js';
import { setFrom } from '../containers/set.js';
import { model } from '../model.js';
import { toComplex, toFloat, toInt, toLong } from '../numbers/convert.js';
import { bindKeywords } from '../operations/arguments.js';
import { between, oneArgument, unpacked } from '../operations/arity.js';
import { fittingIndex } from '../operations/index-of.js';
import { elementsOf } from '../operations/iterate.js';
import { refuseOldIndex } from '../operations/old-style.js';
import { makeXrange } from '../operations/ranges.js';
import { str } from '../operations/repr.js';
import { resolveSlice } from '../operations/slices.js';
import { truth } from '../operations/truth.js';
import { PyDict, PyFrozenSet, type PyFunction, PyList, PySet, PySlice, PyTuple, type Value } from '../values.js';
import * as types from './types.js';

/** slice.indices(length). */
const indices: PyFunction = (self: PySlice, length: Value, ...more: Value[]) => {
  if (length === undefined || more.length > 0) oneArgument('indices', length === undefined ? 0 : 1 + more.length);
  refuseOldIndex(length);
  const size = fittingIndex(length, 'OverflowError');
  if (size === undefined) {
    return model.raise('TypeError', `'${model.typeName(length)}' object cannot be interpreted as an index`);
  }
  const { start, stop, step } = resolveSlice(self, size);
  // A size beyond what JavaScript's numbers hold exactly is an answer only as it was given.
  const exact = (part: number): Value => (part === size ? toInt(length) : part);
  return new PyTuple([exact(start), exact(stop), exact(step)]);
};
indices.pyName = 'indices';
Object.defineProperty(PySlice.prototype, 'm$indices', { value: indices });

/** `f` takes the parameters' values, undefined where none is given; `parameters` are the keyword names, empty when there are none. */
function install(type: types.CoreType, parameters: readonly string[], f: PyFunction): void {
  types.setConstructor(type, f);
  if (parameters.length === 0) return;
  type.cls.K = (args, names, values) => f(...(bindKeywords(type.name, parameters, args, names, values) as Value[]));
}

install(types.intType, ['x', 'base'], (x?: Value, base?: Value, ...more: Value[]) => {
  if (more.length > 0) between('int', 0, 2, 2 + more.length);
  return toInt(x, base);
});
install(types.longType, ['x', 'base'], (x?: Value, base?: Value, ...more: Value[]) => {
  if (more.length > 0) between('long', 0, 2, 2 + more.length);
  return toLong(x, base);
});
install(types.floatType, ['x'], (x?: Value, ...more: Value[]) => {
  if (more.length > 0) between('float', 0, 1, 1 + more.length);
  return toFloat(x);
});
install(types.complexType, ['real', 'imag'], (real?: Value, imag?: Value, ...more: Value[]) => {
  if (more.length > 0) between('complex', 0, 2, 2 + more.length);
  return toComplex(real, imag);
});
install(types.boolType, ['x'], (x?: Value, ...more: Value[]) => {
  if (more.length > 0) between('bool', 0, 1, 1 + more.length);
  return x !== undefined && truth(x);
});
install(types.strType, ['object'], (object?: Value, ...more: Value[]) => {
  if (more.length > 0) between('str', 0, 1, 1 + more.length);
  return object === undefined ? '' : str(object);
});
install(types.listType, ['sequence'], (sequence?: Value, ...more: Value[]) => {
  if (more.length > 0) between('list', 0, 1, 1 + more.length);
  return new PyList(sequence === undefined ? [] : elementsOf(sequence));
});
install(types.tupleType, ['sequence'], (sequence?: Value, ...more: Value[]) => {
  if (more.length > 0) between('tuple', 0, 1, 1 + more.length);
  if (sequence instanceof PyTuple) return sequence;
  return new PyTuple(sequence === undefined ? [] : elementsOf(sequence));
});
install(types.setType, [], (...args: Value[]) => {
  unpacked('set', 0, 1, args.length);
  return args[0] === undefined ? new PySet() : setFrom(new PySet(), args[0]);
});
install(types.frozensetType, [], (...args: Value[]) => {
  unpacked('frozenset', 0, 1, args.length);
  if (args[0] instanceof PyFrozenSet) return args[0];
  return args[0] === undefined ? new PyFrozenSet() : setFrom(new PyFrozenSet(), args[0]);
});
for (const type of [types.setType, types.frozensetType]) {
  type.cls.K = () => model.raise('TypeError', `${type.name}() does not take keyword arguments`);
}
install(types.sliceType, [], (...args: Value[]) => {
  unpacked('slice', 1, 3, args.length);
  const [a, b, c] = args as [Value, Value?, Value?];
  return b === undefined ? new PySlice(null, a, null) : new PySlice(a, b, c ?? null);
});
install(types.xrangeType, [], (...args: Value[]) => {
  if (args.length < 1 || args.length > 3) return model.raise('TypeError', 'xrange() requires 1-3 int arguments');
  return makeXrange(...(args as [Value]));
});

function newDict(args: readonly Value[], names: readonly string[], values: readonly Value[]): PyDict {
  const dict = new PyDict();
  initDict(dict, args, names, values);
  return dict;
}

function initDict(dict: PyDict, args: readonly Value[], names: readonly string[], values: readonly Value[]): void {
  unpacked('dict', 0, 1, args.length);
  if (args[0] !== undefined) dictUpdate(dict, args[0]);
  if (names.length > 0) addKeywords(dict, names, values);
}

install(types.dictType, [], (...args: Value[]) => newDict(args, [], []));
types.dictType.cls.K = newDict;
const init = types.asSlots(PyDict.prototype).m$__init__ as PyFunction;
init.K = ([self, ...args], names, values) => {
  initDict(self as PyDict, args, names, values);
  return null;
};
