/**
 * Contexts: the global variables of programs that share them with other code. RepyV2 shows a context to guests as a SafeDict.
 * Compiled code reads and writes cells; the SafeDict is brought up to date when somebody looks at it.
 */
import { dictDelete, dictForEach, dictGet, dictSet } from '../containers/dict.js';
import { raise } from '../model.js';
import { repr } from '../operations/repr.js';
import { isSafeName } from '../safety/names.js';
import { PyDict, PyObject, type Value } from '../values.js';
import { builtins } from './builtins.js';
import { raiseNamed } from './exceptions.js';
import { noName } from './handlers.js';
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

/** The errors of RepyV2's SafeDict, which every look at a key may raise. */
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

  /** The value of a key; undefined if it is absent. */
  get(key: Value): Value | undefined {
    return dictGet(this.dict, checkKey(key));
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

/** What Python puts there by itself. */
const skipped: ReadonlySet<Value> = new Set(['__builtins__', '__doc__']);

/** A SafeDict with the entries of a dict; the errors are those of assignments. */
export function safeDictFrom(dict: PyDict): SafeDict {
  const made = new SafeDict();
  dictForEach(dict, (key, value) => {
    if (!skipped.has(key)) made.set(key, value);
  });
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
    if (skipped.has(key)) return;
    if (typeof key !== 'string') unsafeContext("'SafeDict' keys must be of string type!");
    if (!isSafeName(key as string)) unsafeContext(`Unsafe key: ${repr(key)}`);
    made.set(key, element);
  });
  return made;
}
