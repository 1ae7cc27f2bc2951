/** What many programs make hot, to be compiled in the zygote (see `warm/machine-code.ts`), with what it is used for. */
import type { HotFunction } from '../warm/machine-code.js';
import { ListIterator } from './containers/iterators.js';
import { builtins } from './core/builtins.js';
import { hotArithmetic } from './hot-arithmetic.js';
import { strMethods } from './methods.js';
import { getItem } from './operations/subscript.js';
import {
  assembled,
  LONGEST,
  putChar,
  putDecimal,
  putHead,
  putHex,
  putHexLiteral,
  putPadded,
  putText,
  putThree,
  putValue,
} from './text/assemble.js';
import { hexText, intText } from './text/digits.js';
import { flatten } from './text/flatten.js';
import { join } from './text/methods.js';
import { PyDict, type PyFunction, PyList, PyTuple } from './values.js';

const builtin = (name: string): PyFunction => builtins.get(name) as PyFunction;
const method = (name: string): PyFunction => strMethods.get(name) as PyFunction;

const str = builtin('str');
const hex = builtin('hex');
const length = builtin('len');
const find = method('find');

const text = 'abcdefghijklmn';
const texts = ['', 'a', text + text.slice(1), text.repeat(30)];
const list = new PyList([1, 0.5, 'a', null]);
const tuple = new PyTuple([1, 'a']);
const dict = new PyDict();
/** Ints of every count of digits that has code of its own; the largest is no small int to V8. */
const ints = [0, 7, 12, 123, 1234, 65536, 123456, 12345678, 0x12345678, 2 ** 40];
const signed = [...ints, -1, -123456];
/** One end more than there are texts. */
const ends = Array.from({ length: LONGEST + 2 }, (_, end) => end);

function each<T>(values: readonly T[], use: (value: T) => unknown): void {
  for (const value of values) use(value);
}

function walk(): void {
  const iterator = new ListIterator(list);
  while (iterator.next() !== undefined);
}

export const hotFunctions: readonly HotFunction[] = [
  ...hotArithmetic,
  [intText, () => each(signed, intText)],
  [hexText, () => each(ints, hexText)],
  [str, () => each([...signed, 0.5, text, true, null, list], (value) => str(value))],
  [hex, () => each(ints, (value) => hex(value))],
  [builtin('chr'), () => builtin('chr')(97)],
  [builtin('ord'), () => builtin('ord')('a')],
  [length, () => each([text, list, tuple, dict], (value) => length(value))],
  [find, () => each(['b', 'z'], (part) => find(text, part))],
  [getItem, () => each([text, list, tuple], (sequence) => [getItem(sequence, 1), getItem(sequence, -1)])],
  [ListIterator.prototype.next, walk],
  [flatten, () => each(texts, flatten)],
  [join, () => each([[], ['a'], texts], (parts) => join(',', new PyList(parts)))],
  [putChar, () => putChar(0, 58)],
  [putHead, () => each([1, 12, 123], (value) => putHead(0, value))],
  [putThree, () => putThree(0, 123)],
  [putText, () => each([text, '', 5], (value) => putText(putText(0, value), text))],
  [putValue, () => each([...signed, text], (value) => putValue(putValue(0, value), value))],
  [putDecimal, () => each([...signed, text], (value) => putDecimal(putDecimal(0, value), value))],
  [putPadded, () => each([...ints, text], (value) => putPadded(putPadded(0, value, 5, 48), value, 5, 48))],
  [putHex, () => each([...ints, text], (value) => putHex(putHex(0, value, 4, 48), value, 4, 48))],
  [putHexLiteral, () => each([...ints, text], (value) => putHexLiteral(putHexLiteral(0, value), value))],
  [assembled, () => each(ends, assembled)],
];
