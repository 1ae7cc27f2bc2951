/**
 * What objects beyond `values.ts` answer to operations that built-in types have: exceptions can be indexed, a SafeDict has a length,
 * and so on. Core replaces these; each returns undefined (or false) for an object that has no such operation, and the caller raises.
 */
import { raise } from '../model.js';
import type { PyObject, Value } from '../values.js';

export interface ObjectHooks {
  length(object: PyObject): number | undefined;
  contains(object: PyObject, element: Value): boolean | undefined;
  getItem(object: PyObject, index: Value): Value | undefined;
  /** Whether the object took the assignment. */
  setItem(object: PyObject, index: Value, value: Value): boolean;
  deleteItem(object: PyObject, index: Value): boolean;
  /** The sign of an object that compares itself with others. */
  compare(object: PyObject, other: Value): number | undefined;
  /** The entries of an object of core's own that dict() and update() take for a dict. */
  entries(object: PyObject): Array<readonly [Value, Value]> | undefined;
  /** The attribute `keys`, whatever it is, that makes a mapping of a guest's object or of a class. */
  keysAttribute(value: Value): Value | undefined;
  /** An attribute that a format string names; AttributeError if there is none. */
  getAttribute(value: Value, name: string): Value;
}

export const hooks: ObjectHooks = {
  length: () => undefined,
  contains: () => undefined,
  getItem: () => undefined,
  setItem: () => false,
  deleteItem: () => false,
  compare: () => undefined,
  entries: () => undefined,
  keysAttribute: () => undefined,
  getAttribute: (_value, name) => raise('AttributeError', name),
};
