/**
 * The nanny's time: a monotonic clock and wake-ups. Injected, so that tests of waiting are exact and take no time.
 */
export interface Pulse {
  /** Monotonic seconds. */
  now(): number;
  /** Calls `wake` once, not before `seconds` have passed; returns what takes it back. */
  after(seconds: number, wake: () => void): () => void;
}

/** setTimeout takes at most 2^31-1 milliseconds; who waits longer is woken early and goes on waiting. */
const longestMs = 2 ** 31 - 1;

export const hostPulse: Pulse = {
  now: () => performance.now() / 1000,
  after(seconds, wake) {
    // Rounded up: setTimeout cuts fractions off, and would wake the waiter just too early.
    const timer = setTimeout(wake, Math.min(Math.ceil(seconds * 1000), longestMs));
    return () => clearTimeout(timer);
  },
};
