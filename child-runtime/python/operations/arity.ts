/** Errors of calls with a wrong number of arguments, in the words of CPython's several ways to check them, and installing methods. */
import { raise } from '../model.js';
import type { PyFunction, PyObject } from '../values.js';

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;

/** METH_NOARGS. `given` counts without self. */
export function noArguments(name: string, given: number): void {
  if (given !== 0) raise('TypeError', `${name}() takes no arguments (${given} given)`);
}

/** METH_O. */
export function oneArgument(name: string, given: number): void {
  if (given !== 1) raise('TypeError', `${name}() takes exactly one argument (${given} given)`);
}

/** PyArg_ParseTuple. */
export function between(name: string, least: number, most: number, given: number): void {
  if (given >= least && given <= most) return;
  const bound = least === most ? 'exactly' : given < least ? 'at least' : 'at most';
  raise('TypeError', `${name}() takes ${bound} ${counted(given < least ? least : most)} (${given} given)`);
}

/** PyArg_UnpackTuple. */
export function unpacked(name: string, least: number, most: number, given: number): void {
  if (given >= least && given <= most) return;
  const bound = least === most ? '' : given < least ? 'at least ' : 'at most ';
  raise('TypeError', `${name} expected ${bound}${given < least ? least : most} arguments, got ${given}`);
}

/** Built-in methods by name; each takes self first. */
export type MethodTable = Readonly<Record<string, PyFunction>>;

export function installInto(map: Map<string, PyFunction>, table: MethodTable): void {
  for (const [name, method] of Object.entries(table)) {
    method.pyName ??= name;
    map.set(name, method);
  }
}

/** Makes methods properties `m$name` of a prototype. */
export function installOn(prototype: PyObject, table: MethodTable): void {
  for (const [name, method] of Object.entries(table)) {
    method.pyName ??= name;
    Object.defineProperty(prototype, `m$${name}`, { value: method, writable: true, configurable: true });
  }
}
