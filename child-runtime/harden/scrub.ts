/**
 * Empties the global object, so that a free name that slipped through a check finds nothing but what guests have anyway.
 * Code that runs later takes what it needs of Node from `node:` imports, not from globals.
 */
import { constantNames, permittedIntrinsics } from './permitted.js';

const kept: ReadonlySet<PropertyKey> = new Set([...permittedIntrinsics, ...constantNames]);

/** Throws when something that isn't permitted can't be removed: then there must be no guest. */
export function scrubGlobals(): void {
  const global = globalThis;
  for (const key of Reflect.ownKeys(global)) {
    if (!kept.has(key) && !Reflect.deleteProperty(global, key)) {
      throw new Error(`the global ${String(key)} can't be removed`);
    }
  }
  Object.freeze(global);
}
