/**
 * RepyV2's threads, as far as they have a meaning here: a function that goes on by itself, promise by promise. Each counts as an
 * event, and so does the body of the program until it is done.
 */
import { RepyError } from '../../protocol/exceptions.js';
import { typeNameOf } from '../harden/thrown.js';
import { endThreadLimit } from './ending.js';
import { guestError } from './exceptions.js';
import { checkLocal } from './perform.js';
import { session } from './session.js';

export interface Failure {
  readonly reason: unknown;
}

let failure: Failure | undefined;

/** Once for each program, before its first instruction. */
export function beginThreads(): void {
  failure = undefined;
}

/** The body of the program is done. */
export function endMain(): void {
  session().liveThreads -= 1;
}

/** What the first thread that failed has thrown. */
export const threadFailure = (): Failure | undefined => failure;

/** Calls the function once the caller has gone on. Throws the guest's exception. */
export function createThread(...args: unknown[]): void {
  checkLocal('createthread', args);
  const [work] = args;
  if (typeof work !== 'function') {
    const name = work === null ? 'null' : typeof work === 'object' ? typeNameOf(work) : typeof work;
    throw guestError(new RepyError('RepyArgumentError', `Invalid type <type '${name}'>`));
  }
  const running = session();
  const limit = running.host.threadLimit();
  if (running.liveThreads >= limit.most) {
    if (limit.ends) endThreadLimit();
    throw guestError(new RepyError('ResourceExhaustedError', "Resource 'events' limit exceeded!!"));
  }
  running.liveThreads += 1;
  void run(work as () => unknown);
}

async function run(work: () => unknown): Promise<void> {
  try {
    await undefined;
    await work();
  } catch (reason) {
    failure ??= { reason };
  }
  session().liveThreads -= 1;
}
