import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { LogSink } from '../broker/log-sink.js';

/** A log on a stream of ours, which stays open. When its reader is slow the writer waits; when it has gone, writes fail. */
export class StreamLog implements LogSink {
  private failure: Error | undefined;
  private drained: Promise<void> | undefined;

  constructor(private readonly stream: Writable) {
    stream.once('error', (error) => {
      this.failure = error;
    });
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (this.stream.write(bytes)) return undefined;
    this.drained ??= this.untilDrained();
    return this.drained;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.stream.write('', () => resolve());
    });
  }

  private async untilDrained(): Promise<void> {
    const gone = new AbortController();
    try {
      await Promise.race([
        new Promise<void>((resolve) => this.stream.once('drain', resolve)),
        finished(this.stream, { readable: false, signal: gone.signal }),
      ]);
    } finally {
      gone.abort();
      this.drained = undefined;
    }
  }
}
