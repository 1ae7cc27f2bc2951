/**
 * What the value libraries need of the object model. Core fills it in while it loads, so that values and core do not import
 * each other. Nothing here may be used while modules load.
 */
import type { PyFunction, PyIterator, PyObject, Value } from './values.js';

/** Built-in exceptions that the value libraries raise. */
export type RaisedName =
  | 'ArithmeticError'
  | 'AttributeError'
  | 'IndexError'
  | 'KeyError'
  | 'LookupError'
  | 'MemoryError'
  | 'NameError'
  | 'NotImplementedError'
  | 'OverflowError'
  | 'RuntimeError'
  | 'StopIteration'
  | 'SystemError'
  | 'TypeError'
  | 'ValueError'
  | 'ZeroDivisionError'
  | 'UnicodeDecodeError';

export interface ObjectModel {
  /** Raises a built-in exception; `args` become its `args` (usually one str). */
  raise(name: RaisedName, ...args: Value[]): never;
  /** Calls any Python value from runtime code (sort's cmp, map's function). Runs on the current stack to completion. */
  call(callee: Value, ...args: Value[]): Value;
  /** repr() and str() of what is not a value of `values.ts` by itself: functions, classes, instances, methods, handles. */
  reprObject(object: PyObject | PyFunction): string;
  strObject(object: PyObject | PyFunction): string;
  /** An iterator over an instance with `__iter__` or a handle with one; undefined when it can't be iterated. */
  iterObject(object: PyObject | PyFunction): PyIterator | undefined;
  /** Whether a guest's exception of that type was thrown, or of one derived from it; it is as if it never was, then. */
  forget(thrown: unknown, type: 'BaseException' | 'TypeError'): boolean;
  /** Counts as so many loop turns of the thread's time slice: called by what takes long without a loop of the program's. */
  spend(turns: number): void;
  /** The name of a value's type as messages show it: 'int', 'NoneType', 'instance', a class's name. */
  typeName(value: Value): string;
  /** A number that stays with an object: id(), default ordering, and the address in reprs. */
  address(value: Value): number;
}

const absent = (): never => {
  throw new Error('the object model is not loaded');
};

export const model: ObjectModel = {
  raise: absent,
  call: absent,
  reprObject: absent,
  strObject: absent,
  iterObject: absent,
  forget: absent,
  // Values by themselves run in no thread.
  spend: () => {},
  typeName: absent,
  address: absent,
};

export function raise(name: RaisedName, ...args: Value[]): never {
  return model.raise(name, ...args);
}
