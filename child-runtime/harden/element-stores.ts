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
const { freeze, isFrozen, setPrototypeOf } = Object;

const prototypes: readonly object[] = [Object.prototype, Array.prototype];

/** With so many more properties V8 puts them all into a hash table, where they stay when these are gone. */
const MANY = 1100;

function freezeAsTable(object: Record<string, unknown>): void {
  for (let i = 0; i < MANY; i++) object[`temporary${i}`] = i;
  for (let i = 0; i < MANY; i++) delete object[`temporary${i}`];
  freeze(object);
  // V8 gives an object that becomes a prototype the form in which its properties are quick to read.
  setPrototypeOf({}, object);
}

Object.freeze = <T>(value: T): Readonly<T> => {
  if (!prototypes.includes(value as object)) return freeze(value);
  if (!isFrozen(value)) freezeAsTable(value as Record<string, unknown>);
  return value;
};

/** To be called as soon as ses is loaded: the language's own function comes back. */
export function restoreFreeze(): void {
  Object.freeze = freeze;
}
