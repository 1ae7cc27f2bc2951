import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import type { LogSink } from '../broker/log-sink.js';

/** Bytes of each of the two files; RepyV2's figure. */
export const circularLogBytes = 16 << 10;

/**
 * RepyV2's circular log: the last 16 to 32 KiB of what was written, in PREFIX.old and PREFIX.new. PREFIX.old fills first;
 * then PREFIX.new, which takes the place of PREFIX.old when it is full. Writes that are not awaited keep their order.
 */
export class CircularLog implements LogSink {
  private queue: Promise<void> = Promise.resolve();
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly prefix: string,
    private file: FileHandle,
    private part: 'old' | 'new',
    private size: number,
  ) {}

  /** Goes on where an earlier run stopped. Rejects when the files can't be opened or written. */
  static async open(prefix: string): Promise<CircularLog> {
    const [older, newer] = await Promise.all([sizeOf(`${prefix}.old`), sizeOf(`${prefix}.new`)]);
    if (older === undefined && newer !== undefined) {
      await rename(`${prefix}.new`, `${prefix}.old`);
      return new CircularLog(prefix, await open(`${prefix}.new`, 'a'), 'new', 0);
    }
    const part = newer === undefined ? 'old' : 'new';
    return new CircularLog(prefix, await open(`${prefix}.${part}`, 'a'), part, newer ?? older ?? 0);
  }

  /** Resolves once the bytes are written. */
  write(bytes: Uint8Array): Promise<void> {
    const written = this.queue.then(() => this.append(bytes));
    // A failed write is its caller's to see; the next one tries anew.
    this.queue = written.catch(() => undefined);
    return written;
  }

  close(): Promise<void> {
    this.closing ??= this.queue.then(() => this.file.close());
    return this.closing;
  }

  private async append(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (rest.byteLength > 0) {
      if (this.size >= circularLogBytes) await this.roll();
      const piece = rest.subarray(0, circularLogBytes - this.size);
      await this.file.write(piece);
      this.size += piece.byteLength;
      rest = rest.subarray(piece.byteLength);
      // Whole files' worth that later ones would push out are never written.
      const surplus = Math.floor((rest.byteLength - 1) / circularLogBytes) - 1;
      if (surplus > 0) rest = rest.subarray(surplus * circularLogBytes);
    }
  }

  private async roll(): Promise<void> {
    await this.file.close();
    if (this.part === 'new') await rename(`${this.prefix}.new`, `${this.prefix}.old`);
    this.file = await open(`${this.prefix}.new`, 'w');
    this.part = 'new';
    this.size = 0;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
