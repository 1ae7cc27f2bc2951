/** RepyV2's locks: for what has to happen in one piece across several waits. Nobody but the program itself has a part in them. */
import { RepyError } from '../../protocol/exceptions.js';
import { HandleReference } from '../api/values.js';
import { guestError } from './exceptions.js';
import { makeHandle, referenceOf } from './handles.js';
import { checkLocal } from './perform.js';

class Lock extends HandleReference {
  held = false;
  readonly waiting: ((got: true) => void)[] = [];

  constructor() {
    super('lock', 0);
  }
}

export const createLock = (): object => makeHandle(new Lock());

/** The arguments have the lock first. Throws the guest's exception. */
function lockOf(name: 'lock.acquire' | 'lock.release', args: readonly unknown[]): Lock {
  checkLocal(name, args);
  return referenceOf(args[0] as object) as Lock;
}

/** Whether the caller has it now; with `blocking`, once it has. */
export async function acquire(...args: unknown[]): Promise<boolean> {
  const lock = lockOf('lock.acquire', args);
  if (lock.held) return args[1] === true && new Promise<true>((resolve) => lock.waiting.push(resolve));
  lock.held = true;
  return true;
}

/** Who has waited longest has it next, without anybody between. */
export function release(...args: unknown[]): void {
  const lock = lockOf('lock.release', args);
  if (!lock.held) throw guestError(new RepyError('LockDoubleReleaseError', 'Releasing an un-locked lock!'));
  const next = lock.waiting.shift();
  if (next === undefined) lock.held = false;
  else next(true);
}
