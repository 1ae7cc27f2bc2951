/**
 * Locks. Any thread may release one. Who comes first gets a free lock, in no promised order; but one that waits for long is promised
 * the lock when it is released next: a thread that takes it again at once, in a loop, would else keep it from all others.
 */
import { raiseNamed } from '../core/exceptions.js';
import { session } from '../core/session.js';
import { typeName } from '../core/types.js';
import { type Wait, When } from '../scheduler/wait.js';
import type { PyFunction, Value } from '../values.js';
import { apiFunction, countArguments } from './api-function.js';
import { Wrapper } from './handle.js';

/** Seconds until a waiting thread is promised the lock. */
const PATIENCE = 0.005;

interface Waiter {
  readonly since: number;
  /**
   * A thread other than main waits as a generator, which can always go on. One that waits on the stack can't while others that it
   * holds up run above it, and might wait for the lock that it was promised: nobody would ever move.
   */
  readonly canGoOn: () => boolean;
}

class Lock extends Wrapper {
  readonly kind = 'lock';
  held = false;
  /** The longest waiting first. */
  private readonly waiting: Waiter[] = [];
  private promised: Waiter | undefined;

  private isFreeFor(waiter: Waiter | undefined): boolean {
    const { promised } = this;
    return !this.held && (promised === undefined || promised === waiter || !promised.canGoOn());
  }

  /** Takes the lock if it is free. */
  take(): boolean {
    if (!this.isFreeFor(undefined)) return false;
    this.held = true;
    return true;
  }

  release(): void {
    this.held = false;
    const [first] = this.waiting;
    if (first !== undefined && session().host.now() - first.since > PATIENCE) this.promised = first;
  }

  /** Call `end` when the wait is over, or given up. */
  begin(canGoOn: () => boolean): [Waiter, Wait] {
    const waiter = { since: session().host.now(), canGoOn };
    this.waiting.push(waiter);
    return [waiter, new When(() => this.isFreeFor(waiter))];
  }

  end(waiter: Waiter): void {
    this.waiting.splice(this.waiting.indexOf(waiter), 1);
    if (this.promised === waiter) this.promised = undefined;
  }
}

/** Checks acquire's argument; whether the caller wants to wait. */
function blocking(args: readonly Value[]): boolean {
  countArguments('acquire', 1, args.length);
  const [wait] = args;
  if (typeof wait === 'boolean') return wait;
  return raiseNamed('RepyArgumentError', `Invalid type <type '${typeName(wait!)}'>`);
}

const acquire = apiFunction(
  'acquire',
  'acquire',
  (self: Lock, ...args: Value[]) => {
    const waits = blocking(args);
    if (self.take()) return true;
    if (!waits) return false;
    const { scheduler } = session();
    const isMain = scheduler.current === scheduler.main;
    const [waiter, free] = self.begin(() => isMain && !scheduler.mainIsHeldUp);
    try {
      scheduler.block(free);
      self.held = true;
      return true;
    } finally {
      self.end(waiter);
    }
  },
  function* (...[self, ...args]: Value[]) {
    const waits = blocking(args);
    const lock = self as Lock;
    if (lock.take()) return true;
    if (!waits) return false;
    const [waiter, free] = lock.begin(() => true);
    try {
      yield free;
      lock.held = true;
      return true;
    } finally {
      lock.end(waiter);
    }
  },
);

const release = apiFunction('release', 'release', (self: Lock, ...args: Value[]) => {
  countArguments('release', 0, args.length);
  if (!self.held) return raiseNamed('LockDoubleReleaseError', 'Releasing an un-locked lock!');
  self.release();
  return null;
});

Object.defineProperty(Lock.prototype, 'm$acquire', { value: acquire });
Object.defineProperty(Lock.prototype, 'm$release', { value: release });

export const createLock: PyFunction = apiFunction('createlock', 'createlock', (...args: Value[]) => {
  countArguments('createlock', 0, args.length);
  return new Lock();
});
