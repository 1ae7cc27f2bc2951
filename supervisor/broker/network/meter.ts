/** Charges traffic to the rates of the network or of the loopback, which one being decided by an address. */
import type { Nanny, RateName } from '../../nanny/nanny.js';
import { type Maybe, then } from '../maybe.js';
import { isLoopback } from './addresses.js';

/** Bytes that RepyV2 charges for headers, or for the signals of a connection. */
export const costs = {
  header: 64,
  connect: { sent: 128, received: 64 },
  accept: { sent: 64, received: 128 },
  close: { sent: 128, received: 64 },
  resolve: { sent: 1024, received: 4096 },
  ownAddress: { sent: 256, received: 128 },
} as const;

export class Meter {
  private readonly sendRate: RateName;
  private readonly receiveRate: RateName;

  /** Without an address: the network's. */
  constructor(
    private readonly nanny: Nanny,
    address?: string,
  ) {
    const loops = address !== undefined && isLoopback(address);
    this.sendRate = loops ? 'loopsend' : 'netsend';
    this.receiveRate = loops ? 'looprecv' : 'netrecv';
  }

  /** Waits until the program may send, and goes on. */
  whenMaySend<T>(next: () => Maybe<T>): Maybe<T> {
    return after(this.nanny.charge(this.sendRate, 0), next);
  }

  whenMayReceive<T>(next: () => Maybe<T>): Maybe<T> {
    return after(this.nanny.charge(this.receiveRate, 0), next);
  }

  /** Charges both, and hands out the result when both have drained. Both are charged at once: waiting for one is no excuse. */
  charge<T>({ sent, received }: { sent: number; received: number }, result: T): Maybe<T> {
    const sending = sent > 0 ? this.nanny.charge(this.sendRate, sent) : undefined;
    const receiving = received > 0 ? this.nanny.charge(this.receiveRate, received) : undefined;
    // Both are awaited even if one fails, lest the other's failure be nobody's.
    if (sending !== undefined && receiving !== undefined) return Promise.all([sending, receiving]).then(() => result);
    return after(sending ?? receiving, () => result);
  }
}

const after = <T>(waited: Promise<void> | undefined, next: () => Maybe<T>): Maybe<T> =>
  waited === undefined ? next() : then(waited, next);
