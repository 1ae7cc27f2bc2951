/** Unary - + ~ and abs(). */
import { model, raise } from '../model.js';
import { refuseOldInstance } from '../operations/old-style.js';
import { PyComplex, PyFloat, PyLong, type Value } from '../values.js';
import { absComplex } from './complex.js';
import { bigOf, COMPLEX, FLOAT, INT, kindOf, LONG, MAX_SAFE, makeFloat, makeIntegral, payload } from './kinds.js';

function badOperand(operator: string, method: string, value: Value): never {
  refuseOldInstance(value, method);
  raise('TypeError', `bad operand type for ${operator}: '${model.typeName(value)}'`);
}

export function negate(a: Value): Value {
  if (typeof a === 'number') return Number.isInteger(a) ? 0 - a : -a;
  switch (kindOf(a)) {
    case INT:
    case LONG: {
      const x = payload(a);
      if (typeof x === 'number') return a instanceof PyLong ? new PyLong(0 - x) : 0 - x;
      return makeIntegral(kindOf(a), -x);
    }
    case FLOAT:
      return new PyFloat(-(a as PyFloat).f);
    case COMPLEX:
      return new PyComplex(-(a as PyComplex).re, -(a as PyComplex).im);
    default:
      return badOperand('unary -', '__neg__', a);
  }
}

export function positive(a: Value): Value {
  if (typeof a === 'boolean') return a ? 1 : 0;
  return kindOf(a) === 0 ? badOperand('unary +', '__pos__', a) : a;
}

export function invert(a: Value): Value {
  if (typeof a === 'number' && (a | 0) === a) return ~a;
  const kind = kindOf(a);
  if (kind !== INT && kind !== LONG) return badOperand('unary ~', '__invert__', a);
  const x = payload(a);
  if (typeof x === 'number' && x < MAX_SAFE) return kind === INT ? -x - 1 : new PyLong(-x - 1);
  return makeIntegral(kind, ~bigOf(a));
}

/** abs(). */
export function absolute(a: Value): Value {
  if (typeof a === 'number') return Math.abs(a);
  switch (kindOf(a)) {
    case INT:
    case LONG:
      return payload(a) < 0 ? negate(a) : positive(a);
    case FLOAT:
      return new PyFloat(Math.abs((a as PyFloat).f));
    case COMPLEX:
      return makeFloat(absComplex(a as PyComplex));
    default:
      return badOperand('abs()', '__abs__', a);
  }
}
