import { bounds } from '../../protocol/bounds.js';
import { ProtocolViolation } from '../../protocol/violation.js';

/** Bytes of requests in flight and of the answers that they may have, above which no further request is taken. */
const heldBytes = 2 * bounds.dataBytes;

/** The requests of one session that wait for something: their ids, and what they make the supervisor hold. */
export class InFlight {
  private readonly weights = new Map<number, number>();
  private held = 0;

  /** Whether one more request may be taken. */
  get hasRoom(): boolean {
    return this.weights.size < bounds.requestsInFlight && this.held < heldBytes;
  }

  /** Throws ProtocolViolation when a request with this id is outstanding. */
  checkId(id: number): void {
    if (this.weights.has(id)) throw new ProtocolViolation('bad id', `${id} is in use`);
  }

  add(id: number, weight: number): void {
    this.weights.set(id, weight);
    this.held += weight;
  }

  delete(id: number): void {
    this.held -= this.weights.get(id) ?? 0;
    this.weights.delete(id);
  }
}
