/** Ties the value libraries to what core knows: exceptions as sequences, attributes in format strings, names of hidden types. */
import { fromkeys } from '../containers/dict-methods.js';
import { iteratorNames } from '../containers/iterators.js';
import { viewNames } from '../containers/views.js';
import { raise } from '../model.js';
import { isIntegral } from '../numbers/kinds.js';
import { fromhex } from '../numbers/methods.js';
import { hooks } from '../operations/hooks.js';
import { getItem } from '../operations/subscript.js';
import { PyObject, PySlice, type Value } from '../values.js';
import { findAttribute, getAttribute } from './attributes.js';
import { argsOf, isException } from './exceptions.js';
import { AttributeName } from './state.js';
import { dictType, floatType, nameType, typeName } from './types.js';

const previous = { ...hooks };

// `e[0]` and `e[1:]` are those of `e.args`, for as much as a sequence without a mapping's functions takes in C.
hooks.getItem = (object: PyObject, index: Value): Value | undefined => {
  if (!isException(object)) return previous.getItem(object, index);
  if (!isIntegral(index) && !isPlainSlice(index)) {
    raise('TypeError', `sequence index must be integer, not '${typeName(index)}'`);
  }
  return getItem(argsOf(object), index);
};

const isPlainSlice = (index: Value): boolean =>
  index instanceof PySlice &&
  index.step === null &&
  [index.start, index.stop].every((bound) => bound === null || isIntegral(bound));

const keysName = new AttributeName('keys');
// Built-in values but dicts have none.
hooks.keysAttribute = (value: Value): Value | undefined =>
  typeof value === 'function' || (value instanceof PyObject && value.T.guest)
    ? findAttribute(value, keysName)
    : undefined;
hooks.getAttribute = (value: Value, name: string): Value => getAttribute(value, new AttributeName(name));

for (const [iterator, name] of iteratorNames) nameType(name, iterator.prototype);
for (const [view, name] of viewNames) nameType(name, view.prototype);

dictType.own.set('fromkeys', fromkeys);
floatType.own.set('fromhex', fromhex);
