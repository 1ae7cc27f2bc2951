/**
 * Writes answers to one child. Those that are ready within one turn leave in one write: a system call costs more than
 * the call that it answers.
 */
import type { RepyError } from '../../protocol/exceptions.js';
import { answerBytes, encodeSupervisorMessage, writeAnswer } from '../../protocol/message-encoding.js';
import type { WireValue } from '../../protocol/values.js';
import type { ChildChannel } from '../channel.js';

const batchBytes = 128 << 10;
/** Shared by all sessions: only one has a turn at a time, and its turn ends with `flush`. */
let batch = Buffer.allocUnsafeSlow(batchBytes);

export class AnswerWriter {
  /** Bytes of this session's answers in `batch`. */
  private filled = 0;
  private batching = false;

  constructor(private readonly channel: ChildChannel) {}

  /** Bytes that the child has not taken yet. */
  get backlog(): number {
    return this.filled + this.channel.writableLength;
  }

  /** Begins a turn: until `flush`, which must come before anything asynchronous, answers are collected. */
  begin(): void {
    this.batching = true;
  }

  answer(id: number, value: WireValue): void {
    const size = answerBytes(value);
    if (!this.batching || size > batchBytes) {
      this.send(encodeSupervisorMessage({ type: 'answer', id, value }));
      return;
    }
    if (this.filled + size > batchBytes) this.sendBatch();
    this.filled = writeAnswer(batch, this.filled, size, id, value);
  }

  fail(id: number, { repyName, message }: RepyError): void {
    const frame = encodeSupervisorMessage({ type: 'failure', id, exception: repyName, message });
    if (!this.batching || this.filled + frame.length > batchBytes) {
      this.send(frame);
      return;
    }
    batch.set(frame, this.filled);
    this.filled += frame.length;
  }

  /** Sends a frame behind what was collected. */
  send(frame: Uint8Array): void {
    this.sendBatch();
    this.channel.send(frame);
  }

  flush(): void {
    this.batching = false;
    this.sendBatch();
  }

  private sendBatch(): void {
    if (this.filled === 0) return;
    const bytes = batch.subarray(0, this.filled);
    this.filled = 0;
    this.channel.send(bytes);
    // The kernel usually takes it all at once; otherwise the channel goes on reading from this memory.
    if (this.channel.writableLength > 0) batch = Buffer.allocUnsafeSlow(batchBytes);
  }
}
