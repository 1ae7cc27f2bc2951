/**
 * Methods of the types whose values are JavaScript primitives, by name. Each takes `self` first, checks the number and types of its
 * arguments itself, and may carry `K` for keyword arguments. `text/` and `numbers/` fill them in while they load.
 */
import type { PyFunction } from './values.js';

export const strMethods = new Map<string, PyFunction>();
export const intMethods = new Map<string, PyFunction>();
export const longMethods = new Map<string, PyFunction>();
export const floatMethods = new Map<string, PyFunction>();
