/** The bounds of `for` loops over range() and xrange(), which compiled code runs without making the sequence. */
import { raise } from '../model.js';
import { isIntegral, payload } from '../numbers/kinds.js';
import type { Value } from '../values.js';
import { typeName } from './types.js';

const places = ['start', 'end', 'step'];

/** One argument of a loop over `range(...)` or `xrange(...)` (`position` 0 to 2), as a number; TypeError as the built-in raises it. */
export function rangeBound(value: Value, name: string, position: number): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return name === 'range' ? rangeArgument(value, position) : xrangeArgument(value);
}

function rangeArgument(value: Value, position: number): number {
  if (!isIntegral(value)) {
    return raise('TypeError', `range() integer ${places[position]} argument expected, got ${typeName(value)}.`);
  }
  const content = payload(value);
  if (typeof content === 'bigint') return raise('OverflowError', 'range() result has too many items');
  return content;
}

function xrangeArgument(value: Value): number {
  if (typeName(value) === 'float') return raise('TypeError', 'integer argument expected, got float');
  if (!isIntegral(value)) return raise('TypeError', 'an integer is required');
  const content = payload(value);
  if (typeof content === 'bigint') return raise('OverflowError', 'Python int too large to convert to C long');
  return content;
}

export function rangeStep(step: number, name: string): number {
  if (step !== 0) return step;
  const text = name === 'range' ? 'range() step argument must not be zero' : 'xrange() arg 3 must not be zero';
  return raise('ValueError', text);
}
