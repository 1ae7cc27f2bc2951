/** RepyV2's exceptions as subclasses of Error, by name; made once and frozen with the rest of what guests share. */
import { type RepyError, type RepyExceptionName, repyExceptions } from '../../protocol/exceptions.js';

export type GuestErrorClass = new (message?: string) => Error;

const classes = new Map<string, GuestErrorClass>();

/** After lockdown: `base` is the frozen Error that guests know. */
export function makeExceptions(base: GuestErrorClass): void {
  for (const [name, { parent }] of Object.entries(repyExceptions)) {
    const made = class extends (classes.get(parent) ?? base) {};
    Object.defineProperty(made, 'name', { value: name });
    Object.defineProperty(made.prototype, 'name', { value: name });
    classes.set(name, made);
  }
}

/** Throws for a name that isn't in the table. */
export function exceptionClass(name: string): GuestErrorClass {
  const found = classes.get(name);
  if (found === undefined) throw new Error(`no exception ${name}`);
  return found;
}

/** What a guest sees of an exception that an API call ended with. */
export function guestError(error: RepyError): Error {
  return new (exceptionClass(error.repyName satisfies RepyExceptionName))(error.message);
}
