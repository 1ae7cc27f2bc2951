// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** range() and xrange(). */
import { model, raise } from '../model.js';
import { COMPLEX, INT, kindOf, LONG, makeInt, makeLong, payload } from '../numbers/kinds.js';
import { PyList, PyXrange, type Value } from '../values.js';
import { integer } from './arguments.js';
import { unpacked } from './arity.js';
import { checkItems } from './bounds.js';
import { refuseOldInstance } from './old-style.js';

/** An argument of range(): CPython takes ints and longs, of any size. */
function rangeArgument(value: Value, which: string): number | bigint {
  const kind = kindOf(value);
  if (kind === INT || kind === LONG) return payload(value);
  if (kind === COMPLEX) return raise('TypeError', "can't convert complex to int");
  refuseOldInstance(value, '__trunc__');
  return raise('TypeError', `range() integer ${which} argument expected, got ${model.typeName(value)}.`);
}

export function range(first?: Value, second?: Value, third?: Value): Value {
  unpacked('range', 1, 3, arguments.length);
  if (arguments.length === 1 && typeof first === 'number' && Number.isInteger(first)) return counting(0, first, 1);
  const [low, high, by] =
    arguments.length === 1 ? [0, first as Value, 1] : [first as Value, second as Value, third ?? 1];
  const stop = rangeArgument(high, 'end');
  const start = arguments.length === 1 ? 0 : rangeArgument(low, 'start');
  const step = rangeArgument(third === null ? null : by, 'step');
  if (step === 0) return raise('ValueError', 'range() step argument must not be zero');
  const plain = [low, high, by].every((value) => kindOf(value) === INT);
  if (plain && typeof start === 'number' && typeof stop === 'number' && typeof step === 'number') {
    return counting(start, stop, step);
  }
  return bigRange(BigInt(start), BigInt(stop), BigInt(step), plain);
}

const countOf = (start: number, stop: number, step: number): number =>
  Math.max(0, step > 0 ? Math.ceil((stop - start) / step) : Math.ceil((start - stop) / -step));

function counting(start: number, stop: number, step: number): PyList {
  const count = countOf(start, stop, step);
  checkItems(count);
  const elements: Value[] = [];
  for (let i = 0, at = start; i < count; i++, at += step) elements.push(at);
  return new PyList(elements);
}

/** Ints or longs beyond the safe integers, or longs: the elements are what adding the step gives. */
function bigRange(start: bigint, stop: bigint, step: bigint, ints: boolean): PyList {
  const span = step > 0n ? stop - start : start - stop;
  const size = step > 0n ? step : -step;
  const count = span <= 0n ? 0n : (span + size - 1n) / size;
  if (count > 9223372036854775807n) return raise('OverflowError', 'range() result has too many items');
  checkItems(Number(count));
  const elements: Value[] = [];
  const fits = (value: bigint): boolean => value <= 9223372036854775807n && value >= -9223372036854775808n;
  const asInts = ints || (fits(start) && fits(stop) && fits(step));
  for (let i = 0n, at = start; i < count; i++, at += step) elements.push(asInts ? makeInt(at) : makeLong(at));
  return new PyList(elements);
}

/** xrange(...): only ints of 64 bits. */
export function makeXrange(first?: Value, second?: Value, third?: Value): PyXrange {
  if (arguments.length < 1 || arguments.length > 3) raise('TypeError', 'xrange() requires 1-3 int arguments');
  const start = second === undefined ? 0 : integer(first as Value);
  const stop = integer((second === undefined ? first : second) as Value);
  const step = third === undefined ? 1 : integer(third);
  if (step === 0) return raise('ValueError', 'xrange() arg 3 must not be zero');
  // CPython's reach 2**63. Those beyond 2**53 aren't worth another kind of iterator.
  if (![start, stop, step].every(Number.isSafeInteger)) {
    return raise('OverflowError', 'Python int too large to convert to C long');
  }
  const count = countOf(start, stop, step);
  return new PyXrange(start, step, count);
}
