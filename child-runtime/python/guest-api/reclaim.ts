/**
 * RepyV2 closes a file when its last reference goes. Here the engine's collector finds the handles that nobody can reach any
 * more, at the moments when it matters: before a program is told that a file is in use or that it has too many open.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { HandleReference } from '../../api/values.js';
import type { Handle } from './handle.js';

/**
 * A full garbage collection. Taken while the runtime loads: afterwards there are no new contexts, and weak references are gone
 * from the globals.
 */
const collectGarbage = ((): (() => void) => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return gc;
})();
const Weak = WeakRef;

/** Open handles of the program, by their references; the handle objects themselves may have gone. */
const open = new Map<HandleReference, WeakRef<Handle>>();

/** A weak reference holds its object until the job ends, and a program's job ends only with the program: so it is ended now and then. */
const handlesPerJob = 256;
let handlesOfJob = 0;

export function opened(handle: Handle, endJob: () => void): void {
  open.set(handle.reference, new Weak(handle));
  handlesOfJob += 1;
  if (handlesOfJob < handlesPerJob) return;
  handlesOfJob = 0;
  endJob();
}

export const isOpen = (reference: HandleReference): boolean => open.has(reference);

export function closed(reference: HandleReference): void {
  open.delete(reference);
}

/** Handles that are open and out of reach. `endJob` makes V8 forget that it has handed out weak references lately. */
export function unreachable(endJob: () => void): HandleReference[] {
  if (open.size === 0) return [];
  endJob();
  collectGarbage();
  return [...open].filter(([, weak]) => weak.deref() === undefined).map(([reference]) => reference);
}
