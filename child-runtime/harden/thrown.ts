/**
 * What a thrown value is, found without running any of the guest's code: only own data properties are read, by functions
 * captured before a guest exists, and never through a proxy. So a hostile `toString`, `message` getter or trap has no say here.
 */
import { types } from 'node:util';
import { overridableValue } from './overrides.js';

const { isNativeError, isProxy } = types;
const { getOwnPropertyDescriptor, getPrototypeOf } = Object;

/** Prototypes that are looked at; a guest can make the chain as long as it likes. */
const chainBound = 16;

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * The value of a data property, own or inherited; undefined where there is none, or an accessor or a proxy is in the way.
 * The accessors that make intrinsics overridable count as data.
 */
export function dataProperty(start: object, key: PropertyKey): unknown {
  let at: object | null = start;
  for (let steps = 0; at !== null && steps < chainBound && !isProxy(at); steps += 1) {
    const descriptor = getOwnPropertyDescriptor(at, key);
    if (descriptor !== undefined) {
      return descriptor.get === undefined ? descriptor.value : overridableValue(descriptor.get);
    }
    at = getPrototypeOf(at);
  }
  return undefined;
}

/** The name of what made the object: its class's, or what an error is renamed to by a `name`. */
export function typeNameOf(value: unknown): string {
  if (value === null) return 'null';
  if (!isObject(value)) return typeof value;
  if (isProxy(value)) return 'Proxy';
  const name = isNativeError(value) ? dataProperty(value, 'name') : undefined;
  if (typeof name === 'string' && name !== '') return bounded(name, 200);
  if (getPrototypeOf(value) === null) return 'Object';
  const maker = dataProperty(value, 'constructor');
  const className = isObject(maker) ? dataProperty(maker, 'name') : undefined;
  if (typeof className === 'string' && className !== '') return bounded(className, 200);
  return isNativeError(value) ? 'Error' : 'Object';
}

/** The message of an Error; undefined for other values. */
export function messageOf(value: unknown): string | undefined {
  if (!isObject(value) || isProxy(value) || !isNativeError(value)) return undefined;
  const message = dataProperty(value, 'message');
  return typeof message === 'string' ? message : '';
}

/** `text` cut to `length` chars, with a mark where it was cut. */
export const bounded = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}... (${text.length - length} more characters)`;
