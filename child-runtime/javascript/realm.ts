/** All that a program can name, made once in the zygote and frozen. */
import { harden } from '../harden/lockdown.js';
import { permittedIntrinsics } from '../harden/permitted.js';
import { conveniences } from './conveniences.js';
import { exceptionClass, type GuestErrorClass, makeExceptions } from './exceptions.js';
import { apiFunctions, handleMethod } from './functions.js';
import { completeHandles } from './handles.js';
import { exceptionNames } from './names.js';

const values = new Map<string, unknown>();

/** The constructor that a value's prototype leads to, so that a guest has one Error, not a second with the engine's powers. */
const shared = (prototype: object): unknown => (prototype as { constructor: unknown }).constructor;

/** After lockdown. */
export function makeRealm(): void {
  for (const name of permittedIntrinsics) values.set(name, Reflect.get(globalThis, name));
  values.set('Error', shared(Error.prototype));
  values.set('Symbol', shared(Symbol.prototype));
  values.set('RegExp', shared(RegExp.prototype));
  makeExceptions(shared(Error.prototype) as GuestErrorClass);
  for (const name of exceptionNames) values.set(name, exceptionClass(name));
  for (const [name, value] of Object.entries({ ...apiFunctions, ...conveniences })) values.set(name, value);
  harden([...values.values(), ...completeHandles(handleMethod)]);
}

/** The value of a permitted name. `own` holds what each program gets for itself. */
export function guestValue(name: string, own: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(own, name)) return own[name];
  if (!values.has(name)) throw new Error(`nothing is bound to ${name}`);
  return values.get(name);
}
