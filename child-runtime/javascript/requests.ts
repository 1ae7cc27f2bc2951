/**
 * The program's API calls that wait for the supervisor. At most `bounds.requestsInFlight` are sent; later ones queue here, in the
 * guest's own memory and in order.
 */
import { bounds } from '../../protocol/bounds.js';
import type { RepyError } from '../../protocol/exceptions.js';
import { type ApiRequest, type ApiResult, checkResult, isRequest, type Operation } from '../api/operations.js';
import type { Host } from '../host.js';

/** Where an operation's end is reported. Neither function may throw or run the guest's code. */
export interface Settle {
  resolve(result: ApiResult): void;
  reject(error: RepyError): void;
}

interface Call {
  readonly begun: ApiRequest | Operation;
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

  start(begun: ApiRequest | Operation, settle: Settle): void {
    if (this.sent.size < bounds.requestsInFlight) this.begin({ begun, settle });
    else this.queue.push({ begun, settle });
  }

  /** Hands out the answers that have arrived. */
  deliver(): void {
    for (const id of this.host.arrived()) {
      const answer = this.host.take(id);
      const call = this.sent.get(id);
      if (answer === undefined || call === undefined) continue;
      this.sent.delete(id);
      if ('error' in answer) call.settle.reject(answer.error);
      else if (isRequest(call.begun)) call.settle.resolve(checkResult(call.begun.call, answer.value));
      else this.advance(call, call.begun.next(answer.value));
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

  private begin(call: Call): void {
    if (isRequest(call.begun)) this.send(call.begun, call);
    else this.advance(call, call.begun.next());
  }

  private advance(call: Call, step: ReturnType<Operation['next']>): void {
    if (step.done) call.settle.resolve(step.value);
    else this.send(step.value, call);
  }

  private send(request: ApiRequest, call: Call): void {
    this.sent.set(this.host.send(request.call, request.args), call);
  }

  private sendQueued(): void {
    while (this.sent.size < bounds.requestsInFlight && this.queueHead < this.queue.length) {
      const call = this.queue[this.queueHead]!;
      this.queueHead += 1;
      this.begin(call);
    }
    // Forgets what was sent, each time that half of the array is spent: constant work per call.
    if (this.queueHead * 2 >= this.queue.length) {
      this.queue = this.queue.slice(this.queueHead);
      this.queueHead = 0;
    }
  }
}
