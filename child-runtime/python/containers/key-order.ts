/**
 * The order of keys that are all numbers, or all strs, found without touching what they belong to: keys and positions lie in typed
 * arrays. The result is that of any stable sort. Loops are functions of their own, which V8 compiles while they first run.
 */
import { PyFloat, type PyTuple, type Value } from '../values.js';
import { orderBits, sortBits } from './radix.js';

/** Keys of one kind. Ints that lie within 2**32 of each other stand as bits: unsigned, counted from the least of them. */
export type Keys = Int32Array | Float64Array | readonly string[];

/** Fewer keys the engine's own sort is quicker for. */
const FEWEST = 256;

/** The keys if all are numbers with an order, floats in boxes included, or all are strs; undefined otherwise. */
export function keysOf(values: readonly Value[]): Keys | undefined {
  if (typeof values.at(0) === 'string') return areStrings(values) ? values : undefined;
  const numbers = numbersOf(values) ?? unboxed(values);
  return numbers && keysOfNumbers(numbers);
}

/** The same of one column of some tuples, where none is too short. */
export function keysOfColumn(rows: readonly PyTuple[], column: number): Keys | undefined {
  const numbers = numbersInColumn(rows, column);
  return numbers === undefined ? keysOf(columnOf(rows, column) as Value[]) : keysOfNumbers(numbers);
}

function keysOfNumbers(numbers: Float64Array): Keys {
  return bitsOf(numbers, least(numbers)) ?? numbers;
}

function areStrings(values: readonly Value[]): values is readonly string[] {
  for (let i = 0; i < values.length; i++) if (typeof values[i] !== 'string') return false;
  return true;
}

/*
 * JavaScript numbers that have an order: no NaN among them. `at` reads arrays of all kinds as they are; an index makes V8 turn an
 * array of doubles into one of anything first.
 */
export function numbersOf(values: readonly Value[]): Float64Array | undefined {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values.at(i);
    if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
    numbers[i] = value;
  }
  return numbers;
}

function numbersInColumn(rows: readonly PyTuple[], column: number): Float64Array | undefined {
  const numbers = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = rows[i]!.a.at(column);
    if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
    numbers[i] = value;
  }
  return numbers;
}

function columnOf(rows: readonly PyTuple[], column: number): (Value | undefined)[] {
  const values: (Value | undefined)[] = [];
  for (let i = 0; i < rows.length; i++) values.push(rows[i]!.a.at(column));
  return values;
}

/** The same where some are floats in boxes. */
function unboxed(values: readonly Value[]): Float64Array | undefined {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values.at(i);
    const number = value instanceof PyFloat ? value.f : value;
    if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
    numbers[i] = number;
  }
  return numbers;
}

function least(numbers: Float64Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < numbers.length; i++) if (numbers[i]! < smallest) smallest = numbers[i]!;
  return smallest;
}

/** Integral numbers, counted from the least of them; undefined if some are not, or are too far away. */
function bitsOf(numbers: Float64Array, from: number): Int32Array | undefined {
  const bits = new Int32Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    const distance = number - from;
    if (Math.floor(number) !== number || distance > 0xffffffff) return undefined;
    bits[i] = distance;
  }
  return bits;
}

/** JavaScript numbers in ascending order. */
export function sortNumbers(numbers: Float64Array): number[] {
  if (numbers.length < FEWEST) return Array.from(numbers.sort());
  const from = least(numbers);
  const bits = bitsOf(numbers, from);
  return bits === undefined ? arrayOf(numbers.sort()) : countedFrom(from, sortBits(bits));
}

function arrayOf(numbers: Float64Array): number[] {
  const array: number[] = [];
  for (let i = 0; i < numbers.length; i++) array.push(numbers[i]!);
  return array;
}

function countedFrom(from: number, bits: Int32Array): number[] {
  const array: number[] = [];
  for (let i = 0; i < bits.length; i++) array.push((bits[i]! >>> 0) + from);
  return array;
}

/** The positions of the keys in their order; equal keys keep theirs. */
export function orderOf(keys: Keys): Int32Array {
  const positions = upTo(keys.length);
  if (keys instanceof Int32Array) return orderBits(keys, positions);
  if (keys instanceof Float64Array) return doubleOrder(keys, positions);
  return positions.sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : 0));
}

/** 0, 1, 2 ... */
export function upTo(count: number): Int32Array {
  const positions = new Int32Array(count);
  for (let i = 0; i < count; i++) positions[i] = i;
  return positions;
}

/** Runs that insertion sorts before merging begins. */
const RUN = 8;

/** For doubles alone: V8 would compile comparisons of numbers and of strings in one place to slow ones of anything. */
function doubleOrder(keys: Float64Array, start: Int32Array): Int32Array {
  const { length } = keys;
  let positions: Int32Array = start;
  for (let from = 0; from < length; from += RUN) insert(keys, positions, from, Math.min(from + RUN, length));
  let merged: Int32Array = new Int32Array(length);
  for (let width = RUN; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      merge(keys, positions, merged, from, Math.min(from + width, length), Math.min(from + 2 * width, length));
    }
    [positions, merged] = [merged, positions];
  }
  return positions;
}

function insert(keys: Float64Array, positions: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const position = positions[i]!;
    const key = keys[position]!;
    let at = i;
    while (at > from && key < keys[positions[at - 1]!]!) {
      positions[at] = positions[at - 1]!;
      at--;
    }
    positions[at] = position;
  }
}

/** Merges the sorted ranges from..middle and middle..to. */
function merge(
  keys: Float64Array,
  positions: Int32Array,
  into: Int32Array,
  from: number,
  middle: number,
  to: number,
): void {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    if (left < middle && (right >= to || keys[positions[left]!]! <= keys[positions[right]!]!)) {
      into[at] = positions[left++]!;
    } else into[at] = positions[right++]!;
  }
}
