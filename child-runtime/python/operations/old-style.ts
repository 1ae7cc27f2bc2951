/**
 * Old-style instances have every slot in C, and fail only when the method behind it is looked up: with an AttributeError where other
 * objects are a TypeError.
 */
import { raise } from '../model.js';
import { PyObject, type Value } from '../values.js';

/** An instance of a guest's old-style class, or a SafeDict, whose class is one. */
export const isOldInstance = (value: Value): value is PyObject =>
  value instanceof PyObject && value.T?.newStyle === false;

/** AttributeError if the value is an old-style instance; `method` is what CPython would call. */
export function refuseOldInstance(value: Value, method: string): void {
  if (isOldInstance(value)) raise('AttributeError', `${value.T.name} instance has no attribute '${method}'`);
}

/** TypeError if an old-style instance stands where an index is wanted. */
export function refuseOldIndex(value: Value): void {
  if (isOldInstance(value)) raise('TypeError', 'object cannot be interpreted as an index');
}
