/**
 * Arithmetic with longs, to be compiled in the zygote: each function takes V8 several milliseconds, and a short program spent most of its
 * time on that.
 */
import type { HotFunction } from '../warm/machine-code.js';
import { addNumbers, multiplyNumbers, subtractNumbers } from './numbers/arithmetic.js';
import { divideNumbers, divmodNumbers, floorDivideNumbers, moduloNumbers } from './numbers/division.js';
import { makeInt, makeLong } from './numbers/kinds.js';
import { truth } from './operations/truth.js';
import { PyComplex, PyFloat, type Value } from './values.js';

type Operation = (a: Value, b: Value) => Value | undefined;
type Pairs = ReadonlyArray<readonly [Value, Value]>;

/** Integers of every form and size that has code of its own. */
const integers: readonly Value[] = [
  ...[0, 7, -3, 2 ** 52, true],
  makeInt(2n ** 60n),
  ...[5n, -7n, 2n ** 70n, -(2n ** 90n)].map(makeLong),
];
/** The native part divides it. */
const longest = makeLong(2n ** 9000n);
const others: readonly Value[] = [0.5, new PyFloat(3), new PyFloat(-4), new PyComplex(1, 2)];

const pairs = (left: readonly Value[], right: readonly Value[]): Pairs =>
  left.flatMap((a) => right.map((b) => [a, b] as const));

const ofIntegers = [...pairs([...integers, longest], integers), [7, longest] as const];
/*
 * Floats and complexes are shown often enough that V8 makes what is for them part of the code, too: it becomes too large for
 * the compiler to copy it into each of its callers in a child, and stays a call.
 */
const ofNumbers = [...ofIntegers, ...pairs(others, [...others, 7]), ...pairs([7, makeLong(5n)], others)];
const divisible = ofNumbers.filter(([, b]) => truth(b));

/** An operation and pairs of operands for which it raises nothing. */
function shown(operation: Operation, operands: Pairs): HotFunction {
  const show = (): void => {
    for (const [a, b] of operands) operation(a, b);
  };
  return [operation, show];
}

export const hotArithmetic: readonly HotFunction[] = [
  shown(addNumbers, ofNumbers),
  shown(subtractNumbers, ofNumbers),
  shown(multiplyNumbers, ofNumbers),
  shown(divideNumbers, divisible),
  shown(floorDivideNumbers, divisible),
  shown(moduloNumbers, divisible),
  shown(divmodNumbers, divisible),
];
