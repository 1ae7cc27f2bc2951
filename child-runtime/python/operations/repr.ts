/** repr() and str() of any value. */
import { dictForEach } from '../containers/dict.js';
import { DictItemsView, DictKeysView, DictView } from '../containers/views.js';
import { model, raise } from '../model.js';
import { complexRepr, complexStr } from '../numbers/complex.js';
import { floatRepr, floatStr } from '../numbers/float-text.js';
import { intText } from '../text/digits.js';
import { strRepr } from '../text/repr.js';
import {
  PyComplex,
  PyDict,
  PyFloat,
  PyFrozenSet,
  PyInt,
  PyList,
  PyLong,
  type PyObject,
  PySet,
  PySlice,
  PyTuple,
  PyXrange,
  type Value,
} from '../values.js';
import { checkChars } from './bounds.js';
import { elementsOf } from './iterate.js';

/** How deep containers may nest; CPython stops at its recursion limit. */
const DEEPEST = 999;

/** Containers whose repr is being made: one that comes up inside itself is shown as dots. */
const open = new Set<PyObject>();

export function repr(value: Value): string {
  switch (typeof value) {
    case 'string':
      return strRepr(value);
    case 'number':
      return Number.isInteger(value) ? intText(value) : floatRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'function':
      return model.reprObject(value);
  }
  if (value === null) return 'None';
  if (value instanceof PyLong) return `${value.v}L`;
  if (value instanceof PyFloat) return floatRepr(value.f);
  if (value instanceof PyInt) return value.v.toString();
  if (value.I === true) return model.reprObject(value);
  return builtInRepr(value);
}

/** What the guest's classes inherit too. */
export function builtInRepr(value: PyObject): string {
  if (value instanceof PyList) return guarded(value, '[...]', listRepr);
  if (value instanceof PyTuple) return value.a.length === 0 ? '()' : guarded(value, '(...)', tupleRepr);
  if (value instanceof PyDict) return value.size === 0 ? '{}' : guarded(value, '{...}', dictRepr);
  if (value instanceof PySet) return guarded(value, 'set(...)', setRepr);
  if (value instanceof PyFrozenSet) return guarded(value, 'frozenset(...)', setRepr);
  if (value instanceof PyComplex) return complexRepr(value);
  if (value instanceof PySlice) return `slice(${repr(value.start)}, ${repr(value.stop)}, ${repr(value.step)})`;
  if (value instanceof PyXrange) return xrangeRepr(value);
  if (value instanceof DictView) return viewRepr(value);
  return model.reprObject(value);
}

/** str(): repr() but for strs, floats, complexes, longs and objects with a `__str__`. */
export function str(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? intText(value) : floatStr(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null) return 'None';
  if (typeof value === 'function') return model.strObject(value);
  if (value instanceof PyFloat) return floatStr(value.f);
  if (value instanceof PyLong) return value.v.toString();
  if (value instanceof PyComplex) return complexStr(value);
  if (value.I === true) return model.strObject(value);
  if (isBuiltIn(value)) return repr(value);
  return model.strObject(value);
}

const isBuiltIn = (value: PyObject): boolean =>
  value instanceof PyList ||
  value instanceof PyTuple ||
  value instanceof PyDict ||
  value instanceof PyInt ||
  value instanceof PySet ||
  value instanceof PyFrozenSet ||
  value instanceof PySlice ||
  value instanceof PyXrange ||
  value instanceof DictView;

function guarded<C extends PyObject>(container: C, dots: string, text: (container: C) => string): string {
  if (open.has(container)) return dots;
  if (open.size >= DEEPEST) {
    return raise('RuntimeError', 'maximum recursion depth exceeded while getting the repr of an object');
  }
  open.add(container);
  try {
    const result = text(container);
    checkChars(result.length);
    return result;
  } finally {
    open.delete(container);
  }
}

function joined(elements: readonly Value[]): string {
  let text = '';
  for (let i = 0; i < elements.length; i++) text += i === 0 ? repr(elements[0]!) : `, ${repr(elements[i]!)}`;
  return text;
}

const listRepr = (list: PyList): string => `[${joined(list.a)}]`;
const tupleRepr = (tuple: PyTuple): string => `(${joined(tuple.a)}${tuple.a.length === 1 ? ',' : ''})`;
const setRepr = (set: PySet | PyFrozenSet): string => `${model.typeName(set)}([${joined(elementsOf(set))}])`;

function dictRepr(dict: PyDict): string {
  let text = '';
  dictForEach(dict, (key, value) => {
    text += `${text === '' ? '' : ', '}${repr(key)}: ${repr(value)}`;
  });
  return `{${text}}`;
}

function xrangeRepr(range: PyXrange): string {
  const stop = range.start + range.length * range.step;
  if (range.step !== 1) return `xrange(${range.start}, ${stop}, ${range.step})`;
  return range.start === 0 ? `xrange(${stop})` : `xrange(${range.start}, ${stop})`;
}

function viewRepr(view: DictView): string {
  const name = view instanceof DictKeysView ? 'keys' : view instanceof DictItemsView ? 'items' : 'values';
  return `dict_${name}([${joined(view.elements())}])`;
}
