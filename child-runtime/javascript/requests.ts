/**
 * The program's API calls that wait for the supervisor. At most `bounds.requestsInFlight` are sent; later ones queue here, in the
 * guest's own memory and in order.
 */
import { bounds } from '../../protocol/bounds.js';
import type { RepyError } from '../../protocol/exceptions.js';
import type { ApiResult, Operation } from '../api/operations.js';
import type { Host } from '../host.js';

/** Where an operation's end is reported. Neither function may throw or run the guest's code. */
export interface Settle {
  resolve(result: ApiResult): void;
  reject(error: RepyError): void;
}

interface Call {
  readonly operation: Operation;
  readonly settle: Settle;
}

export class Requests {
  private readonly sent = new Map<number, Call>();
  private queue: Call[] = [];
  private queueHead = 0;

  constructor(private readonly host: Host) {}

  /** Calls that have not ended. */
  get pending(): number {
    return this.sent.size + this.queue.length - this.queueHead;
  }

  start(operation: Operation, settle: Settle): void {
    if (this.sent.size < bounds.requestsInFlight) this.advance({ operation, settle }, operation.next());
    else this.queue.push({ operation, settle });
  }

  /** Hands out the answers that have arrived. */
  deliver(): void {
    for (const id of this.host.arrived()) {
      const answer = this.host.take(id);
      const call = this.sent.get(id);
      if (answer === undefined || call === undefined) continue;
      this.sent.delete(id);
      if ('error' in answer) call.settle.reject(answer.error);
      else this.advance(call, call.operation.next(answer.value));
      this.sendQueued();
    }
  }

  /** Waits until every call has ended, without running any of the guest's code. */
  drain(): void {
    while (this.pending > 0) {
      if (this.host.arrived().length === 0) this.host.wait(Number.POSITIVE_INFINITY);
      this.deliver();
    }
  }

  private advance(call: Call, step: ReturnType<Operation['next']>): void {
    if (step.done) call.settle.resolve(step.value);
    else this.sent.set(this.host.send(step.value.call, step.value.args), call);
  }

  private sendQueued(): void {
    while (this.sent.size < bounds.requestsInFlight && this.queueHead < this.queue.length) {
      const call = this.queue[this.queueHead]!;
      this.queueHead += 1;
      this.advance(call, call.operation.next());
    }
    // Forgets what was sent, each time that half of the array is spent: constant work per call.
    if (this.queueHead * 2 >= this.queue.length) {
      this.queue = this.queue.slice(this.queueHead);
      this.queueHead = 0;
    }
  }
}
