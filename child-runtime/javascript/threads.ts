/**
 * RepyV2's threads, as far as they have a meaning here: a function that goes on by itself, promise by promise. Each counts as an
 * event, and so does the body of the program until it is done.
 */
import { RepyError } from '../../protocol/exceptions.js';
import { typeNameOf } from '../harden/thrown.js';
import { guestError } from './exceptions.js';
import { checkLocal } from './perform.js';

export interface Failure {
  readonly reason: unknown;
}

interface Threads {
  /** Those that run, the program's body included. */
  live: number;
  readonly most: number;
  failure: Failure | undefined;
}

let threads: Threads = { live: 1, most: 1, failure: undefined };

/** Once for each program, before its first instruction. */
export function beginThreads(most: number): void {
  threads = { live: 1, most, failure: undefined };
}

/** The body of the program is done. */
export function endMain(): void {
  threads.live -= 1;
}

/** What the first thread that failed has thrown. */
export const threadFailure = (): Failure | undefined => threads.failure;

/** Calls the function once the caller has gone on. Throws the guest's exception. */
export function createThread(...args: unknown[]): void {
  checkLocal('createthread', args);
  const [work] = args;
  if (typeof work !== 'function') {
    const name = work === null ? 'null' : typeof work === 'object' ? typeNameOf(work) : typeof work;
    throw guestError(new RepyError('RepyArgumentError', `Invalid type <type '${name}'>`));
  }
  if (threads.live >= threads.most) {
    throw guestError(new RepyError('ResourceExhaustedError', "Resource 'events' limit exceeded!!"));
  }
  threads.live += 1;
  void run(work as () => unknown);
}

async function run(work: () => unknown): Promise<void> {
  try {
    await undefined;
    await work();
  } catch (reason) {
    threads.failure ??= { reason };
  }
  threads.live -= 1;
}
