/**
 * Cuts a byte stream into frames. A frame is a u32 length of the rest, a u8 type, a u32 id and the body.
 * The reader trusts no length: one above the bound is a violation at once, and memory for a frame that arrives in
 * pieces grows with the bytes that really came, never with what its length field announces.
 */
import { Buffer } from 'node:buffer';
import { readU32 } from './value-tags.js';
import { ProtocolViolation } from './violation.js';

/** Bytes of the length field. */
export const lengthBytes = 4;
/** Bytes of type and id, the least that a length field can announce. */
export const headBytes = 5;

const nothing = new Uint8Array(0);

export class FrameReader {
  /** The chunk that is being cut, where it ends, and the position in it. */
  private chunk: Uint8Array = nothing;
  private to = 0;
  private at = 0;
  /** The frame that began in an earlier chunk, with its length field; `partialBytes` of it are filled. */
  private partial = nothing;
  private partialBytes = 0;

  /**
   * `maxFrame`: most bytes after a length field, for example `bounds.frameBytes`. `thrifty` is for a reader that trusts the sender and has
   * little memory, as a child does: a large frame's memory is taken at once, and used for the next one too. A frame is then only
   * good until the next is asked for.
   */
  constructor(
    private readonly maxFrame: number,
    private readonly thrifty = false,
  ) {}

  /** The frame that `advance` found: `bytes[start...end]` are its type, id and body. Valid until the next call of any method. */
  bytes: Uint8Array = nothing;
  start = 0;
  end = 0;

  /** Hands over the next bytes: `chunk[0...to]`. They must stay as they are until `next` has returned undefined; then they are free. */
  push(chunk: Uint8Array, to = chunk.length): void {
    if (this.at < this.to) throw new Error('push before the last chunk was used up');
    this.chunk = chunk;
    this.to = to;
    this.at = 0;
  }

  /**
   * Finds the next whole frame, in `bytes` from `start` to `end`: in the chunk itself where possible, without an object of its own.
   * False until more bytes are pushed. Throws ProtocolViolation, after which the stream is of no use.
   */
  advance(): boolean {
    const { chunk, at } = this;
    const left = this.to - at;
    if (this.partialBytes === 0 && left >= lengthBytes) {
      const length = this.checked(readU32(chunk, at));
      if (left >= lengthBytes + length) {
        this.bytes = chunk;
        this.start = at + lengthBytes;
        this.end = this.start + length;
        this.at = this.end;
        return true;
      }
    }
    return left > 0 && this.collect();
  }

  /** The same as a view of the frame's bytes, or undefined. */
  next(): Uint8Array | undefined {
    return this.advance() ? this.bytes.subarray(this.start, this.end) : undefined;
  }

  /** Copies what is left of the chunk, so that its memory is free now. */
  keep(): void {
    if (this.at === this.to) return;
    this.chunk = Buffer.from(this.chunk.subarray(this.at, this.to));
    this.to = this.chunk.length;
    this.at = 0;
  }

  /** Gives up what a thrifty reader keeps for the next large frame. */
  forget(): void {
    if (this.partialBytes > 0) return;
    this.partial = nothing;
    this.bytes = nothing;
    this.start = 0;
    this.end = 0;
  }

  /** Whether the stream ends between two frames. */
  get idle(): boolean {
    return this.partialBytes === 0 && this.at === this.to;
  }

  /** Moves bytes of the chunk to the partial frame until that is whole, which it tells, or the chunk is used up. */
  private collect(): boolean {
    this.take(lengthBytes - this.partialBytes, lengthBytes);
    if (this.partialBytes < lengthBytes) return false;
    const whole = lengthBytes + this.checked(readU32(this.partial, 0));
    this.take(whole - this.partialBytes, whole);
    if (this.partialBytes < whole) return false;
    this.bytes = this.partial;
    this.start = lengthBytes;
    this.end = whole;
    if (!this.thrifty) this.partial = nothing;
    this.partialBytes = 0;
    return true;
  }

  /** Copies up to `wanted` bytes; `whole` is the most that the partial frame will ever hold. */
  private take(wanted: number, whole: number): void {
    const bytes = Math.min(wanted, this.to - this.at);
    if (bytes <= 0) return;
    const filled = this.partialBytes + bytes;
    if (filled > this.partial.length) {
      const grown = Buffer.allocUnsafeSlow(this.thrifty ? whole : Math.min(whole, Math.max(64, 2 * filled)));
      grown.set(this.partial.subarray(0, this.partialBytes));
      this.partial = grown;
    }
    this.partial.set(this.chunk.subarray(this.at, this.at + bytes), this.partialBytes);
    this.partialBytes = filled;
    this.at += bytes;
  }

  private checked(length: number): number {
    if (length > this.maxFrame) throw new ProtocolViolation('frame too large', `${length} > ${this.maxFrame}`);
    if (length < headBytes) throw new ProtocolViolation('frame too short', `${length}`);
    return length;
  }
}
