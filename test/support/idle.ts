import { cpus } from 'node:os';

/** Seconds that the host's processors had nothing to do, all together. */
const idleSeconds = (): number => cpus().reduce((sum, { times }) => sum + times.idle, 0) / 1000;

/**
 * Starts a measurement: the result says why it can't be judged how much a program got, or how soon, or undefined when it can. On a host
 * that does much else a program waits for a processor and gets less than its limit. That no limit is exceeded can always be judged.
 */
export function watchLoad(): () => string | undefined {
  const [began, idleBefore] = [performance.now(), idleSeconds()];
  return () => {
    const idle = (idleSeconds() - idleBefore) / ((performance.now() - began) / 1000);
    return idle < 0.5 ? `not judged: only ${idle.toFixed(2)} cores were idle` : undefined;
  };
}
