import { cpus } from 'node:os';

/** Idle cores, on average: with fewer there were moments without any, and what programs lose then isn't the limits' doing. */
export const busyBelow = 0.5;

/** Starts watching; the function that it returns says how many cores had nothing to do since. */
export function watchIdle(): () => number {
  const idle = () => cpus().reduce((sum, { times }) => sum + times.idle, 0);
  const before = idle();
  const since = performance.now();
  return () => (idle() - before) / (performance.now() - since);
}
