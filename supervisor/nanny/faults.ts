import type { LimitHit } from '../outcome.js';

/**
 * A guest met a limit that no waiting and no exception in the guest can answer: the program ends with outcome `limit`.
 * RepyV2 ends such a program by an InternalRepyError or a kill.
 */
export class LimitFault extends Error {
  constructor(readonly limit: LimitHit) {
    super(`${limit.resource}: ${limit.used} would be used, ${limit.allowed} is allowed`);
    this.name = 'LimitFault';
  }
}

/** What was asked for is no longer wanted: the program it was for is gone. */
export class Cancelled extends Error {
  constructor() {
    super('the program has ended');
    this.name = 'Cancelled';
  }
}
