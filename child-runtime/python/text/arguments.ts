/** Arguments of str methods. */
import { raise } from '../model.js';
import { indexOf } from '../operations/index-of.js';
import type { Value } from '../values.js';

/** A str argument; TypeError otherwise. */
export function textArgument(value: Value | undefined): string {
  return typeof value === 'string' ? value : raise('TypeError', 'expected a string or other character buffer object');
}

/** The range of a text that optional start and end arguments mean; start may lie beyond the end. */
export function rangeArguments(length: number, start: Value | undefined, end: Value | undefined): [number, number] {
  let from = start === undefined || start === null ? 0 : sliceBound(start);
  let to = end === undefined || end === null ? length : sliceBound(end);
  if (to > length) to = length;
  else if (to < 0) to = Math.max(0, to + length);
  if (from < 0) from = Math.max(0, from + length);
  return [from, to];
}

function sliceBound(value: Value): number {
  return indexOf(value) ?? raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
}
