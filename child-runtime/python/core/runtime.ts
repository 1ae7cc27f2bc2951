/** The runtime object that compiled code is linked to: every function that its text may name. */
import { dictSet, newDict } from '../containers/dict.js';
import { strMethods } from '../methods.js';
import { raise } from '../model.js';
import { boxed, doubleOrNaN } from '../numbers/kinds.js';
import { invert, negate, positive } from '../numbers/unary.js';
import * as arithmetic from '../operations/arithmetic.js';
import { equal, greaterEqual, greaterThan, identical, lessEqual, lessThan } from '../operations/compare.js';
import { iterate } from '../operations/iterate.js';
import { deleteItem, deleteSlice, getItem, getSlice, setItem, setSlice } from '../operations/subscript.js';
import { contains, truth } from '../operations/truth.js';
import '../text/methods.js';
import { checkChars } from '../operations/bounds.js';
import { str } from '../operations/repr.js';
import * as assembly from '../text/assemble.js';
import { hexText } from '../text/digits.js';
import { kept } from '../text/flatten.js';
import { formatPercent } from '../text/percent.js';
import { type PyDict, PyList, PySingleton, PySlice, PyTuple, type Value } from '../values.js';
import { callMethod, callMethodG, deleteAttribute, getAttribute, setAttribute } from './attributes.js';
import { CallSite, callNamed, callNamedG } from './call-sites.js';
import { call, callG, callGeneral, callGeneralG, makeFunction, takeKeywords, wrongArguments } from './calls.js';
import { badInit, makeClass, noInit } from './classes.js';
import {
  again,
  caught,
  failedAssertion,
  handle,
  matches,
  noFree,
  noGlobal,
  noLocal,
  noName,
  raised,
  raisedG,
  reraise,
} from './handlers.js';
import { rangeBound, rangeStep } from './ranges.js';
import { Cell, passing, T, tb } from './state.js';
import { tryInt, tryItem } from './tried.js';
import { ellipsisType, notImplementedType } from './types.js';
import './objects.js';

/** A dict display: value, key, value, key ... as CPython evaluates them. */
function makeDict(parts: readonly Value[]): PyDict {
  const dict = newDict(parts.length / 2);
  for (let i = 0; i < parts.length; i += 2) dictSet(dict, parts[i + 1]!, parts[i]!);
  return dict;
}

/** A str that was put together, unless it is too long. */
function fitting(text: string): string {
  checkChars(text.length);
  return text;
}

/** hex() of what `texts.ts` in the compiler keeps of it: an int that isn't negative, or the text. */
const hexOf = (value: number | string): string => (typeof value === 'string' ? value : `0x${hexText(value)}`);

/** The elements of a sequence that is unpacked into `count` targets; they may be the sequence's own array. */
function unpack(value: Value, count: number): readonly Value[] {
  if ((value instanceof PyTuple || (value instanceof PyList && value.I !== true)) && value.a.length === count)
    return value.a;
  return unpackSlowly(value, count);
}

function unpackSlowly(value: Value, count: number): readonly Value[] {
  const elements: Value[] = [];
  const iterator = iterate(value);
  while (elements.length < count) {
    const element = iterator.next();
    if (element === undefined) {
      const plural = elements.length === 1 ? '' : 's';
      return raise('ValueError', `need more than ${elements.length} value${plural} to unpack`);
    }
    elements.push(element);
  }
  if (iterator.next() !== undefined) return raise('ValueError', 'too many values to unpack');
  return elements;
}

const unpackCopy = (value: Value, count: number): readonly Value[] => unpack(value, count).slice();

export const ellipsis = new PySingleton('Ellipsis');
export const notImplemented = new PySingleton('NotImplemented');
Object.defineProperty(ellipsis, 'T', { value: ellipsisType });
Object.defineProperty(notImplemented, 'T', { value: notImplementedType });

/** Methods of str, for calls on what turns out to be one. */
const strFunctions = Object.fromEntries([...strMethods].map(([name, method]) => [`str$${name}`, method]));

/** Filled in further by the parts of core that come later (`tick`, `dropped`, `deleteGlobal`). */
export const runtime: Record<string, unknown> = {
  ...arithmetic,
  ...assembly,
  ...strFunctions,
  again,
  badInit,
  call,
  callG,
  callGeneral,
  callGeneralG,
  callMethod,
  callMethodG,
  callNamed,
  callNamedG,
  CallSite,
  caught,
  Cell,
  contains,
  deleteAttribute,
  deleteItem,
  deleteSlice,
  ellipsis,
  emptyTuple: new PyTuple([]),
  equal,
  failedAssertion,
  fitting,
  boxed,
  doubleOrNaN,
  floor: Math.floor,
  formatPercent,
  getAttribute,
  getItem,
  getSlice,
  greaterEqual,
  greaterThan,
  handle,
  hexOf,
  identical,
  imul: Math.imul,
  invert,
  iterate,
  kept,
  lessEqual,
  lessThan,
  makeClass,
  makeDict,
  makeFunction,
  matches,
  negate,
  noFree,
  noGlobal,
  noInit,
  noLocal,
  noName,
  passing,
  positive,
  PyList,
  PySlice,
  PyTuple,
  raised,
  raisedG,
  rangeBound,
  rangeStep,
  reraise,
  setAttribute,
  setItem,
  setSlice,
  sqrt: Math.sqrt,
  str,
  T,
  takeKeywords,
  tb,
  truth,
  tryInt,
  tryItem,
  unpack,
  unpackCopy,
  wrongArguments,
};
