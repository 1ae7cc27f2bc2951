/** Operations on dicts. Everyone who adds or deletes keys goes through here. */
import { model, raise } from '../model.js';
import { flatten } from '../text/flatten.js';
import { type Key, PyDict, type Value } from '../values.js';
import { IntTable } from './int-table.js';
import { keyOf } from './keys.js';
import {
  clearKeys,
  deleteKey,
  insertedKeys,
  keepsTable,
  keyAdded,
  keyMerged,
  orderedKeys,
  originalKey,
  popKey,
  presize,
  reserveForMerge,
} from './order.js';

/** An empty dict for a display with `count` entries, which sizes its table as CPython's does. */
export function newDict(count: number): PyDict {
  const dict = new PyDict();
  if (count > 5) presize(dict, Math.min(count, 0xffff));
  return dict;
}

/** dict[key] = value; TypeError if the key is unhashable. */
export function dictSet(dict: PyDict, key: Value, value: Value): void {
  if (typeof value === 'string') flatten(value);
  if (typeof key === 'number') {
    if (dict.ints === undefined || !dict.ints.replace(key, value)) setNumber(dict, key, value);
  } else if (dict.order === undefined && dict.ints === undefined && typeof key === 'string') dict.map.set(key, value);
  else dictSetOrdered(dict, key, value);
}

/** How many keys make a dict large enough for a table of ints, which takes more memory than a small Map. */
const MANY = 64;

function setNumber(dict: PyDict, key: number, value: Value): void {
  const { ints } = dict;
  if (ints !== undefined && isInt32(key)) {
    // Without the box that V8 may have the number in.
    ints.add(key | 0, value);
    if (dict.order !== undefined) keyAdded(dict, key);
    return;
  }
  const { m } = dict;
  const { size } = m;
  m.set(key, value);
  if (m.size === size) return;
  if (dict.order !== undefined) keyAdded(dict, key);
  if (m.size === MANY) useInts(dict);
}

const isInt32 = (key: unknown): key is number => typeof key === 'number' && (key | 0) === key;

/** Puts the keys into a table of ints if they are all of that kind, and none was ever deleted. */
function useInts(dict: PyDict): void {
  if (dict.k !== undefined || keepsTable(dict)) return;
  for (const key of dict.map.keys()) if (!isInt32(key)) return;
  const ints = new IntTable();
  for (const [key, value] of dict.map) ints.add((key as number) | 0, value);
  dict.ints = ints;
  dict.map = new Map();
}

function dictSetOrdered(dict: PyDict, key: Value, value: Value): void {
  if (typeof key === 'string') setKey(dict, key, value);
  else setOther(dict, key, value);
}

function setKey(dict: PyDict, key: Key, value: Value): void {
  const { m } = dict;
  const { size } = m;
  m.set(key, value);
  if (m.size !== size && dict.order !== undefined) keyAdded(dict, key);
}

/** A key that is not its own Map key, or an object. The first of equal keys stays, as in CPython. */
function setOther(dict: PyDict, value: Value, content: Value): void {
  const key = keyOf(value);
  if (key !== value && !dict.m.has(key)) {
    dict.k ??= new Map();
    dict.k.set(key, value);
  }
  setKey(dict, key, content);
}

/** The value of a key, undefined if it is absent; TypeError if the key is unhashable. */
export function dictGet(dict: PyDict, key: Value): Value | undefined {
  return dict.find(typeof key === 'string' || typeof key === 'number' ? key : keyOf(key));
}

/** Whether the key is there; TypeError if it is unhashable. */
export function dictHas(dict: PyDict, key: Value): boolean {
  return dict.find(typeof key === 'string' || typeof key === 'number' ? key : keyOf(key)) !== undefined;
}

/** dict[key]; KeyError if it is absent. */
export function dictItem(dict: PyDict, key: Value): Value {
  const value = dict.find(typeof key === 'string' || typeof key === 'number' ? key : keyOf(key));
  return value === undefined ? missing(key) : value;
}

/** A KeyError. A tuple key is the one argument of the exception all the same. */
export function missing(key: Value): never {
  return raise('KeyError', key);
}

/** del dict[key]; KeyError if it is absent. */
export function dictDelete(dict: PyDict, value: Value): void {
  const key = keyOf(value);
  if (!dict.m.has(key)) missing(value);
  deleteKey(dict, key);
}

/** The keys, values and (key, value) pairs in the order of iteration. */
export function dictKeys(dict: PyDict): Value[] {
  const keys = orderedKeys(dict);
  if (dict.k === undefined) return keys.slice() as Value[];
  return keys.map((key) => originalKey(dict, key));
}

export function dictValues(dict: PyDict): Value[] {
  return orderedKeys(dict).map((key) => dict.find(key) as Value);
}

/** Calls `visit` for each entry, in the order of iteration as it is now. */
export function dictForEach(dict: PyDict, visit: (key: Value, value: Value) => void): void {
  for (const key of orderedKeys(dict)) {
    const value = dict.find(key);
    // A visit may run guest code that deletes keys.
    if (value !== undefined) visit(originalKey(dict, key), value);
  }
}

export function dictClear(dict: PyDict): void {
  clearKeys(dict);
}

/** dict.update(other) for another dict. */
export function dictMerge(dict: PyDict, other: PyDict): void {
  if (dict === other || other.size === 0) return;
  const keys = orderedKeys(other);
  reserveForMerge(dict, keys.length);
  const { m } = dict;
  for (const key of keys) {
    const { size } = m;
    m.set(key, other.find(key) as Value);
    if (m.size === size) continue;
    const original = other.k?.get(key);
    if (original !== undefined) {
      dict.k ??= new Map();
      dict.k.set(key, original);
    }
    keyMerged(dict, key);
  }
}

export function dictCopy(dict: PyDict): PyDict {
  const copy = new PyDict();
  dictMerge(copy, dict);
  return copy;
}

/** Takes out an entry: the one that popitem() takes. KeyError if there is none. */
export function dictPopItem(dict: PyDict): [Value, Value] {
  if (dict.size === 0) raise('KeyError', 'popitem(): dictionary is empty');
  const key = popKey(dict);
  const entry: [Value, Value] = [originalKey(dict, key), dict.m.get(key) as Value];
  dict.m.delete(key);
  dict.k?.delete(key);
  return entry;
}

/** Whether two dicts have equal keys with equal values. */
export function dictsEqual(a: PyDict, b: PyDict, equal: (x: Value, y: Value) => boolean): boolean {
  if (a.size !== b.size) return false;
  for (const key of insertedKeys(a)) {
    const value = a.find(key);
    const other = b.find(key);
    if (value === undefined || other === undefined || !equal(value, other)) return false;
  }
  return true;
}

export const unhashable = (value: Value): never => raise('TypeError', `unhashable type: '${model.typeName(value)}'`);
