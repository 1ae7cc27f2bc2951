/**
 * Machine code that children share: of functions of the runtime that many programs make hot, V8's optimising compiler makes it in the
 * zygote, once. Each child would spend a few milliseconds for each of them.
 *
 * Optimised code assumes what has been seen so far, and a child in which that is wrong throws it away and compiles its own, as it would
 * have anyway. So only functions belong here that can be shown everything they ordinarily do.
 */
import { setFlagsFromString } from 'node:v8';
import { compile } from '../compile-function.js';
import { withEngineFunctions } from '../engine-functions.js';

/** A function, and what shows it all that it ordinarily does; that must change nothing that stays. */
export type HotFunction = readonly [hot: (...args: never[]) => unknown, show: () => unknown];

/** V8 begins to remember what it sees with the eighth call of a function. */
const rounds = 10;

/** Compiles the functions. Call in the zygote after its last full collection, where V8 may make machine code. */
export function compileNow(functions: readonly HotFunction[]): void {
  const [learn, compileAtNextCall] = withEngineFunctions(
    () =>
      [
        compile('%PrepareFunctionForOptimization(f);', ['f'], 'warm'),
        compile('%OptimizeFunctionOnNextCall(f);', ['f'], 'warm'),
      ] as const,
  );
  for (const [hot] of functions) learn(hot);
  // All before the first is compiled: they call each other.
  for (let round = 0; round < rounds; round++) for (const [, show] of functions) show();
  setFlagsFromString('--opt');
  for (const [hot, show] of functions) {
    compileAtNextCall(hot);
    show();
  }
  setFlagsFromString('--no-opt');
}

/** These only show things to others, however often they run. */
export function leaveUncompiled(functions: readonly ((...args: never[]) => unknown)[]): void {
  const leave = withEngineFunctions(() => compile('%NeverOptimizeFunction(f);', ['f'], 'warm'));
  for (const f of functions) leave(f);
}
