/** Bytes to values, whatever the bytes are: every length and count is checked before it is believed. */
import { bounds } from './bounds.js';
import { readLatin1, readUtf8 } from './buffer-strings.js';
import { readU32, tags } from './value-tags.js';
import { WireDict, WireFloat, WireText, type WireValue } from './values.js';
import { ProtocolViolation } from './violation.js';

const float64 = new Float64Array(1);
const float64Bytes = new Uint8Array(float64.buffer);

/** Reads the values of one frame's body. Throws ProtocolViolation and nothing else, whatever the bytes. */
export class ValueReader {
  constructor(
    private readonly from: Uint8Array,
    private at: number,
    /** Where the frame ends; nothing behind it is read. */
    private readonly to: number,
    /** Most elements of one list or dict: `bounds.valueElements` for what a child sent. */
    private readonly maxElements: number,
  ) {}

  /** The next value; strings are copies, a Uint8Array is a copy too, so that the frame's memory can be reused. */
  value(depth = 0): WireValue {
    const from = this.from;
    const at = this.at;
    if (at >= this.to) throw new ProtocolViolation('truncated value');
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
    if (this.at !== this.to) throw new ProtocolViolation('trailing bytes', `${this.to - this.at}`);
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
    if (bytes > this.to - this.at) throw new ProtocolViolation('truncated value');
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
