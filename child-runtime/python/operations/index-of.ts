/** Values used as indices, counts and slice bounds. */
import { model, raise } from '../model.js';
import { isIntegral, payload } from '../numbers/kinds.js';
import type { Value } from '../values.js';

/** CPython's largest index; what lies beyond is cut to it where Python cuts. */
export const MAX_INDEX = 2 ** 63 - 1;

/** The number of an int, long or bool; undefined for any other value. Sizes beyond 2**63 become +-`MAX_INDEX`. */
export function indexOf(value: Value): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (!isIntegral(value)) return undefined;
  const content = payload(value);
  if (typeof content === 'number') return content;
  return content > 0n ? Math.min(Number(content), MAX_INDEX) : Math.max(Number(content), -MAX_INDEX);
}

/** As `indexOf`, for a value that must fit into 64 bits: raises `error` for longer ones and returns undefined for other types. */
export function fittingIndex(value: Value, error: 'IndexError' | 'OverflowError'): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (!isIntegral(value)) return undefined;
  const content = payload(value);
  if (typeof content === 'number') return content;
  if (content > 9223372036854775807n || content < -9223372036854775808n) {
    raise(error, `cannot fit '${model.typeName(value)}' into an index-sized integer`);
  }
  return Number(content);
}
