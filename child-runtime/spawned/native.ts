/** The child's native part without native code: what the runtime asks of `ChildNative`, by the memory shared with the pump. */
import process from 'node:process';
import type { ChildNative } from '../../seccomp/native/addon.js';
import type { Rings } from './rings.js';

// Taken before the globals go.
const clock = process.hrtime;
const runJobs = (process as unknown as { _tickCallback(): void })._tickCallback;

function now(): number {
  const [seconds, nanoseconds] = clock();
  return seconds + nanoseconds / 1e9;
}

/** Call when the runtime is prepared. Throws when this engine can't run promise jobs on demand. */
export function nativeOf(rings: Rings): ChildNative {
  if (typeof runJobs !== 'function') throw new Error('this engine has no process._tickCallback');
  const { towardsGuest, fromGuest } = rings;
  // There is no lock: what confines the process, if anything, was there before its first instruction.
  const preparedAt = now();

  /** Waits until `towardsGuest` has something, or `until` (seconds). */
  function poll(timeoutMs: number): boolean {
    const until = now() + timeoutMs / 1000;
    for (let left = timeoutMs; ; left = (until - now()) * 1000) {
      const seen = rings.pumped;
      if (towardsGuest.used > 0) return true;
      if (!(left > 0)) return false;
      rings.untilPumped(seen, left);
    }
  }

  function read(into: Uint8Array, offset: number, length: number): number {
    poll(Number.POSITIVE_INFINITY);
    const count = towardsGuest.take(into, offset, length);
    rings.hasRead();
    return count;
  }

  function write(from: Uint8Array, offset: number, length: number): number {
    for (;;) {
      const seen = rings.pumped;
      const count = fromGuest.put(from, offset, length);
      if (count > 0) {
        rings.act();
        return count;
      }
      if (towardsGuest.used > 0) return 0;
      rings.untilPumped(seen, Number.POSITIVE_INFINITY);
    }
  }

  return {
    poll,
    read,
    write,
    exchange(from, length, into) {
      for (let at = 0; at < length; ) at += write(from, at, length - at);
      return read(into, 0, into.length);
    },
    now,
    // Windows counts the time of a thread in steps of 15 ms.
    processorTime: now,
    lockedAt: () => preparedAt,
    // The kernel isn't asked here whether it refused an allocation.
    refusedBytes: () => 0,
    exit: (code) => rings.endWith(code),
    // The engine's limits are fixed when it starts.
    followMemory: () => {},
    runMicrotasks: runJobs,
  };
}
