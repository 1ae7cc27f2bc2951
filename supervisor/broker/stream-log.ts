import type { Writable } from 'node:stream';
import type { LogSink } from './log-sink.js';

/** A log that goes to a stream, usually standard output, which stays open. Whoever writes more than the stream takes waits for it. */
export class StreamLog implements LogSink {
  private room: Promise<void> | undefined;
  private failure: Error | undefined;

  constructor(private readonly stream: Writable) {
    stream.on('error', (error) => {
      this.failure ??= error;
    });
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (bytes.length === 0 || this.stream.write(bytes)) return undefined;
    this.room ??= this.whenDrained();
    return this.room;
  }

  async close(): Promise<void> {
    if (this.failure !== undefined || !this.stream.writable) return;
    await new Promise<void>((resolve) => this.stream.write('', () => resolve()));
  }

  private whenDrained(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error): void => {
        this.stream.off('drain', settle).off('error', settle).off('close', settle);
        this.room = undefined;
        if (error === undefined) resolve();
        else reject(error);
      };
      this.stream.once('drain', settle).once('error', settle).once('close', settle);
    });
  }
}
