/** round(): half away from zero, by the exact decimal value of the float. */
import { model, raise } from '../model.js';
import { indexOf } from '../operations/index-of.js';
import { refuseOldInstance } from '../operations/old-style.js';
import type { Value } from '../values.js';
import { scaledInteger } from './float-digits.js';
import { doubleOf, FLOAT, kindOf, makeFloat, NOT_A_NUMBER } from './kinds.js';

/** Beyond these a float has no digit left to round, or rounds to zero. */
const MOST_PLACES = 323;
const FEWEST_PLACES = -308;

function roundTo(x: number, places: number): number {
  if (!Number.isFinite(x) || x === 0 || places > MOST_PLACES) return x;
  if (places < FEWEST_PLACES) return x < 0 ? -0 : 0;
  const size = Math.abs(x);
  // A float of this size has no fraction.
  if (places >= 0 && size >= 4503599627370496) return x;
  let rounded: number;
  if (places === 0) {
    const floor = Math.floor(size);
    rounded = size - floor >= 0.5 ? floor + 1 : floor;
  } else rounded = Number(`${scaledInteger(size, places, true)}e${-places}`);
  if (rounded === Infinity) return raise('OverflowError', 'rounded value too large to represent');
  return x < 0 ? -rounded : rounded;
}

function places(digits: Value): number {
  return indexOf(digits) ?? raise('TypeError', `'${model.typeName(digits)}' object cannot be interpreted as an index`);
}

/** round(number, ndigits). */
export function round(number: Value, digits?: Value): Value {
  const kind = kindOf(number);
  if (kind === NOT_A_NUMBER) refuseOldInstance(number, '__float__');
  if (kind === NOT_A_NUMBER || kind > FLOAT)
    raise('TypeError', kind > FLOAT ? "can't convert complex to float" : 'a float is required');
  const x = doubleOf(number);
  return makeFloat(roundTo(x, digits === undefined ? 0 : places(digits)));
}
