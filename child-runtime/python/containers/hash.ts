/** hash() of any value, in two halves (see hash64.ts). Values that CPython hashes by address get the address of the model. */
import { model, raise } from '../model.js';
import { finish, hashBigInt, hashFloat, hashInt, hashStr, high, multiply, sum } from '../numbers/hash64.js';
import {
  PyComplex,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyInt,
  PyList,
  PyLong,
  PySet,
  PySlice,
  PyTuple,
  type Value,
} from '../values.js';

/** None hashes by its address in CPython, which differs from run to run but for the low 8 bits; this was one of them. */
const NONE_ADDRESS = 8730179917022;

/** The low half of the hash of a value; the high half is in `high()`. TypeError if it is unhashable. */
export function hashValue(value: Value): number {
  switch (typeof value) {
    case 'string':
      return hashStr(value);
    case 'number':
      return Number.isInteger(value) ? hashInt(value) : hashFloat(value);
    case 'boolean':
      return hashInt(value ? 1 : 0);
    case 'function':
      return hashAddress(value);
  }
  if (value === null) return hashInt(NONE_ADDRESS);
  if (value instanceof PyTuple) return hashTuple(value.a);
  if (value instanceof PyLong) return typeof value.v === 'number' ? hashInt(value.v) : hashBigInt(value.v);
  if (value instanceof PyFloat) return hashFloat(value.f);
  if (value instanceof PyInt) return hashBigInt(BigInt.asIntN(64, value.v));
  if (value instanceof PyFrozenSet) return hashFrozenSet(value);
  if (value instanceof PyComplex) return hashComplex(value);
  if (value instanceof PySlice) return raise('TypeError', 'unhashable type');
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) {
    return raise('TypeError', `unhashable type: '${model.typeName(value)}'`);
  }
  return hashAddress(value);
}

/** CPython rotates addresses by 4 bits, because the low ones are mostly 0. */
function hashAddress(value: Value): number {
  return hashInt(Math.floor(model.address(value) / 16));
}

function hashTuple(elements: readonly Value[]): number {
  let hi = 0;
  let lo = 0x345678;
  let factor = 1000003;
  for (let i = 0, rest = elements.length - 1; rest >= 0; i++, rest--) {
    const elementLow = hashValue(elements[i]!);
    const elementHigh = high();
    lo = multiply(hi ^ elementHigh, lo ^ elementLow, Math.floor(factor / 4294967296), factor | 0);
    hi = high();
    factor += 82520 + rest + rest;
  }
  lo = sum(hi, lo, 0, 97531);
  return finish(high(), lo);
}

function hashComplex(value: PyComplex): number {
  const realLow = hashFloat(value.re);
  const realHigh = high();
  const imaginaryLow = hashFloat(value.im);
  const productLow = multiply(high(), imaginaryLow, 0, 1000003);
  const low = sum(realHigh, realLow, high(), productLow);
  return finish(high(), low);
}

/** Independent of the order of the elements. */
function hashFrozenSet(set: PyFrozenSet): number {
  let lo = multiply(0, 1927868237, 0, set.m.size + 1);
  let hi = high();
  for (const element of set.m.values()) {
    const elementLow = hashValue(element);
    const elementHigh = high();
    const shiftedHigh = (elementHigh << 16) | (elementLow >>> 16);
    const mixed = multiply(elementHigh ^ shiftedHigh, elementLow ^ (elementLow << 16) ^ 89869747, 0, 3644798167 | 0);
    lo ^= mixed;
    hi ^= high();
  }
  const product = multiply(hi, lo, 0, 69069);
  lo = sum(high(), product, 0, 907133923);
  hi = high();
  return (hi & lo) === -1 ? finish(0, 590923713) : finish(hi, lo);
}
