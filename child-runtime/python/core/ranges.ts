/** range() and xrange(), and the bounds of `for` loops over them. */
import { raise } from '../model.js';
import { isIntegral, payload } from '../numbers/kinds.js';
import { checkItems } from '../operations/bounds.js';
import { fittingIndex } from '../operations/index-of.js';
import { type PyFunction, PyList, PyXrange, type Value } from '../values.js';
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
  const float = typeName(value) === 'float';
  if (float) return raise('TypeError', 'integer argument expected, got float');
  if (!isIntegral(value)) return raise('TypeError', 'an integer is required');
  const content = payload(value);
  if (typeof content === 'bigint') return raise('OverflowError', 'Python int too large to convert to C long');
  return content;
}

export function rangeStep(step: number, name: string): number {
  if (step !== 0) return step;
  return raise(
    'ValueError',
    name === 'range' ? 'range() step argument must not be zero' : 'xrange() arg 3 must not be zero',
  );
}

const countOf = (start: number, stop: number, step: number): number => Math.max(0, Math.ceil((stop - start) / step));

function bounds(name: string, args: Value[]): [number, number, number] {
  if (args.length === 1) return [0, rangeBound(args[0]!, name, 1), 1];
  const start = rangeBound(args[0]!, name, 0);
  const stop = rangeBound(args[1]!, name, 1);
  return [start, stop, args.length === 3 ? rangeStep(rangeBound(args[2]!, name, 2), name) : 1];
}

export const range: PyFunction = (...args: Value[]) => {
  if (args.length === 0) raise('TypeError', 'range expected at least 1 arguments, got 0');
  if (args.length > 3) raise('TypeError', `range expected at most 3 arguments, got ${args.length}`);
  const [start, stop, step] = bounds('range', args);
  const count = countOf(start, stop, step);
  checkItems(count);
  const items: Value[] = [];
  for (let i = 0, at = start; i < count; i++, at += step) items.push(at);
  return new PyList(items);
};

export const xrange: PyFunction = (...args: Value[]) => {
  if (args.length < 1 || args.length > 3) raise('TypeError', 'xrange() requires 1-3 int arguments');
  const [start, stop, step] = bounds('xrange', args);
  return new PyXrange(start, step, countOf(start, stop, step));
};

export { fittingIndex };
