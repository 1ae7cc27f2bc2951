/**
 * The binary operators, for any two values. The commonest operands come first; what two JavaScript numbers can't settle goes to
 * `numbers/`, then to sequences and sets.
 */
import { model, raise } from '../model.js';
import { addNumbers, multiplyNumbers, subtractNumbers } from '../numbers/arithmetic.js';
import {
  andNumbers,
  orNumbers,
  shiftLeft as shiftNumberLeft,
  shiftRight as shiftNumberRight,
  xorNumbers,
} from '../numbers/bitwise.js';
import { divideNumbers, floorDivideNumbers, moduloNumbers } from '../numbers/division.js';
import { MAX_SAFE, makeFloat, makeInt } from '../numbers/kinds.js';
import { HALF_SAFE, multiplyAddModulo, reduce } from '../numbers/modular.js';
import { powerFloats, powerNumbers } from '../numbers/power.js';
import { formatPercent } from '../text/percent.js';
import { PyFloat, PyList, type Value } from '../values.js';
import { concatenate, extendList, repeatInPlace, repeatSequence } from './sequences.js';
import { combineSets, updateSet } from './sets.js';

export function unsupported(operator: string, a: Value, b: Value): never {
  return raise(
    'TypeError',
    `unsupported operand type(s) for ${operator}: '${model.typeName(a)}' and '${model.typeName(b)}'`,
  );
}

/*
 * What compiled code leaves to these functions is mostly floats. Their first lines settle those, and are all that V8 inlines into a
 * loop; everything else is a call away.
 */
export function add(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    return Number.isInteger(sum) ? integralSum(a, b, sum) : sum;
  }
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  return addOthers(a, b);
}

/** The sum of two numbers, where it is integral: an int, or a float in its box. */
function integralSum(a: number, b: number, sum: number): Value {
  if (!Number.isInteger(a) || !Number.isInteger(b)) return new PyFloat(sum);
  return sum <= MAX_SAFE && sum >= -MAX_SAFE ? sum : makeInt(BigInt(a) + BigInt(b));
}

function addOthers(a: Value, b: Value): Value {
  return addNumbers(a, b) ?? concatenate(a, b) ?? unsupported('+', a, b);
}

export function addInPlace(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    return Number.isInteger(sum) ? integralSum(a, b, sum) : sum;
  }
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  return addOthersInPlace(a, b);
}

function addOthersInPlace(a: Value, b: Value): Value {
  if (a instanceof PyList) {
    extendList(a, b);
    return a;
  }
  return addNumbers(a, b) ?? concatenate(a, b) ?? unsupported('+=', a, b);
}

export function subtract(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    return Number.isInteger(difference) ? integralDifference(a, b, difference) : difference;
  }
  return subtractOthers(a, b);
}

function integralDifference(a: number, b: number, difference: number): Value {
  if (!Number.isInteger(a) || !Number.isInteger(b)) return new PyFloat(difference);
  return difference <= MAX_SAFE && difference >= -MAX_SAFE ? difference : makeInt(BigInt(a) - BigInt(b));
}

function subtractOthers(a: Value, b: Value): Value {
  return subtractNumbers(a, b) ?? combineSets('-', a, b) ?? unsupported('-', a, b);
}

export function subtractInPlace(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    return Number.isInteger(difference) ? integralDifference(a, b, difference) : difference;
  }
  return subtractNumbers(a, b) ?? updateSet('-', a, b) ?? unsupported('-=', a, b);
}

export function multiply(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    return Number.isInteger(product) ? integralProduct(a, b, product) : product;
  }
  return multiplyOthers(a, b);
}

function integralProduct(a: number, b: number, product: number): Value {
  if (!Number.isInteger(a) || !Number.isInteger(b)) return new PyFloat(product);
  return product <= MAX_SAFE && product >= -MAX_SAFE ? product + 0 : makeInt(BigInt(a) * BigInt(b));
}

function multiplyOthers(a: Value, b: Value): Value {
  return multiplyNumbers(a, b) ?? repeatSequence(a, b) ?? unsupported('*', a, b);
}

export function multiplyInPlace(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    return Number.isInteger(product) ? integralProduct(a, b, product) : product;
  }
  return multiplyNumbers(a, b) ?? repeatInPlace(a, b) ?? unsupported('*=', a, b);
}

export function divide(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && !Number.isInteger(a) && b !== 0) {
    const quotient = a / b;
    return Number.isInteger(quotient) ? new PyFloat(quotient) : quotient;
  }
  return divideOthers(a, b);
}

function divideOthers(a: Value, b: Value): Value {
  return divideNumbers(a, b) ?? unsupported('/', a, b);
}

export function divideInPlace(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return divide(a, b);
  return divideNumbers(a, b) ?? unsupported('/=', a, b);
}

export function floorDivide(a: Value, b: Value): Value {
  return floorDivideNumbers(a, b) ?? unsupported('//', a, b);
}

export function floorDivideInPlace(a: Value, b: Value): Value {
  return floorDivideNumbers(a, b) ?? unsupported('//=', a, b);
}

export function modulo(a: Value, b: Value): Value {
  if (
    typeof a === 'number' &&
    typeof b === 'number' &&
    Number.isInteger(a) &&
    Number.isInteger(b) &&
    b > 0 &&
    b <= HALF_SAFE &&
    a <= HALF_SAFE &&
    a >= -HALF_SAFE
  ) {
    return reduce(a, b);
  }
  return moduloOthers(a, b);
}

function moduloOthers(a: Value, b: Value): Value {
  if (typeof a === 'string') return formatPercent(a, b);
  return moduloNumbers(a, b) ?? unsupported('%', a, b);
}

export function moduloInPlace(a: Value, b: Value): Value {
  if (typeof a === 'number' || typeof a === 'string') {
    if (typeof a === 'string' || typeof b === 'number') return modulo(a, b);
  }
  return moduloNumbers(a, b) ?? unsupported('%=', a, b);
}

export function power(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && !Number.isInteger(a)) return makeFloat(powerFloats(a, b));
  return powerNumbers(a, b) ?? unsupported('** or pow()', a, b);
}

export function powerInPlace(a: Value, b: Value): Value {
  return powerNumbers(a, b) ?? unsupported('** or pow()', a, b);
}

/** What a product may reach before CPython's ints turn into longs, with room for an addend and for the rounding of doubles. */
const SURELY_INT = 2 ** 63 - 2 ** 54;

/** (a * b + c) % m in one step; `c` is 0 when the program adds nothing. */
export function multiplyModulo(a: Value, b: Value, c: Value, m: Value): Value {
  if (
    typeof a === 'number' &&
    typeof b === 'number' &&
    typeof c === 'number' &&
    typeof m === 'number' &&
    Number.isInteger(a) &&
    Number.isInteger(b) &&
    Number.isInteger(c) &&
    Number.isInteger(m) &&
    m > 0 &&
    m <= HALF_SAFE / 2
  ) {
    const product = a * b;
    // Then adding c is exact too.
    if (product <= HALF_SAFE / 2 && product >= -HALF_SAFE / 2 && c <= HALF_SAFE / 2 && c >= -HALF_SAFE / 2) {
      return reduce(product + c, m);
    }
    return largeProductModulo(a, b, c, m);
  }
  return modulo(addProduct(a, b, c), m);
}

/** For ints whose product leaves the safe integers. */
function largeProductModulo(a: number, b: number, c: number, m: number): Value {
  const product = a * b;
  if (product < SURELY_INT && product > -SURELY_INT) {
    const result = multiplyAddModulo(a, b, c, m);
    if (result !== undefined) return result;
  }
  return modulo(addProduct(a, b, c), m);
}

/** (a * b + c) & mask in one step; `c` is 0 when the program adds nothing. */
export function multiplyMask(a: Value, b: Value, c: Value, mask: Value): Value {
  if (
    typeof a === 'number' &&
    typeof b === 'number' &&
    typeof c === 'number' &&
    typeof mask === 'number' &&
    Number.isInteger(a) &&
    Number.isInteger(b) &&
    Number.isInteger(c) &&
    mask >= 0 &&
    mask <= 0xffffffff &&
    Number.isInteger(mask)
  ) {
    const product = a * b;
    if (product < SURELY_INT && product > -SURELY_INT) return ((Math.imul(a, b) + (c | 0)) & mask) >>> 0;
  }
  return bitAnd(addProduct(a, b, c), mask);
}

function addProduct(a: Value, b: Value, c: Value): Value {
  const product = multiply(a, b);
  return c === 0 ? product : add(product, c);
}

export function bitAnd(a: Value, b: Value): Value {
  return andNumbers(a, b) ?? combineSets('&', a, b) ?? unsupported('&', a, b);
}

export function bitAndInPlace(a: Value, b: Value): Value {
  return andNumbers(a, b) ?? updateSet('&', a, b) ?? unsupported('&=', a, b);
}

export function bitOr(a: Value, b: Value): Value {
  return orNumbers(a, b) ?? combineSets('|', a, b) ?? unsupported('|', a, b);
}

export function bitOrInPlace(a: Value, b: Value): Value {
  return orNumbers(a, b) ?? updateSet('|', a, b) ?? unsupported('|=', a, b);
}

export function bitXor(a: Value, b: Value): Value {
  return xorNumbers(a, b) ?? combineSets('^', a, b) ?? unsupported('^', a, b);
}

export function bitXorInPlace(a: Value, b: Value): Value {
  return xorNumbers(a, b) ?? updateSet('^', a, b) ?? unsupported('^=', a, b);
}

export function shiftLeft(a: Value, b: Value): Value {
  return shiftNumberLeft(a, b) ?? unsupported('<<', a, b);
}

export function shiftLeftInPlace(a: Value, b: Value): Value {
  return shiftNumberLeft(a, b) ?? unsupported('<<=', a, b);
}

export function shiftRight(a: Value, b: Value): Value {
  return shiftNumberRight(a, b) ?? unsupported('>>', a, b);
}

export function shiftRightInPlace(a: Value, b: Value): Value {
  return shiftNumberRight(a, b) ?? unsupported('>>=', a, b);
}
