/**
 * Values to bytes: one tag byte, then the payload. Sizes are counted first, so that a message is written once, into a
 * buffer of exactly its size.
 */
import { bounds } from './bounds.js';
import { isByteString, utf8Length, writeLatin1, writeUtf8 } from './buffer-strings.js';
import { tags, writeU32 } from './value-tags.js';
import { WireDict, WireFloat, WireText, type WireValue } from './values.js';

const float64 = new Float64Array(1);
const float64Bytes = new Uint8Array(float64.buffer);

/** Bytes that `writeValue` will write. Throws TypeError for what can't be sent: a fault of the sender's own code. */
export function valueBytes(value: WireValue, depth = 0): number {
  switch (typeof value) {
    case 'boolean':
      return 1;
    case 'number':
      if ((value | 0) === value) return 5;
      if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is no int; send a float as WireFloat`);
      return 9;
    case 'string':
      if (!isByteString(value)) throw new TypeError('a byte string holds a char above 0xff; send text as WireText');
      return 5 + value.length;
  }
  if (value === null) return 1;
  if (value instanceof WireFloat) return 9;
  if (value instanceof WireText) return 5 + utf8Length(value.text);
  if (value instanceof Uint8Array) return 5 + value.length;
  if (depth >= bounds.valueDepth) throw new TypeError(`a value nests deeper than ${bounds.valueDepth}`);
  let size = 5;
  if (value instanceof WireDict) {
    for (const [key, item] of value.entries) {
      if (!isByteString(key)) throw new TypeError('a dict key holds a char above 0xff');
      size += 4 + key.length + valueBytes(item, depth + 1);
    }
  } else {
    for (const item of value) size += valueBytes(item, depth + 1);
  }
  return size;
}

function writeF64(to: Uint8Array, at: number, value: number): void {
  float64[0] = value;
  for (let i = 0; i < 8; i += 1) to[at + i] = float64Bytes[i]!;
}

function writeHead(to: Uint8Array, at: number, tag: number, length: number): number {
  to[at] = tag;
  writeU32(to, at + 1, length);
  return at + 5;
}

/** Writes `value` at `at`, where `valueBytes(value)` bytes of room are, and returns the position behind it. */
export function writeValue(to: Uint8Array, at: number, value: WireValue): number {
  switch (typeof value) {
    case 'boolean':
      to[at] = value ? tags.true : tags.false;
      return at + 1;
    case 'number':
      if ((value | 0) === value) {
        to[at] = tags.int32;
        writeU32(to, at + 1, value);
        return at + 5;
      }
      to[at] = tags.int;
      writeF64(to, at + 1, value);
      return at + 9;
    case 'string': {
      const start = writeHead(to, at, tags.bytes, value.length);
      return value === '' ? start : start + writeLatin1(to, value, start);
    }
  }
  if (value === null) {
    to[at] = tags.null;
    return at + 1;
  }
  if (value instanceof WireFloat) {
    to[at] = tags.float;
    writeF64(to, at + 1, value.value);
    return at + 9;
  }
  if (value instanceof WireText) {
    const length = utf8Length(value.text);
    const start = writeHead(to, at, tags.text, length);
    return length === 0 ? start : start + writeUtf8(to, value.text, start, length);
  }
  if (value instanceof Uint8Array) {
    const start = writeHead(to, at, tags.raw, value.length);
    to.set(value, start);
    return start + value.length;
  }
  if (value instanceof WireDict) {
    let next = writeHead(to, at, tags.dict, value.entries.length);
    for (const [key, item] of value.entries) {
      writeU32(to, next, key.length);
      next += 4;
      if (key !== '') next += writeLatin1(to, key, next);
      next = writeValue(to, next, item);
    }
    return next;
  }
  let next = writeHead(to, at, tags.list, value.length);
  for (const item of value) next = writeValue(to, next, item);
  return next;
}
