/**
 * Runs the loops behind sorting until V8 has compiled them: they work on typed arrays, or on arrays of one kind of object, so
 * children never prove that code wrong, and each would spend as long on compiling it as on sorting ten thousand numbers. Called in
 * the zygote alone, with the compilers on.
 */
import { sortList } from './containers/sort.js';
import { PyFloat, PyList, PyTuple, type Value } from './values.js';

/** So long that V8 finds the loops worth compiling in the second round. */
const LENGTH = 2500;
const ROUNDS = 4;

export function compileAhead(): void {
  const large = numbers();
  const small = large.map((number) => number % 97);
  const fractions = large.map((number) => number / 64 + 1 / 3);
  for (let round = 0; round < ROUNDS; round++) {
    for (const list of [large, small, fractions, anything(large), halves(small)]) sort(list);
    sort(large.map((number, i) => [ofInts, ofDoubles, ofAnything][i % 3]!(number % 97, number)));
    sort(large.map((number, i) => [ofInts, ofDoubles, ofAnything][i % 3]!(number % 97, fractions[i]!)));
  }
}

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
