/** Locks. Any thread may release one; who waits is served when the lock is free, in no promised order. */
import { raiseNamed } from '../core/exceptions.js';
import { session } from '../core/session.js';
import { typeName } from '../core/types.js';
import { When } from '../scheduler/wait.js';
import type { PyFunction, Value } from '../values.js';
import { apiFunction, countArguments } from './api-function.js';
import { Wrapper } from './handle.js';

class Lock extends Wrapper {
  readonly kind = 'lock';
  held = false;
}

/** Checks acquire's argument; whether the caller wants to wait. */
function blocking(args: readonly Value[]): boolean {
  countArguments('acquire', 1, args.length);
  const [wait] = args;
  if (typeof wait === 'boolean') return wait;
  return raiseNamed('RepyArgumentError', `Invalid type <type '${typeName(wait!)}'>`);
}

/** Takes the lock if it is free. */
function take(lock: Lock): boolean {
  if (lock.held) return false;
  lock.held = true;
  return true;
}

const acquire = apiFunction(
  'acquire',
  'acquire',
  (self: Lock, ...args: Value[]) => {
    const waits = blocking(args);
    if (take(self)) return true;
    if (!waits) return false;
    session().scheduler.block(new When(() => !self.held));
    return take(self);
  },
  function* (...[self, ...args]: Value[]) {
    const waits = blocking(args);
    const lock = self as Lock;
    if (take(lock)) return true;
    if (!waits) return false;
    yield new When(() => !lock.held);
    return take(lock);
  },
);

const release = apiFunction('release', 'release', (self: Lock, ...args: Value[]) => {
  countArguments('release', 0, args.length);
  if (!self.held) return raiseNamed('LockDoubleReleaseError', 'Releasing an un-locked lock!');
  self.held = false;
  return null;
});

Object.defineProperty(Lock.prototype, 'm$acquire', { value: acquire });
Object.defineProperty(Lock.prototype, 'm$release', { value: release });

export const createLock: PyFunction = apiFunction('createlock', 'createlock', (...args: Value[]) => {
  countArguments('createlock', 0, args.length);
  return new Lock();
});
