/** Arguments of built-in functions and methods: keywords, and integers as CPython's argument parser takes them. */
import { raise } from '../model.js';
import { FLOAT, kindOf, payload } from '../numbers/kinds.js';
import type { Value } from '../values.js';
import { refuseOldInstance } from './old-style.js';

/**
 * Positional and keyword arguments of a built-in, put at the places of its parameters; absent ones stay undefined.
 * `callee` is the name with which errors begin.
 */
export function bindKeywords(
  callee: string,
  parameters: readonly string[],
  args: readonly Value[],
  names: readonly string[],
  values: readonly Value[],
): Array<Value | undefined> {
  const given = args.length + names.length;
  if (given > parameters.length) {
    const most = parameters.length;
    raise('TypeError', `${callee}() takes at most ${most} argument${most === 1 ? '' : 's'} (${given} given)`);
  }
  const bound: Array<Value | undefined> = parameters.map((_, i) => args[i]);
  names.forEach((name, i) => {
    const at = parameters.indexOf(name);
    if (at < 0) raise('TypeError', `'${name}' is an invalid keyword argument for this function`);
    if (at < args.length) {
      raise('TypeError', `Argument given by name ('${name}') and position (${at + 1})`);
    }
    bound[at] = values[i];
  });
  return bound;
}

/** An argument that must be an integer, which fits into 64 bits. */
export function integer(value: Value): number {
  const kind = kindOf(value);
  if (kind === FLOAT) return raise('TypeError', 'integer argument expected, got float');
  if (kind > FLOAT) return raise('TypeError', "can't convert complex to int");
  if (kind === 0) {
    refuseOldInstance(value, '__trunc__');
    return raise('TypeError', 'an integer is required');
  }
  const content = payload(value);
  if (content > 9223372036854775807n || content < -9223372036854775808n) {
    return raise('OverflowError', 'Python int too large to convert to C long');
  }
  return Number(content);
}
