/**
 * One open file of a program. Operations on it happen one at a time, in the order of the requests (RepyV2's seek lock);
 * small ones directly, through memory that all files share.
 */
import { close, closeSync, read, readSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { readLatin1, writeLatin1 } from '../../protocol/buffer-strings.js';
import { RepyError } from '../../protocol/exceptions.js';
import type { ProgramDirectory } from './directory.js';
import type { Maybe } from './maybe.js';
import type { OpenedFile } from './place.js';

/** Bytes that are read or written without the thread pool. */
const directBytes = 64 << 10;
/** Holds the data of one direct operation, which is over before the next begins. */
const scratch = Buffer.allocUnsafeSlow(directBytes);
/** How much further than the known size is read: a file may have grown by somebody else's hand. */
const beyondBytes = 4096;

const pooled = { read: promisify(read), write: promisify(write), close: promisify(close) };

export class ProgramFile {
  private readonly fd: number;
  private bytes: number;
  private open = true;
  /** Settles when the last operation that was asked for is done; undefined when there is none. */
  private busy: Promise<unknown> | undefined;

  constructor(
    readonly name: string,
    opened: OpenedFile,
    private readonly directory: ProgramDirectory,
  ) {
    this.fd = opened.fd;
    this.bytes = opened.size;
  }

  /** Bytes in the file as this program knows it. */
  get size(): number {
    return this.bytes;
  }

  /** Does `work` when all earlier work on this file is done. Throws what `work` throws, or returns its rejected promise. */
  inTurn<T>(work: () => Maybe<T>): Maybe<T> {
    const result = this.busy === undefined ? work() : this.busy.then(work);
    if (!(result instanceof Promise)) return result;
    const busy: Promise<unknown> = result
      .catch(() => undefined)
      .then(() => {
        if (this.busy === busy) this.busy = undefined;
      });
    this.busy = busy;
    return result;
  }

  /** Throws FileClosedError. */
  checkOpen(): void {
    if (!this.open) throw closedError(this.name);
  }

  /** Throws FileClosedError, or SeekPastEndOfFileError: RepyV2's files have no holes. */
  checkSeek(offset: number): void {
    this.checkOpen();
    if (offset > this.bytes) throw new RepyError('SeekPastEndOfFileError', 'Seek offset extends past the EOF!');
  }

  /** Reads at most `most` bytes, fewer at the end of the file. */
  read(most: number, offset: number): Maybe<string> {
    const wanted = Math.min(most, Math.max(this.bytes - offset, 0) + beyondBytes);
    if (wanted === 0) return '';
    return this.directory.pace.run(
      wanted <= directBytes,
      () => readLatin1(scratch, 0, readSync(this.fd, scratch, 0, wanted, offset)),
      async () => {
        const into = Buffer.allocUnsafeSlow(wanted);
        const { bytesRead } = await pooled.read(this.fd, into, 0, wanted, offset);
        return readLatin1(into, 0, bytesRead);
      },
    );
  }

  /** Writes all of `data`. Throws LimitFault when the disk quota doesn't allow what the file would grow by; nothing is written then. */
  write(data: string | Uint8Array, offset: number): Maybe<void> {
    const length = data.length;
    if (length === 0) return undefined;
    const end = offset + length;
    const growth = Math.max(0, end - this.bytes);
    this.directory.disk.reserve(growth);
    const failed = (error: unknown): never => {
      this.directory.disk.release(growth);
      throw error;
    };
    let result: Maybe<void>;
    try {
      result = this.directory.pace.run(
        length <= directBytes,
        () => {
          const bytes = typeof data === 'string' ? scratch : data;
          if (typeof data === 'string') writeLatin1(scratch, data, 0);
          for (let at = 0; at < length; ) at += writeSync(this.fd, bytes, at, length - at, offset + at);
        },
        async () => {
          const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
          for (let at = 0; at < length; ) {
            at += (await pooled.write(this.fd, bytes, at, length - at, offset + at)).bytesWritten;
          }
        },
      );
    } catch (error) {
      return failed(error);
    }
    if (result instanceof Promise) return result.then(() => this.grow(end), failed);
    this.grow(end);
  }

  /** Throws FileClosedError. */
  close(): void {
    this.checkOpen();
    this.open = false;
    closeSync(this.fd);
  }

  /** Closes the file when nothing is going on with it any more. For the end of a program. */
  async release(): Promise<void> {
    await this.busy;
    if (!this.open) return;
    this.open = false;
    await pooled.close(this.fd);
  }

  private grow(end: number): void {
    this.bytes = Math.max(this.bytes, end);
  }
}

export const closedError = (name: string): RepyError =>
  new RepyError('FileClosedError', `File '${name}' is already closed!`);
