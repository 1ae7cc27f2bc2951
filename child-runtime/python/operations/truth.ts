/** Truth, length and membership of any value. */
import { dictHas } from '../containers/dict.js';
import { setHas } from '../containers/set.js';
import { DictView } from '../containers/views.js';
import { model, raise } from '../model.js';
import {
  PyComplex,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyList,
  PyLong,
  PySet,
  PyTuple,
  PyXrange,
  type Value,
} from '../values.js';
import { same } from './compare.js';
import { hooks } from './hooks.js';
import { iteratorOr } from './iterate.js';

/** bool(value). */
export function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value.length !== 0;
  if (value instanceof PyLong) return value.v !== 0;
  return truthOf(value);
}

function truthOf(value: Value): boolean {
  if (typeof value === 'function') return true;
  if (value === null) return false;
  if (value instanceof PyList || value instanceof PyTuple) return value.a.length !== 0;
  if (value instanceof PyDict) return value.size !== 0;
  if (value instanceof PySet || value instanceof PyFrozenSet) return value.m.size !== 0;
  if (value instanceof PyFloat) return value.f !== 0;
  if (value instanceof PyComplex) return value.re !== 0 || value.im !== 0;
  return sizeOf(value) !== 0;
}

/** The length of a value; undefined if it has none. */
function sizeOf(value: Value): number | undefined {
  if (typeof value === 'string') return value.length;
  if (value instanceof PyList || value instanceof PyTuple) return value.a.length;
  if (value instanceof PyDict) return value.size;
  if (value instanceof PySet || value instanceof PyFrozenSet) return value.m.size;
  if (value instanceof PyXrange) return value.length;
  if (value instanceof DictView) return value.dict.size;
  return typeof value === 'object' && value !== null ? hooks.length(value) : undefined;
}

/** len(value). */
export function length(value: Value): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof PyList) return value.a.length;
  return sizeOf(value) ?? raise('TypeError', `object of type '${model.typeName(value)}' has no len()`);
}

/** element in container. */
export function contains(container: Value, element: Value): boolean {
  if (typeof element === 'string' || typeof element === 'number') {
    if (container instanceof PyDict) {
      return container.ints === undefined ? container.map.has(element) : container.find(element) !== undefined;
    }
    if (container instanceof PySet) return container.m.has(element);
    if (typeof container === 'string' && typeof element === 'string') return container.includes(element);
  }
  return containsOther(container, element);
}

function containsOther(container: Value, element: Value): boolean {
  if (container instanceof PyDict) return dictHas(container, element);
  if (container instanceof PyList || container instanceof PyTuple) return hasElement(container.a, element);
  if (typeof container === 'string') {
    if (typeof element === 'string') return container.includes(element);
    return raise('TypeError', `'in <string>' requires string as left operand, not ${model.typeName(element)}`);
  }
  if (container instanceof PySet || container instanceof PyFrozenSet) return setHas(container, element);
  if (container instanceof DictView) return container.has(element, same);
  const answer = typeof container === 'object' && container !== null ? hooks.contains(container, element) : undefined;
  if (answer !== undefined) return answer;
  return search(container, element);
}

function hasElement(elements: readonly Value[], element: Value): boolean {
  for (let i = 0; i < elements.length; i++) {
    const candidate = elements[i]!;
    if (candidate === element || same(candidate, element)) return true;
  }
  return false;
}

function search(container: Value, element: Value): boolean {
  const fault = (): never => raise('TypeError', `argument of type '${model.typeName(container)}' is not iterable`);
  const iterator = iteratorOr(container, fault, true);
  for (let candidate = iterator.next(); candidate !== undefined; candidate = iterator.next()) {
    if (same(candidate, element)) return true;
  }
  return false;
}
