/**
 * Bounds on single allocations. A guest that asks for more at once than it could ever use gets MemoryError before anything is
 * allocated; what it piles up piece by piece is for its memory limit to stop.
 */
import { model, raise } from '../model.js';
import { boundIntegers } from '../numbers/bounds.js';

/** V8's longest string. */
const MAX_CHARS = 2 ** 29 - 24;
/** V8's longest array that is not a dictionary in disguise. */
const MAX_ITEMS = 2 ** 25;

let maxChars = MAX_CHARS;
let maxItems = MAX_ITEMS;

/** Sets the largest single allocation, in bytes: the memory that the program may use. */
export function boundAllocations(bytes: number): void {
  boundIntegers(bytes);
  maxChars = Math.min(MAX_CHARS, bytes);
  maxItems = Math.min(MAX_ITEMS, Math.floor(bytes / 8));
}

/** What is longer than this takes some time, and counts as loop turns: one for so many chars or elements. */
const LONG = 4096;
const PER_TURN = 64;

/** MemoryError if a string of `count` chars must not be made. */
export function checkChars(count: number): void {
  if (count > LONG) checkLong(count, maxChars);
}

/** MemoryError if a list or tuple of `count` elements must not be made. */
export function checkItems(count: number): void {
  if (count > LONG) checkLong(count, maxItems);
}

function checkLong(count: number, most: number): void {
  if (count > most) raise('MemoryError');
  model.spend(Math.floor(count / PER_TURN));
}

/** Whether a list or tuple of `count` elements may be made, without any cost. */
export function fitsItems(count: number): boolean {
  return count <= maxItems;
}
