/** A program for the pinned engine: prepares the runtime as a zygote does, has the hot functions compiled, and tells how each of them is. */
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers';
import { setFlagsFromString } from 'node:v8';
import { compileFunction } from 'node:vm';
import { compileHot, prepare } from '../../child-runtime/main.js';
import { hotFunctions } from '../../child-runtime/python/hot.js';

export interface Told {
  readonly name: string;
  readonly before: boolean;
  readonly after: boolean;
  readonly used: boolean;
  /** Whether a function that wasn't named, and was called as often, is compiled, too. */
  readonly other: boolean;
  /** Whether V8's functions for tests can be named. */
  readonly natives: boolean;
}

setFlagsFromString('--allow-natives-syntax');
const isOptimised = compileFunction('return %ActiveTierIsTurbofan(f);', ['f']) as (f: unknown) => boolean;
setFlagsFromString('--no-allow-natives-syntax');

function natives(): boolean {
  try {
    compileFunction('%DebugPrint(1)');
    return true;
  } catch {
    return false;
  }
}

let sum = 0;
const other = (n: number): void => {
  sum += n;
};

// As the zygote does: out of the promise job that a module body is.
setImmediate(() => {
  prepare();
  const before = hotFunctions.map(([hot]) => isOptimised(hot));
  compileHot();
  for (let n = 0; n < 100_000; n++) other(n);
  const after = hotFunctions.map(([hot]) => isOptimised(hot));
  for (const [, show] of hotFunctions) show();
  const told = hotFunctions.map(
    ([hot], i): Told => ({
      name: hot.name,
      before: before[i]!,
      after: after[i]!,
      used: isOptimised(hot),
      other: isOptimised(other) || sum === 0,
      natives: natives(),
    }),
  );
  writeSync(1, JSON.stringify(told));
});
