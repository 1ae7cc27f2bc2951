/** Bounds of slices, resolved against a length as CPython does. */
import { raise } from '../model.js';
import type { PySlice, Value } from '../values.js';
import { indexOf, MAX_INDEX } from './index-of.js';
import { refuseOldIndex } from './old-style.js';

/** A slice as `count` indices: start, start + step, ... */
export interface ResolvedSlice {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

function bound(value: Value): number {
  const index = indexOf(value);
  if (index !== undefined) return index;
  refuseOldIndex(value);
  return raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
}

/** slice.indices(length), and how many there are. */
export function resolveSlice(slice: PySlice, length: number): ResolvedSlice {
  const step = slice.step === null ? 1 : bound(slice.step);
  if (step === 0) return raise('ValueError', 'slice step cannot be zero');
  const start = slice.start === null ? (step < 0 ? length - 1 : 0) : clip(bound(slice.start), length, step);
  const stop = slice.stop === null ? (step < 0 ? -1 : length) : clip(bound(slice.stop), length, step);
  const empty = step < 0 ? stop >= start : start >= stop;
  const count = empty ? 0 : Math.floor((stop - start + (step < 0 ? 1 : -1)) / step) + 1;
  return { start, stop, step: Math.max(-MAX_INDEX, step), count };
}

function clip(index: number, length: number, step: number): number {
  const from = index < 0 ? index + length : index;
  if (from < 0) return step < 0 ? -1 : 0;
  if (from >= length) return step < 0 ? length - 1 : length;
  return from;
}

/** One bound of a simple slice; `missing` when there is none. Between 0 and length. */
export function simpleBound(value: Value, length: number, missing: number): number {
  let index: number;
  if (typeof value === 'number' && Number.isInteger(value)) index = value;
  else if (value === null) return missing;
  else index = bound(value);
  if (index < 0) {
    index += length;
    return Math.max(0, index);
  }
  return Math.min(index, length);
}

/** A bound that index() takes: never None. */
export function strictBound(value: Value, length: number): number {
  if (indexOf(value) === undefined) {
    return raise('TypeError', 'slice indices must be integers or have an __index__ method');
  }
  return simpleBound(value, length, 0);
}
