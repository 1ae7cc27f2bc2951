/**
 * Promises that are rejected while nobody handles them. V8 tells Node, and Node asks once all due promise jobs have run, as it
 * does after each of its own callbacks: so a rejection may still be handled within the turn in which it happened.
 */
import process from 'node:process';

/** Runs the promise jobs that are due and then reports rejections; what Node calls after every callback. */
const settle = (process as unknown as { _tickCallback(): void })._tickCallback;

let first: { readonly reason: unknown } | undefined;

/** Once, in the zygote. */
export function watchRejections(): void {
  if (typeof settle !== 'function') throw new Error('this engine has no process._tickCallback');
  process.on('unhandledRejection', (reason) => {
    first ??= { reason };
  });
}

/** Runs what is due; the first rejection that is left without a handler, or undefined. */
export function settleRejections(): { readonly reason: unknown } | undefined {
  settle();
  const found = first;
  first = undefined;
  return found;
}
