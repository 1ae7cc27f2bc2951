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
  /** The chunk that is being cut, and the position in it. */
  private chunk: Uint8Array = nothing;
  private at = 0;
  /** The frame that began in an earlier chunk, with its length field; `partialBytes` of it are filled. */
  private partial = nothing;
  private partialBytes = 0;

  /** `maxFrame`: most bytes after a length field, for example `bounds.frameBytes`. */
  constructor(private readonly maxFrame: number) {}

  /** Hands over the next bytes. The chunk must stay as it is until `next` has returned undefined; then it is free. */
  push(chunk: Uint8Array): void {
    if (this.at < this.chunk.length) throw new Error('push before the last chunk was used up');
    this.chunk = chunk;
    this.at = 0;
  }

  /**
   * The next whole frame without its length field: type, id, body; or undefined until more bytes are pushed.
   * It is a view of the chunk where possible. Throws ProtocolViolation, after which the stream is of no use.
   */
  next(): Uint8Array | undefined {
    const { chunk, at } = this;
    const left = chunk.length - at;
    if (this.partialBytes === 0 && left >= lengthBytes) {
      const length = this.checked(readU32(chunk, at));
      if (left >= lengthBytes + length) {
        this.at = at + lengthBytes + length;
        return chunk.subarray(at + lengthBytes, this.at);
      }
    }
    return left === 0 ? undefined : this.collect();
  }

  /** Copies what is left of the chunk, so that its memory is free now. */
  keep(): void {
    if (this.at === this.chunk.length) return;
    this.chunk = Buffer.from(this.chunk.subarray(this.at));
    this.at = 0;
  }

  /** Whether the stream ends between two frames. */
  get idle(): boolean {
    return this.partialBytes === 0 && this.at === this.chunk.length;
  }

  /** Moves bytes of the chunk to the partial frame until that is whole or the chunk is used up. */
  private collect(): Uint8Array | undefined {
    this.take(lengthBytes - this.partialBytes, lengthBytes);
    if (this.partialBytes < lengthBytes) return undefined;
    const whole = lengthBytes + this.checked(readU32(this.partial, 0));
    this.take(whole - this.partialBytes, whole);
    if (this.partialBytes < whole) return undefined;
    const frame = this.partial.subarray(lengthBytes, whole);
    this.partial = nothing;
    this.partialBytes = 0;
    return frame;
  }

  /** Copies up to `wanted` bytes; `whole` is the most that the partial frame will ever hold. */
  private take(wanted: number, whole: number): void {
    const bytes = Math.min(wanted, this.chunk.length - this.at);
    if (bytes <= 0) return;
    const filled = this.partialBytes + bytes;
    if (filled > this.partial.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(whole, Math.max(64, 2 * filled)));
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
