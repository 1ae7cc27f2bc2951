/** SafeDict, as guests see it: the methods and the comparison of Python's UserDict.DictMixin, on keys that are safe names. */

import { dictCopy, dictForEach, dictKeys } from '../containers/dict.js';
import { addKeywords, dictUpdate } from '../containers/dict-methods.js';
import { TupleIterator } from '../containers/iterators.js';
import { raise } from '../model.js';
import { compare } from '../operations/compare.js';
import { hooks } from '../operations/hooks.js';
import { PyDict, type PyFunction, PyIterator, PyList, type PyObject, PyTuple, type Value } from '../values.js';
import { builtins } from './builtins.js';
import { wrongArguments } from './calls.js';
import { SafeDict, safeDictFrom } from './namespaces.js';
import { shownAs } from './types.js';

type Method = (self: SafeDict, ...args: Value[]) => Value;

/** A method that takes so many arguments besides `self`; `more`: any number on top. */
function install(name: string, least: number, most: number, method: Method, more = false): PyFunction {
  const code = {
    name,
    file: '',
    line: 0,
    params: Array(most + 1).fill(''),
    varargs: more,
    varkw: false,
    lastFrame: undefined,
  };
  const f: PyFunction = (self: SafeDict, ...args: Value[]) => {
    const wrong = args.length < least || (args.length > most && !more);
    return wrong ? wrongArguments(code, most - least, args.length + 1) : method(self, ...args);
  };
  f.pyName = name;
  Object.defineProperty(SafeDict.prototype, `m$${name}`, { value: f });
  return f;
}

const keysOf = (self: SafeDict): Value[] => dictKeys(self.dict);
const item = (self: SafeDict, key: Value): Value => self.get(key) ?? absent(self, key);
/** None is null, so `??` alone doesn't tell. */
const absent = (self: SafeDict, key: Value): Value => (self.get(key) === null ? null : raise('KeyError', key));
const entriesOf = (self: SafeDict): PyTuple[] => keysOf(self).map((key) => new PyTuple([key, item(self, key)]));

/** Walks the keys that there were at the beginning; values are looked up at each step. */
class Steps extends PyIterator {
  private readonly keys: TupleIterator;

  constructor(
    keys: readonly Value[],
    private readonly show: (key: Value) => Value,
  ) {
    super();
    this.keys = new TupleIterator(keys);
  }

  next(): Value | undefined {
    const key = this.keys.next();
    return key === undefined ? undefined : this.show(key);
  }
}

const walk = (self: SafeDict): PyIterator => new Steps(keysOf(self), (key) => key);

Object.defineProperty(SafeDict.prototype, 'iterate', {
  value(this: SafeDict): PyIterator {
    return walk(this);
  },
});
install('keys', 0, 0, (self) => new PyList(keysOf(self)));
install('values', 0, 0, (self) => new PyList(keysOf(self).map((key) => item(self, key))));
install('items', 0, 0, (self) => new PyList(entriesOf(self)));
install('__iter__', 0, 0, walk);
install('iterkeys', 0, 0, walk);
install('itervalues', 0, 0, (self) => new Steps(keysOf(self), (key) => item(self, key)));
install('iteritems', 0, 0, (self) => new Steps(keysOf(self), (key) => new PyTuple([key, item(self, key)])));
install('has_key', 1, 1, (self, key) => self.get(key!) !== undefined);
install('get', 1, 2, (self, key, other = null) => {
  const found = self.get(key!);
  return found === undefined ? other : found;
});
install('__repr__', 0, 0, (self) => self.reprText());
install('__str__', 0, 0, (self) => self.reprText());
install('copy', 0, 0, (self) => {
  const copy = safeDictFrom(dictCopy(self.dict));
  // A context's copy is a context: what referred to the original, as `_context` does, refers to the copy.
  dictForEach(self.dict, (key, value) => {
    if (value === self) copy.set(key, copy);
  });
  return copy;
});
install('clear', 0, 0, (self) => {
  for (const key of keysOf(self)) self.delete(key);
  return null;
});
install('setdefault', 1, 2, (self, key, value = null) => {
  const found = self.get(key!);
  if (found !== undefined) return found;
  self.set(key!, value);
  return value;
});
install(
  'pop',
  1,
  1,
  (self, key, ...more) => {
    if (more.length > 1) raise('TypeError', `pop expected at most 2 arguments, got ${more.length + 1}`);
    const found = self.get(key!);
    if (found === undefined) return more.length === 0 ? raise('KeyError', key!) : more[0]!;
    self.delete(key!);
    return found;
  },
  true,
);
install('popitem', 0, 0, (self) => {
  const [first] = entriesOf(self);
  if (first === undefined) return raise('KeyError', 'container is empty');
  self.delete(first.a[0]!);
  return first;
});
install('__init__', 0, 1, () => raise('TypeError', "'SafeDict' attributes are read-only!"));

function setAll(self: SafeDict, entries: PyDict): null {
  dictForEach(entries, (key, value) => self.set(key, value));
  return null;
}

function update(self: SafeDict, source: Value | undefined): null {
  if (source === undefined || source === null) return null;
  const entries = new PyDict();
  dictUpdate(entries, source);
  return setAll(self, entries);
}

install('update', 0, 1, update).K = ([self, ...args], names, values) => {
  update(self as SafeDict, args[0]);
  const keywords = new PyDict();
  addKeywords(keywords, names, values);
  return setAll(self as SafeDict, keywords);
};

/** `f` for SafeDicts, what was there before for other objects. */
function hook<Name extends keyof typeof hooks>(name: Name, f: (self: SafeDict, ...rest: Value[]) => unknown): void {
  const previous = hooks[name] as (o: PyObject, ...rest: Value[]) => unknown;
  const chained = (o: PyObject, ...rest: Value[]): unknown =>
    o instanceof SafeDict ? f(o, ...rest) : previous(o, ...rest);
  hooks[name] = chained as (typeof hooks)[Name];
}

hook('length', (self) => self.dict.size);
hook('contains', (self, element) => self.get(element!) !== undefined);
hook('getItem', (self, key) => item(self, key!));
hook('setItem', (self, key, value) => {
  self.set(key!, value!);
  return true;
});
hook('deleteItem', (self, key) => {
  self.delete(key!);
  return true;
});
hook('entries', (self) => entriesOf(self).map(({ a }) => a));
hook('compare', (self, other) => {
  if (other === null) return 1;
  return compare(self.dict, other instanceof SafeDict ? other.dict : other!);
});
Object.defineProperty(SafeDict.prototype, 'unhashable', { value: true });

/** SafeDict(), as guests call it: a dict's entries, or none for anything else. */
const init = {
  name: '__init__',
  file: '',
  line: 0,
  params: ['self', 'from_dict'],
  varargs: false,
  varkw: false,
  lastFrame: undefined,
};
const getSafeDict: PyFunction = (...args: Value[]) => {
  if (args.length > 1) return wrongArguments(init, 1, args.length + 1);
  const [source] = args;
  if (source instanceof SafeDict) return safeDictFrom(source.dict);
  return source instanceof PyDict && source.I !== true ? safeDictFrom(source) : new SafeDict();
};
getSafeDict.pyName = 'get_SafeDict';
getSafeDict.K = (args, names, values) => {
  const unknown = names.find((name) => name !== 'from_dict');
  if (unknown !== undefined) raise('TypeError', `__init__() got an unexpected keyword argument '${unknown}'`);
  if (args.length > 0) raise('TypeError', "__init__() got multiple values for keyword argument 'from_dict'");
  return getSafeDict(values[0]!);
};
shownAs.set(getSafeDict, '<function get_SafeDict at @>');
builtins.set('SafeDict', getSafeDict);
