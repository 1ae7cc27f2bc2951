import type { Writable } from 'node:stream';
import type { LogSink } from './log-sink.js';

/** Bytes that are written at once rather than with what else comes in the same turn of the event loop. */
const gatherBytes = 64 << 10;

/**
 * A log that goes to a stream, usually standard output, which stays open; one per stream. What is logged within one turn
 * leaves in one write, which is most of a log call's cost. Whoever writes more than the stream takes waits for it.
 */
export class StreamLog implements LogSink {
  private gathered: Uint8Array[] = [];
  private bytes = 0;
  private room: Promise<void> | undefined;
  private failure: Error | undefined;

  /** `show`: what is written in place of the bytes; called with all of them, in order. */
  constructor(
    private readonly stream: Writable,
    private readonly show: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
  ) {
    stream.on('error', (error) => {
      this.failure ??= error;
    });
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (bytes.length === 0) return undefined;
    if (this.bytes === 0) setImmediate(() => this.flush());
    this.gathered.push(bytes);
    this.bytes += bytes.length;
    if (this.bytes >= gatherBytes) this.flush();
    return this.room;
  }

  async close(): Promise<void> {
    this.flush();
    if (this.failure !== undefined || !this.stream.writable) return;
    await new Promise<void>((resolve) => this.stream.write('', () => resolve()));
  }

  private flush(): void {
    if (this.bytes === 0) return;
    const bytes = this.gathered.length === 1 ? this.gathered[0]! : Buffer.concat(this.gathered);
    this.gathered = [];
    this.bytes = 0;
    if (this.failure === undefined && !this.stream.write(this.show(bytes))) this.room ??= this.whenDrained();
  }

  private whenDrained(): Promise<void> {
    const drained = new Promise<void>((resolve, reject) => {
      const settle = (error?: Error): void => {
        this.stream.off('drain', settle).off('error', settle).off('close', settle);
        this.room = undefined;
        if (error === undefined) resolve();
        else reject(error);
      };
      this.stream.once('drain', settle).once('error', settle).once('close', settle);
    });
    // Whoever writes next learns of a failure, if nobody waits now.
    drained.catch(() => undefined);
    return drained;
  }
}
