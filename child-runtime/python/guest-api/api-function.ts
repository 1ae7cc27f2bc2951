import { raiseNamed } from '../core/exceptions.js';
import { shownAs } from '../core/types.js';
import type { Wait } from '../scheduler/wait.js';
import type { PyFunction, Value } from '../values.js';

export type ApiSteps = Generator<Wait | undefined, Value, undefined>;

/**
 * Makes a function of the API of a plain version and, if it can wait, one for threads. Keyword arguments are refused in RepyV2's
 * words, with its own name for the function.
 */
export function apiFunction(
  name: string,
  internalName: string,
  plain: PyFunction,
  steps?: (...args: Value[]) => ApiSteps,
): PyFunction {
  plain.pyName = name;
  if (steps !== undefined) plain.G = steps;
  plain.K = () => raiseNamed('RepyArgumentError', `Keyword arguments not allowed when calling ${internalName}.`);
  shownAs.set(
    plain,
    '<bound method NamespaceAPIFunctionWrapper.wrapped_function of <namespace.NamespaceAPIFunctionWrapper object at @>>',
  );
  return plain;
}

/** Refuses a wrong number of arguments, which don't include a method's own object. */
export function countArguments(name: string, wanted: number, given: number): void {
  if (given === wanted) return;
  raiseNamed('RepyArgumentError', `Function '${name}' takes ${wanted} arguments, not ${given} as you provided.`);
}
