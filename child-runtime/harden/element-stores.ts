/**
 * Freezing Array.prototype and Object.prototype without making operations on arrays slow.
 *
 * An object that V8 freezes gets "frozen" elements, and as long as one of an array's prototypes has such, V8 takes each store to the
 * array for one that may have to fail: it leaves the inline caches (measured: half of a sieve's time). An object whose properties are
 * in a hash table gets a table of elements instead, an empty one here, which costs nothing.
 *
 * Properties must not be made read-only one by one, either: as soon as Array.prototype.constructor is defined anew, V8 looks up the
 * constructor of every array that is sliced, spliced or mapped, and copies it by slow steps (measured: ten times the time).
 *
 * ses keeps the `Object.freeze` that it finds while it loads, hence this module is imported before it.
 */
import { compile } from '../compile-function.js';
import { withEngineFunctions } from '../engine-functions.js';

const { freeze, isFrozen, setPrototypeOf } = Object;

const prototypes: readonly object[] = [Object.prototype, Array.prototype];

/**
 * Puts an object's properties into a hash table. The language has no other way to that for a prototype than a thousand more properties, and
 * for each V8 copies the description of all before it: 26 MB, and a tenth of a zygote's start.
 */
const toTable = withEngineFunctions(() =>
  compile('%OptimizeObjectForAddingMultipleProperties(object, 0);', ['object'], 'harden'),
);

function freezeAsTable(object: object): void {
  toTable(object);
  freeze(object);
  // V8 gives an object that becomes a prototype the form in which its properties are quick to read; its elements stay as they are.
  setPrototypeOf({}, object);
}

Object.freeze = <T>(value: T): Readonly<T> => {
  if (!prototypes.includes(value as object)) return freeze(value);
  if (!isFrozen(value)) freezeAsTable(value as object);
  return value;
};

/** To be called as soon as ses is loaded: the language's own function comes back. */
export function restoreFreeze(): void {
  Object.freeze = freeze;
}
