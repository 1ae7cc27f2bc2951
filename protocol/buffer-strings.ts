/**
 * Buffer's direct string conversions, captured when this module loads, before any guest code exists. They are stable in
 * every Node since 0.x but missing from the type declarations; `toString('latin1')` costs twice as much on short strings.
 */
import { Buffer } from 'node:buffer';

interface StringMethods {
  latin1Slice(start: number, end: number): string;
  latin1Write(text: string, offset: number, length: number): number;
  utf8Slice(start: number, end: number): string;
  utf8Write(text: string, offset: number, length: number): number;
}

const methods = Buffer.prototype as unknown as StringMethods;
const { latin1Slice, latin1Write, utf8Slice, utf8Write } = methods;
const { byteLength } = Buffer;

export const readLatin1 = (from: Uint8Array, start: number, end: number): string => latin1Slice.call(from, start, end);
export const readUtf8 = (from: Uint8Array, start: number, end: number): string => utf8Slice.call(from, start, end);
/** Both need `length` bytes of room at `offset`, and return the bytes written. */
export function writeLatin1(to: Uint8Array, text: string, offset: number): number {
  const { length } = text;
  // Below this the way into C++ costs more than the copy.
  if (length > 24) return latin1Write.call(to, text, offset, length);
  for (let i = 0; i < length; i += 1) to[offset + i] = text.charCodeAt(i);
  return length;
}
export const writeUtf8 = (to: Uint8Array, text: string, offset: number, length: number): number =>
  utf8Write.call(to, text, offset, length);
export const utf8Length = (text: string): number => byteLength(text, 'utf8');

const beyondLatin1 = /[^\0-\xff]/;
/** Whether every char is <= 0xff. V8 answers at once for a string that it stores with one byte per char. */
export const isByteString = (text: string): boolean => !beyondLatin1.test(text);
