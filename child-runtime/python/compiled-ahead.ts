/**
 * Runs what sorting and dicts are made of until V8 has compiled it. The loops behind sorting work on typed arrays, or on arrays of one
 * kind of object, so children never prove that code wrong; dicts are shown keys and values of the usual kinds. Each child would
 * spend as long on compiling as on sorting ten thousand numbers, or on a hundred thousand keys. Called in the zygote alone, with
 * the compilers on.
 */
import { leaveUncompiled } from '../warm/machine-code.js';
import { dictGet, dictKeys, dictValues } from './containers/dict.js';
import { hashValue } from './containers/hash.js';
import { sortList } from './containers/sort.js';
import { getItem, setItem } from './operations/subscript.js';
import { contains } from './operations/truth.js';
import { PyDict, PyFloat, PyFrozenSet, PyList, PyLong, PySet, PyTuple, type Value } from './values.js';

/** So long that V8 finds the loops worth compiling in the second round. */
const LENGTH = 2500;
const ROUNDS = 4;
/** Keys of a dict that has grown often enough for V8 to compile that. */
const WIDE = 40_000;

/** An object of each shape: V8 throws code away whose shapes have no object any more. */
const kept: unknown[] = [];

export function compileAhead(): void {
  leaveUncompiled([compileAhead, count, anything, halves, numbers]);
  const large = numbers();
  const small = large.map((number) => number % 97);
  const fractions = large.map((number) => number / 64 + 1 / 3);
  for (let round = 0; round < ROUNDS; round++) {
    for (const list of [large, small, fractions, anything(large), halves(small)]) sort(list);
    sort(large.map((number, i) => [ofInts, ofDoubles, ofAnything][i % 3]!(number % 97, number)));
    sort(large.map((number, i) => [ofInts, ofDoubles, ofAnything][i % 3]!(number % 97, fractions[i]!)));
    count(small, large);
  }
  const wide = new PyDict();
  for (let i = 0; i < WIDE; i++) setItem(wide, i * 7, i);
  kept.push(new PyFloat(1), new PyLong(1), new PyTuple([]), new PyList([]), new PySet(), new PyFrozenSet());
}

/** Fills dicts with keys of each kind, by turns, as the feedback is to hold them all. */
function count(small: readonly number[], large: readonly number[]): void {
  const kinds: ((i: number) => Value)[] = [
    (i) => small[i]!,
    (i) => large[i]! % 1009,
    (i) => large[i]!,
    (i) => `k${large[i]! % 1009}`,
    (i) => new PyTuple([small[i]!, i % 7]),
  ];
  const dicts = kinds.map(() => new PyDict());
  const texts = small.slice(0, 97).map((number) => `v${number}`);
  kept.push(dicts);
  for (let i = 0; i < LENGTH; i++) {
    for (const [kind, keyOf] of kinds.entries()) {
      const key = keyOf(i);
      for (const operation of operations) operation(dicts[kind]!, key, i % 3 === 0 ? texts[i % 97]! : i);
    }
  }
  for (const dict of dicts) {
    dictKeys(dict);
    dictValues(dict);
  }
  const list = new PyList([...small, null]);
  for (let i = 0; i < LENGTH; i++) for (const operation of [getItem, setItem]) operation(list, i, i);
}

/** In a list, so that V8 compiles each by itself, and does not put it into its caller. */
const operations: readonly ((dict: PyDict, key: Value, value: Value) => unknown)[] = [
  dictGet,
  contains,
  setItem,
  contains,
  getItem,
  (_, key) => hashValue(key),
];

/*
 * V8 has arrays of small ints, of doubles, and of anything. Code that was compiled without having seen one of them is wrong about it,
 * and the engine remembers the more general one alone unless they take turns.
 */
const ofInts = (x: Value): PyTuple => new PyTuple([x, x]);
const ofDoubles = (x: Value, y: Value): PyTuple => new PyTuple([x, y]);
const ofAnything = (x: Value, y: Value): PyTuple => new PyTuple(anything([x, y]));

function sort(elements: readonly Value[]): void {
  sortList(new PyList(elements.slice()), null, null, false);
}

/** Unsigned ints of 32 bits. */
function numbers(): number[] {
  const array: number[] = [];
  let x = 7;
  for (let i = 0; i < LENGTH; i++) {
    x = (Math.imul(x, 69069) + 1) >>> 0;
    array.push(x);
  }
  return array;
}

/** The same in an array of anything. */
function anything(values: readonly Value[]): Value[] {
  const array: Value[] = [null];
  for (const value of values) array.push(value);
  array[0] = values[0]!;
  return array;
}

/** Floats, some integral. */
const halves = (values: readonly number[]): Value[] =>
  values.map((value) => (value % 2 === 0 ? new PyFloat(value / 2) : value / 2));
