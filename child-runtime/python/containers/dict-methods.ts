// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** The methods of dict. */
import { model, raise } from '../model.js';
import { installOn, type MethodTable, noArguments, oneArgument, unpacked } from '../operations/arity.js';
import { hooks } from '../operations/hooks.js';
import { iterate, iterateInto, peekElementsOr } from '../operations/iterate.js';
import { getItem } from '../operations/subscript.js';
import { PyDict, type PyFunction, PyList, PyMethod, PyObject, PyTuple, type Value } from '../values.js';
import {
  dictClear,
  dictCopy,
  dictDelete,
  dictForEach,
  dictGet,
  dictHas,
  dictKeys,
  dictMerge,
  dictPopItem,
  dictSet,
  dictValues,
  missing,
} from './dict.js';
import { DictItemIterator, DictKeyIterator, DictValueIterator } from './iterators.js';
import { keyMerged, orderedKeys, originalKey, sizeOf, startTable } from './order.js';
import { isSet } from './set.js';
import { DictItemsView, DictKeysView, DictValuesView } from './views.js';

function plain(name: string, apply: (dict: PyDict) => Value): PyFunction {
  return function (self: PyDict): Value {
    if (arguments.length !== 1) noArguments(name, arguments.length - 1);
    return apply(self);
  };
}

/** Adds what dict() and update() take: another dict, anything with keys(), or an iterable of pairs. */
export function dictUpdate(dict: PyDict, source: Value): void {
  if (source instanceof PyDict) {
    dictMerge(dict, source);
    return;
  }
  const entries = source instanceof PyObject ? hooks.entries(source) : undefined;
  if (entries !== undefined) {
    for (const [key, value] of entries) dictSet(dict, key, value);
    return;
  }
  const keys = hooks.keysAttribute(source);
  if (keys !== undefined) {
    if (typeof keys !== 'function' && !(keys instanceof PyMethod)) {
      raise('TypeError', `attribute of type '${model.typeName(keys)}' is not callable`);
    }
    iterateInto(model.call(keys), (key) => dictSet(dict, key, getItem(source, key)));
    return;
  }
  let index = 0;
  iterateInto(source, (pair) => {
    const parts = peekElementsOr(pair, () =>
      raise('TypeError', `cannot convert dictionary update sequence element #${index} to a sequence`),
    );
    if (parts.length !== 2) {
      raise('ValueError', `dictionary update sequence element #${index} has length ${parts.length}; 2 is required`);
    }
    dictSet(dict, parts[0]!, parts[1]!);
    index += 1;
  });
}

const update: PyFunction = function (self: PyDict, source?: Value): Value {
  unpacked('update', 0, 1, arguments.length - 1);
  if (source !== undefined) dictUpdate(self, source);
  return null;
};
update.K = (args, names, values) => {
  unpacked('update', 0, 1, args.length - 1);
  const self = args[0] as PyDict;
  if (args[1] !== undefined) dictUpdate(self, args[1]);
  addKeywords(self, names, values);
  return null;
};

/** Adds keyword arguments as if from a dict of them. */
export function addKeywords(dict: PyDict, names: readonly string[], values: readonly Value[]): void {
  const keywords = new PyDict();
  names.forEach((name, i) => {
    dictSet(keywords, name, values[i] as Value);
  });
  dictMerge(dict, keywords);
}

/** dict.fromkeys(keys, value). */
export function dictFromKeys(keys: Value, value: Value): PyDict {
  const dict = new PyDict();
  if ((keys instanceof PyDict || isSet(keys)) && keys.I !== true) {
    // CPython sizes the table for this many, and doesn't let it grow meanwhile.
    startTable(dict, Math.floor(sizeOf(keys) / 2) * 3);
    for (const key of orderedKeys(keys)) {
      const original = originalKey(keys, key);
      if (original !== key) {
        dict.k ??= new Map();
        dict.k.set(key, original);
      }
      dict.m.set(key, value);
      keyMerged(dict, key);
    }
  } else iterateInto(keys, (key) => dictSet(dict, key, value));
  return dict;
}

export const fromkeys: PyFunction = function (keys?: Value, value: Value = null): Value {
  unpacked('fromkeys', 1, 2, arguments.length);
  return dictFromKeys(keys as Value, value);
};
fromkeys.pyName = 'fromkeys';

function items(dict: PyDict): Value[] {
  const pairs: Value[] = [];
  dictForEach(dict, (key, value) => pairs.push(new PyTuple([key, value])));
  return pairs;
}

const methods: MethodTable = {
  keys: plain('keys', (dict) => new PyList(dictKeys(dict))),
  values: plain('values', (dict) => new PyList(dictValues(dict))),
  items: plain('items', (dict) => new PyList(items(dict))),
  iterkeys: plain('iterkeys', (dict) => new DictKeyIterator(dict)),
  itervalues: plain('itervalues', (dict) => new DictValueIterator(dict)),
  iteritems: plain('iteritems', (dict) => new DictItemIterator(dict)),
  viewkeys: plain('viewkeys', (dict) => new DictKeysView(dict)),
  viewvalues: plain('viewvalues', (dict) => new DictValuesView(dict)),
  viewitems: plain('viewitems', (dict) => new DictItemsView(dict)),
  copy: plain('copy', dictCopy),
  clear: plain('clear', (dict) => {
    dictClear(dict);
    return null;
  }),
  popitem: plain('popitem', (dict) => new PyTuple(dictPopItem(dict))),
  update,
  has_key(self: PyDict, key?: Value): Value {
    oneArgument('has_key', arguments.length - 1);
    return dictHas(self, key as Value);
  },
  get(self: PyDict, key?: Value, otherwise: Value = null): Value {
    if (arguments.length < 2 || arguments.length > 3) unpacked('get', 1, 2, arguments.length - 1);
    const value = dictGet(self, key as Value);
    return value === undefined ? otherwise : value;
  },
  setdefault(self: PyDict, key?: Value, otherwise: Value = null): Value {
    unpacked('setdefault', 1, 2, arguments.length - 1);
    const value = dictGet(self, key as Value);
    if (value !== undefined) return value;
    dictSet(self, key as Value, otherwise);
    return otherwise;
  },
  pop(self: PyDict, key?: Value, otherwise?: Value): Value {
    unpacked('pop', 1, 2, arguments.length - 1);
    const value = dictGet(self, key as Value);
    if (value === undefined) return otherwise === undefined ? missing(key as Value) : otherwise;
    dictDelete(self, key as Value);
    return value;
  },
  fromkeys(_self: PyDict, keys?: Value, value: Value = null): Value {
    unpacked('fromkeys', 1, 2, arguments.length - 1);
    return dictFromKeys(keys as Value, value);
  },
  __iter__: plain('__iter__', (dict) => new DictKeyIterator(dict)),
  __init__(self: PyDict, source?: Value): Value {
    unpacked('dict', 0, 1, arguments.length - 1);
    if (source !== undefined) dictUpdate(self, source);
    return null;
  },
};

installOn(PyDict.prototype, methods);
for (const view of [DictKeysView, DictValuesView, DictItemsView]) {
  installOn(view.prototype, { __iter__: (self: Value) => iterate(self) });
}
