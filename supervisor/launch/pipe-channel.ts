/**
 * The supervisor's end of a spawned child's two pipes, as one channel. Reading a paused stream goes on up to the stream's own bound,
 * 64 KiB, which a child may so have sent ahead; what it wrote before it died is still read to the end.
 */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { ChildChannel } from '../channel.js';

export class PipeChannel extends EventEmitter<{ close: []; error: []; drain: [] }> implements ChildChannel {
  private receiver: ((chunk: Buffer) => void) | undefined;
  private ended = false;
  private peerGone = false;

  constructor(
    /** The child's standard input, and output. */
    private readonly towards: Writable,
    private readonly from: Readable,
  ) {
    super();
    // The session hears of a child's death from its process; a write to it is dropped.
    towards.on('error', () => {
      this.peerGone = true;
      towards.destroy();
    });
    towards.on('drain', () => this.emit('drain'));
    from.on('error', () => from.destroy());
    from.once('close', () => {
      this.ended = true;
      towards.destroy();
      this.emit('close');
    });
    from.pause();
  }

  get closed(): boolean {
    return this.ended;
  }

  get writableLength(): number {
    return this.peerGone ? 0 : this.towards.writableLength;
  }

  receive(receiver: (chunk: Buffer) => void): void {
    this.receiver = receiver;
    this.from.on('data', (chunk: Buffer) => this.receiver?.(chunk));
    this.from.resume();
  }

  send(bytes: Uint8Array): void {
    if (this.ended || this.peerGone || this.towards.destroyed) return;
    // The stream may hold on to what it is given until the system takes it.
    this.towards.write(Buffer.from(bytes));
  }

  pause(): void {
    this.from.pause();
  }

  resume(): void {
    this.from.resume();
  }

  destroy(): void {
    this.receiver = undefined;
    this.towards.destroy();
    this.from.destroy();
  }
}
