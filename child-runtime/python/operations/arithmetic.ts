/**
 * The binary operators, for any two values. The commonest operands come first; what two JavaScript numbers can't settle goes to
 * `numbers/`, then to sequences and sets.
 */
import { model, raise } from '../model.js';
import { addNumbers, multiplyNumbers, subtractNumbers } from '../numbers/arithmetic.js';
import { divideNumbers, floorDivideNumbers, moduloNumbers, moduloSafe } from '../numbers/division.js';
import { MAX_SAFE, makeInt } from '../numbers/kinds.js';
import { multiplyAddModulo } from '../numbers/modular.js';
import { powerNumbers } from '../numbers/power.js';
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

export function add(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (!Number.isInteger(sum)) return sum;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return new PyFloat(sum);
    return sum <= MAX_SAFE && sum >= -MAX_SAFE ? sum : makeInt(BigInt(a) + BigInt(b));
  }
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  return addNumbers(a, b) ?? concatenate(a, b) ?? unsupported('+', a, b);
}

export function addInPlace(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return add(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (a instanceof PyList) {
    extendList(a, b);
    return a;
  }
  return addNumbers(a, b) ?? concatenate(a, b) ?? unsupported('+=', a, b);
}

export function subtract(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (!Number.isInteger(difference)) return difference;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return new PyFloat(difference);
    return difference <= MAX_SAFE && difference >= -MAX_SAFE ? difference : makeInt(BigInt(a) - BigInt(b));
  }
  return subtractNumbers(a, b) ?? combineSets('-', a, b) ?? unsupported('-', a, b);
}

export function subtractInPlace(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return subtract(a, b);
  return subtractNumbers(a, b) ?? updateSet('-', a, b) ?? unsupported('-=', a, b);
}

export function multiply(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (!Number.isInteger(product)) return product;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return new PyFloat(product);
    return product <= MAX_SAFE && product >= -MAX_SAFE ? product + 0 : makeInt(BigInt(a) * BigInt(b));
  }
  return multiplyNumbers(a, b) ?? repeatSequence(a, b) ?? unsupported('*', a, b);
}

export function multiplyInPlace(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return multiply(a, b);
  return multiplyNumbers(a, b) ?? repeatInPlace(a, b) ?? unsupported('*=', a, b);
}

export function divide(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && b !== 0 && !(Number.isInteger(a) && Number.isInteger(b))) {
    const quotient = a / b;
    return Number.isInteger(quotient) ? new PyFloat(quotient) : quotient;
  }
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
  if (typeof a === 'number' && typeof b === 'number' && b !== 0 && Number.isInteger(a) && Number.isInteger(b)) {
    return moduloSafe(a, b);
  }
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
  return powerNumbers(a, b) ?? unsupported('** or pow()', a, b);
}

export function powerInPlace(a: Value, b: Value): Value {
  return powerNumbers(a, b) ?? unsupported('** or pow()', a, b);
}

/** What a product may reach before CPython's ints turn into longs, with room for the rounding of doubles. */
const SURELY_INT = 9223372036854770000;

/** (a * b + c) % m in one step; `c` is 0 when the program adds nothing. */
export function multiplyModulo(a: Value, b: Value, c: Value, m: Value): Value {
  if (Number.isInteger(a) && Number.isInteger(b) && Number.isInteger(c) && Number.isInteger(m) && (m as number) > 0) {
    const x = a as number;
    const y = b as number;
    const product = x * y;
    if (product < SURELY_INT && product > -SURELY_INT) {
      const result = multiplyAddModulo(x, y, c as number, m as number);
      if (result !== undefined) return result;
    }
  }
  return modulo(addProduct(a, b, c), m);
}

/** (a * b + c) & mask in one step; `c` is 0 when the program adds nothing. */
export function multiplyMask(a: Value, b: Value, c: Value, mask: Value): Value {
  if (typeof mask === 'number' && mask >= 0 && mask <= 0xffffffff && Number.isInteger(mask)) {
    if (Number.isInteger(a) && Number.isInteger(b) && Number.isInteger(c)) {
      const product = (a as number) * (b as number);
      if (product < SURELY_INT && product > -SURELY_INT) {
        return ((Math.imul(a as number, b as number) + ((c as number) | 0)) & mask) >>> 0;
      }
    }
  }
  return bitAnd(addProduct(a, b, c), mask);
}

function addProduct(a: Value, b: Value, c: Value): Value {
  const product = multiply(a, b);
  return c === 0 ? product : add(product, c);
}

import {
  andNumbers,
  orNumbers,
  shiftLeft as shiftNumberLeft,
  shiftRight as shiftNumberRight,
  xorNumbers,
} from '../numbers/bitwise.js';

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
