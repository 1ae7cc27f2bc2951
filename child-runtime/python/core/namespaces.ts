/**
 * Contexts: the global variables of programs that share them with other code. RepyV2 shows a context to guests as a SafeDict.
 * Compiled code reads and writes cells; the SafeDict is brought up to date when somebody looks at it.
 */
import { dictCopy, dictDelete, dictForEach, dictGet, dictItem, dictSet } from '../containers/dict.js';
import { raise } from '../model.js';
import { hooks } from '../operations/hooks.js';
import { iterate } from '../operations/iterate.js';
import { repr } from '../operations/repr.js';
import { isSafeName } from '../safety/names.js';
import { PyDict, type PyFunction, type PyIterator, PyObject, type Value } from '../values.js';
import { builtins } from './builtins.js';
import { raiseNamed } from './exceptions.js';
import { noName } from './handlers.js';
import { shownAs } from './objects.js';
import { runtime } from './runtime.js';
import { makeType, objectType } from './types.js';

/** A global variable. `v` is the built-in of that name while the context has none. */
export class GlobalCell {
  v: Value | undefined;

  constructor(
    value: Value | undefined,
    readonly builtin: Value | undefined,
  ) {
    this.v = value === undefined ? builtin : value;
  }

  get own(): Value | undefined {
    return this.v === this.builtin ? undefined : this.v;
  }
}

/** `del` of a global. */
runtime.deleteGlobal = (cell: GlobalCell, name: string): void => {
  if (cell.own === undefined) noName(name);
  cell.v = cell.builtin;
};

function checkKey(key: Value): string {
  if (typeof key !== 'string') return raise('TypeError', "'SafeDict' keys must be of string type!");
  return isSafeName(key) ? key : raise('ValueError', `Unsafe key: ${repr(key)}`);
}

export class SafeDict extends PyObject {
  private readonly content = new PyDict();
  private readonly cells = new Map<string, GlobalCell>();

  /** The variable that compiled code uses under this name. */
  cell(name: string): GlobalCell {
    let cell = this.cells.get(name);
    if (cell === undefined) {
      cell = new GlobalCell(dictGet(this.content, name), builtins.get(name));
      this.cells.set(name, cell);
    }
    return cell;
  }

  /** The variables as a dict, up to date. Changes to it are lost. */
  get dict(): PyDict {
    for (const [name, { own }] of this.cells) {
      const known = dictGet(this.content, name);
      if (own === known) continue;
      if (own === undefined) dictDelete(this.content, name);
      else dictSet(this.content, name, own);
    }
    return this.content;
  }

  set(key: Value, value: Value): void {
    const name = checkKey(key);
    dictSet(this.dict, name, value);
    const cell = this.cells.get(name);
    if (cell !== undefined) cell.v = value;
  }

  delete(key: Value): void {
    const name = checkKey(key);
    dictDelete(this.dict, name);
    const cell = this.cells.get(name);
    if (cell !== undefined) cell.v = cell.builtin;
  }

  reprText(): string {
    return repr(this.dict);
  }

  iterate(): PyIterator {
    return iterate(this.dict);
  }
}

makeType({
  name: 'SafeDict',
  module: 'safe',
  bases: [objectType],
  newStyle: false,
  proto: SafeDict.prototype,
  construct: () => new SafeDict(),
});

Object.defineProperty(SafeDict.prototype, 'unchangeable', { value: "'SafeDict' attributes are read-only!" });

/** Methods that only read, and answer as those of the dict do. */
const reading = ['keys', 'values', 'items', 'iterkeys', 'itervalues', 'iteritems', 'has_key', 'get'];

function installMethod(name: string, method: PyFunction): void {
  method.pyName = name;
  Object.defineProperty(SafeDict.prototype, `m$${name}`, { value: method });
}

for (const name of reading) {
  const method = (PyDict.prototype as unknown as Record<string, PyFunction>)[`m$${name}`]!;
  installMethod(name, (self: SafeDict, ...args: Value[]) => method(self.dict, ...args));
}
installMethod('__iter__', (self: SafeDict) => self.iterate());
installMethod('__repr__', (self: SafeDict) => self.reprText());
installMethod('__str__', (self: SafeDict) => self.reprText());
installMethod('copy', (self: SafeDict) => safeDictFrom(dictCopy(self.dict)));
installMethod('clear', (self: SafeDict) => {
  for (const key of [...self.dict.m.keys()]) self.delete(key as string);
  return null;
});
installMethod('setdefault', (self: SafeDict, key: Value, value: Value = null) => {
  const found = dictGet(self.dict, key);
  if (found !== undefined) return found;
  self.set(key, value);
  return value;
});
installMethod('pop', (self: SafeDict, key: Value, ...more: Value[]) => {
  const found = dictGet(self.dict, key);
  if (found === undefined) return more[0] === undefined ? raise('KeyError', key) : more[0];
  self.delete(key);
  return found;
});
installMethod('popitem', (self: SafeDict) => {
  const item = (PyDict.prototype as unknown as Record<string, PyFunction>).m$popitem!(dictCopy(self.dict));
  const [key] = (item as unknown as { a: Value[] }).a;
  self.delete(key!);
  return item;
});
installMethod('update', (self: SafeDict, source: Value = null) => {
  if (source instanceof PyDict) dictForEach(source, (key, value) => self.set(key, value));
  else if (source instanceof SafeDict) dictForEach(dictCopy(source.dict), (key, value) => self.set(key, value));
  else if (source !== null) {
    const pairs = (builtins.get('dict') as PyFunction)(source) as PyDict;
    dictForEach(pairs, (key, value) => self.set(key, value));
  }
  return null;
});

/** A SafeDict with the entries of a dict; the errors are those of assignments. */
export function safeDictFrom(dict: PyDict): SafeDict {
  const made = new SafeDict();
  dictForEach(dict, (key, value) => made.set(key, value));
  return made;
}

const unsafeContext = (why: string): never =>
  raiseNamed('ContextUnsafeError', `Provided context is not safe! Exception: ${why}`);

/** The context that a guest hands over to code: a SafeDict itself, or a copy of a dict. */
export function contextFrom(value: Value): SafeDict | undefined {
  if (value instanceof SafeDict) return value;
  if (!(value instanceof PyDict)) return undefined;
  const made = new SafeDict();
  dictForEach(value, (key, element) => {
    if (typeof key !== 'string') unsafeContext("'SafeDict' keys must be of string type!");
    if (!isSafeName(key as string)) unsafeContext(`Unsafe key: ${repr(key)}`);
    made.set(key, element);
  });
  return made;
}

const previous = { ...hooks };
Object.assign(hooks, {
  length: (o: PyObject) => (o instanceof SafeDict ? o.dict.size : previous.length(o)),
  contains: (o: PyObject, element: Value) =>
    o instanceof SafeDict ? dictGet(o.dict, element) !== undefined : previous.contains(o, element),
  getItem: (o: PyObject, index: Value) =>
    o instanceof SafeDict ? dictItem(o.dict, index) : previous.getItem(o, index),
  setItem: (o: PyObject, index: Value, value: Value) => {
    if (!(o instanceof SafeDict)) return previous.setItem(o, index, value);
    o.set(index, value);
    return true;
  },
  deleteItem: (o: PyObject, index: Value) => {
    if (!(o instanceof SafeDict)) return previous.deleteItem(o, index);
    o.delete(index);
    return true;
  },
  entries: (o: PyObject) => {
    if (!(o instanceof SafeDict)) return previous.entries(o);
    const entries: [Value, Value][] = [];
    dictForEach(o.dict, (key, value) => entries.push([key, value]));
    return entries;
  },
});

/** SafeDict(), as guests call it: a dict's entries, or none for anything else. */
const getSafeDict: PyFunction = (source: Value = null) =>
  source instanceof PyDict
    ? safeDictFrom(source)
    : source instanceof SafeDict
      ? safeDictFrom(source.dict)
      : new SafeDict();
getSafeDict.pyName = 'get_SafeDict';
getSafeDict.K = (_args, names) => raise('TypeError', `__init__() got an unexpected keyword argument '${names[0]}'`);
shownAs.set(getSafeDict, '<function get_SafeDict at @>');
builtins.set('SafeDict', getSafeDict);
