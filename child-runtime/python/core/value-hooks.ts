/** Ties the value libraries to what core knows: exceptions as sequences, attributes in format strings, names of hidden types. */
import { fromkeys } from '../containers/dict-methods.js';
import { iteratorNames } from '../containers/iterators.js';
import { viewNames } from '../containers/views.js';
import { fromhex } from '../numbers/methods.js';
import { hooks } from '../operations/hooks.js';
import { getItem } from '../operations/subscript.js';
import type { PyObject, Value } from '../values.js';
import { getAttribute } from './attributes.js';
import { argsOf, isException } from './exceptions.js';
import { AttributeName } from './state.js';
import { dictType, floatType, nameType } from './types.js';

const previous = { ...hooks };

// `e[0]` and `e[1:]` are those of `e.args`.
hooks.getItem = (object: PyObject, index: Value): Value | undefined =>
  isException(object) ? getItem(argsOf(object), index) : previous.getItem(object, index);

hooks.getAttribute = (value: Value, name: string): Value => getAttribute(value, new AttributeName(name));

for (const [iterator, name] of iteratorNames) nameType(name, iterator.prototype);
for (const [view, name] of viewNames) nameType(name, view.prototype);

dictType.own.set('fromkeys', fromkeys);
floatType.own.set('fromhex', fromhex);
