/**
 * What fails most often inside of a `try`, on purpose: a key or an index that is not there, a text that is no number. As whole statements
 * these return their exception (see `compiler/tries.ts`), which takes a fraction of the time of a throw; everything else raises.
 */
import { dictGet } from '../containers/dict.js';
import { toInt } from '../numbers/convert.js';
import { makeInt } from '../numbers/kinds.js';
import { fewDigits, invalidLiteralText, parseInteger } from '../numbers/parse.js';
import { getItem } from '../operations/subscript.js';
import { PyDict, PyList, PyTuple, type Value } from '../values.js';
import { exception } from './exceptions.js';
import { passing, T } from './state.js';

type Tried = Value | typeof passing;

function passes(name: string, argument: Value): typeof passing {
  T.exc = exception(name, argument);
  return passing;
}

/** object[index] */
export function tryItem(object: Value, index: Value): Tried {
  if (object instanceof PyDict) {
    const value = dictGet(object, index);
    return value === undefined ? passes('KeyError', index) : value;
  }
  const isList = object instanceof PyList;
  if (typeof index === 'number' && Number.isInteger(index) && (isList || object instanceof PyTuple)) {
    const element = object.a[index < 0 ? index + object.a.length : index];
    return element === undefined ? passes('IndexError', `${isList ? 'list' : 'tuple'} index out of range`) : element;
  }
  return getItem(object, index);
}

/** int(value) */
export function tryInt(value: Value): Tried {
  if (typeof value !== 'string' || value.includes('\0')) return toInt(value);
  const few = fewDigits(value);
  if (few !== undefined) return few;
  const content = parseInteger(value, 10, false);
  return content === undefined ? passes('ValueError', invalidLiteralText('int', value, 10)) : makeInt(content);
}
