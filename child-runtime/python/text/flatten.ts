/**
 * The engine makes a str that is put together of 13 chars or more a pair of its parts, and a flat one only once its chars are looked
 * at. A short one that a program keeps takes less than half the memory flat, and the collector copies one object instead of five.
 */
import type { Value } from '../values.js';

/** Longer ones are left to be flattened when they are used: they may yet become part of something longer. */
const LONGEST = 256;
/** Shorter ones are always flat. */
const SHORTEST = 13;

/** Where the char goes that was looked at, so that the compiler doesn't find the look useless. */
const seen = { char: 0 };

/** A value that is about to be kept. */
export function kept(value: Value): Value {
  if (typeof value === 'string') flatten(value);
  return value;
}

/** Called with a str that is about to be kept. */
export function flatten(text: string): void {
  if (text.length >= SHORTEST && text.length <= LONGEST) seen.char = text.charCodeAt(0);
}
