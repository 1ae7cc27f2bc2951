/**
 * Encoding of values: one tag byte, then the payload, little-endian. Sizes are counted first, so that a message is
 * written once, into a buffer of exactly its size.
 */
import { bounds } from './bounds.js';
import { isByteString, readLatin1, readUtf8, utf8Length, writeLatin1, writeUtf8 } from './buffer-strings.js';
import { WireDict, WireFloat, WireText, type WireValue } from './values.js';
import { ProtocolViolation } from './violation.js';

const tags = {
  null: 0,
  false: 1,
  true: 2,
  /** i32 */
  int32: 3,
  /** f64 that holds an int beyond i32, up to 2^53 */
  int: 4,
  /** f64 */
  float: 5,
  /** u32 length, latin-1 bytes */
  bytes: 6,
  /** u32 length, UTF-8 bytes */
  text: 7,
  /** u32 length, bytes; arrives as a Uint8Array */
  raw: 8,
  /** u32 count, values */
  list: 9,
  /** u32 count, pairs of (u32 length, latin-1 bytes) and value */
  dict: 10,
} as const;

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

export function writeU32(to: Uint8Array, at: number, value: number): void {
  to[at] = value;
  to[at + 1] = value >>> 8;
  to[at + 2] = value >>> 16;
  to[at + 3] = value >>> 24;
}

export function readU32(from: Uint8Array, at: number): number {
  return (from[at]! | (from[at + 1]! << 8) | (from[at + 2]! << 16) | (from[at + 3]! << 24)) >>> 0;
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

/** Reads the values of one frame's body. Throws ProtocolViolation and nothing else, whatever the bytes. */
export class ValueReader {
  constructor(
    private readonly from: Uint8Array,
    private at: number,
    /** Most elements of one list or dict: `bounds.valueElements` for what a child sent. */
    private readonly maxElements: number,
  ) {}

  /** The next value; strings are copies, a Uint8Array is a copy too, so that the frame's memory can be reused. */
  value(depth = 0): WireValue {
    const from = this.from;
    const at = this.at;
    if (at >= from.length) throw new ProtocolViolation('truncated value');
    const tag = from[at]!;
    this.at = at + 1;
    switch (tag) {
      case tags.null:
        return null;
      case tags.false:
        return false;
      case tags.true:
        return true;
      case tags.int32:
        this.need(4);
        this.at += 4;
        return readU32(from, at + 1) | 0;
      case tags.int: {
        const value = this.f64();
        if (!Number.isSafeInteger(value))
          throw new ProtocolViolation('bad number', 'an int is fractional or too large');
        // -0 becomes 0: an int has no negative zero, and the difference must not reach arithmetic.
        return value + 0;
      }
      case tags.float:
        return new WireFloat(this.f64());
      case tags.bytes: {
        const length = this.length();
        const start = this.at;
        this.at += length;
        return length === 0 ? '' : readLatin1(from, start, this.at);
      }
      case tags.text: {
        const length = this.length();
        const start = this.at;
        this.at += length;
        return new WireText(length === 0 ? '' : readUtf8(from, start, this.at));
      }
      case tags.raw: {
        const length = this.length();
        const start = this.at;
        this.at += length;
        const copy = new Uint8Array(length);
        copy.set(from.subarray(start, this.at));
        return copy;
      }
      case tags.list: {
        const items: WireValue[] = [];
        for (let left = this.count(depth, 1); left > 0; left -= 1) items.push(this.value(depth + 1));
        return items;
      }
      case tags.dict:
        return this.dict(depth);
      default:
        throw new ProtocolViolation('unknown tag', `${tag}`);
    }
  }

  /** Ends the reading of a frame. */
  end(): void {
    if (this.at !== this.from.length) throw new ProtocolViolation('trailing bytes', `${this.from.length - this.at}`);
  }

  private dict(depth: number): WireDict {
    const entries: [string, WireValue][] = [];
    const seen = new Set<string>();
    for (let left = this.count(depth, 5); left > 0; left -= 1) {
      const length = this.length();
      const start = this.at;
      this.at += length;
      const key = length === 0 ? '' : readLatin1(this.from, start, this.at);
      if (seen.has(key)) throw new ProtocolViolation('duplicate key');
      seen.add(key);
      entries.push([key, this.value(depth + 1)]);
    }
    return new WireDict(entries);
  }

  private need(bytes: number): void {
    if (bytes > this.from.length - this.at) throw new ProtocolViolation('truncated value');
  }

  private u32(): number {
    this.need(4);
    const value = readU32(this.from, this.at);
    this.at += 4;
    return value;
  }

  /** A length field; the bytes that it announces are there. */
  private length(): number {
    const length = this.u32();
    this.need(length);
    return length;
  }

  /** A count field. An element takes at least `elementBytes`, so that no loop runs past what was really sent. */
  private count(depth: number, elementBytes: number): number {
    if (depth >= bounds.valueDepth) throw new ProtocolViolation('too deep');
    const count = this.u32();
    if (count > this.maxElements) throw new ProtocolViolation('too many elements', `${count}`);
    this.need(count * elementBytes);
    return count;
  }

  private f64(): number {
    this.need(8);
    for (let i = 0; i < 8; i += 1) float64Bytes[i] = this.from[this.at + i]!;
    this.at += 8;
    return float64[0]!;
  }
}
