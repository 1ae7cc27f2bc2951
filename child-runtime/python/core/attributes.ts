/** Attributes of any value, where compiled code's inline look-up found none. */

import { floatMethods, intMethods, longMethods, strMethods } from '../methods.js';
import { raise } from '../model.js';
import { kindOf } from '../numbers/kinds.js';
import { numberAttribute as attributeOfNumber } from '../numbers/methods.js';
import { repr, str } from '../operations/repr.js';
import {
  PyFloat,
  type PyFunction,
  PyInstance,
  PyInt,
  PyLong,
  PyMethod,
  PyObject,
  PySlice,
  PyTuple,
  type PyType,
  type Value,
} from '../values.js';
import { call, callG } from './calls.js';
import { deleteClassAttribute, lookup, setClassAttribute } from './classes.js';
import { baseException, isException } from './exceptions.js';
import type { AttributeName, Raised } from './state.js';
import {
  asSlots,
  boolType,
  type CoreType,
  descriptors,
  floatType,
  intType,
  isInstanceOf,
  longType,
  strType,
  typeName,
} from './types.js';

type Steps = Generator<unknown, Value, undefined>;

/** Methods of values that are JavaScript primitives. */
function primitiveMethods(v: Value): ReadonlyMap<string, PyFunction> | undefined {
  switch (typeof v) {
    case 'string':
      return strMethods;
    case 'number':
      return Number.isInteger(v) ? intMethods : floatMethods;
    case 'boolean':
      return intMethods;
    default:
      return undefined;
  }
}

function tableOf(type: PyType): ReadonlyMap<string, PyFunction> | undefined {
  if (type === strType) return strMethods;
  if (type === intType || type === boolType) return intMethods;
  if (type === longType) return longMethods;
  return type === floatType ? floatMethods : undefined;
}

/** What every object answers to, since RepyV2 allows these names. */
const common = new Map<string, PyFunction>([
  ['__repr__', (self: Value) => repr(self)],
  ['__str__', (self: Value) => str(self)],
]);
for (const [name, f] of common) f.pyName = name;
const objectInit: PyFunction = (self: Value, ...args: Value[]) => {
  if (args.length > 0 && self instanceof PyInstance) return raise('TypeError', 'object.__init__() takes no parameters');
  return null;
};
objectInit.pyName = '__init__';

/** A method of a built-in type as an attribute of the type: `str.lower`. */
const descriptorsOf = new Map<PyType, Map<PyFunction, PyFunction>>();

function descriptor(type: PyType, name: string, f: PyFunction): PyFunction {
  let known = descriptorsOf.get(type);
  if (known === undefined) {
    known = new Map();
    descriptorsOf.set(type, known);
  }
  let made = known.get(f);
  if (made === undefined) {
    const wanted = type.module === 'exceptions' ? `exceptions.${type.name}` : type.name;
    const check = ([self]: readonly Value[]): void => {
      if (self === undefined) raise('TypeError', `descriptor '${name}' of '${wanted}' object needs an argument`);
      if (isInstanceOf(self!, type)) return;
      raise('TypeError', `descriptor '${name}' requires a '${wanted}' object but received a '${typeName(self!)}'`);
    };
    made = (...args: Value[]) => {
      check(args);
      return f(...args);
    };
    made.pyName = name;
    made.K = (args, names, values) => {
      check(args);
      return f.K === undefined ? raise('TypeError', `${name}() takes no keyword arguments`) : f.K(args, names, values);
    };
    known.set(f, made);
    descriptors.set(made, type);
  }
  return made;
}

const numberAttribute = (v: Value, name: string): Value | undefined =>
  kindOf(v) === 0 ? undefined : attributeOfNumber(v, name);

/** An attribute of a class: its own or inherited; a function comes as an unbound method. */
function classAttribute(type: PyType, name: string): Value | undefined {
  const found = lookup(type, name);
  if (found !== undefined) {
    const { value } = found;
    if (typeof value === 'function' && value.code !== undefined)
      return new PyMethod(value, undefined, type, value.code.name);
    if (value instanceof PyMethod && value.self === undefined)
      return new PyMethod(value.f, undefined, type, value.name);
    return value;
  }
  const method = tableOf(type)?.get(name) ?? asSlots(type.proto)[`m$${name}`];
  if (typeof method === 'function') return builtinClassMethod(type, name, method);
  if (!type.newStyle) return undefined;
  if (name === '__init__') return objectInit;
  const shared = common.get(name);
  return shared === undefined ? undefined : descriptor(type, name, shared);
}

function builtinClassMethod(type: PyType, name: string, method: PyFunction): Value {
  return descriptor(type.mro.find((ancestor) => !ancestor.guest) ?? type, name, method);
}

/** The value of `o.name`, or undefined if there is none. */
export function findAttribute(o: Value, attribute: AttributeName): Value | undefined {
  const { name } = attribute;
  if (o instanceof PyObject) {
    const slots = asSlots(o);
    const value = slots[attribute.own];
    if (value !== undefined) return value;
    const method = slots[attribute.method];
    if (method !== undefined) {
      const f = method as PyFunction;
      return new PyMethod(f, o, f.code === undefined ? undefined : o.T, f.code?.name ?? name);
    }
    const part = numberAttribute(o, name);
    return part === undefined ? objectAttribute(o, attribute) : part;
  }
  if (typeof o === 'function') {
    if (o.type !== undefined) return classAttribute(o.type, name);
    const value = asSlots(o)[attribute.own];
    if (value !== undefined) return value;
  } else {
    const method = primitiveMethods(o)?.get(name);
    if (method !== undefined) return new PyMethod(method, o, undefined, name);
    const value = numberAttribute(o, name);
    if (value !== undefined) return value;
  }
  return sharedMethod(o, name);
}

function sharedMethod(o: Value, name: string): Value | undefined {
  const f = name === '__init__' ? objectInit : common.get(name);
  return f === undefined ? undefined : new PyMethod(f, o, undefined, name);
}

/** A guest's method shows the attributes of its function, which can't be changed through it. */
const functionAttribute = (o: PyMethod, attribute: AttributeName): Value | undefined =>
  o.f.code === undefined ? undefined : findAttribute(o.f, attribute);

function objectAttribute(o: PyObject, attribute: AttributeName): Value | undefined {
  const { name } = attribute;
  if (o instanceof PyLong) {
    const method = longMethods.get(name);
    return method === undefined ? sharedMethod(o, name) : new PyMethod(method, o, undefined, name);
  }
  if (o instanceof PyInt || o instanceof PyFloat) {
    const method = (o instanceof PyInt ? intMethods : floatMethods).get(name);
    return method === undefined ? sharedMethod(o, name) : new PyMethod(method, o, undefined, name);
  }
  if (o instanceof PyMethod) return sharedMethod(o, name) ?? functionAttribute(o, attribute);
  if (o instanceof PySlice && (name === 'start' || name === 'stop' || name === 'step')) return o[name];
  if (isInstanceOf(o, baseException) && name === 'message') {
    // RepyV2's restricted mode can't issue the deprecation warning that reading it calls for.
    return raise('TypeError', 'BaseException.message is not readable in restricted mode');
  }
  return o instanceof PyInstance && !o.T.newStyle ? undefined : sharedMethod(o, name);
}

/** Objects of the API raise AttributeError with the bare name. */
const bare = (o: Value): boolean => o instanceof PyObject && (o as { H?: boolean }).H !== undefined;

function noAttribute(o: Value, name: string): never {
  if (bare(o)) return raise('AttributeError', name);
  if (typeof o === 'function' && o.type !== undefined) {
    return raise(
      'AttributeError',
      o.type.newStyle
        ? `type object '${o.type.module === 'exceptions' ? 'exceptions.' : ''}${o.type.name}' has no attribute '${name}'`
        : `class ${o.type.name} has no attribute '${name}'`,
    );
  }
  if (o instanceof PyObject && o.T?.newStyle === false) {
    return raise('AttributeError', `${o.T.name} instance has no attribute '${name}'`);
  }
  return raise('AttributeError', missingText(o instanceof PyMethod && o.f.code !== undefined ? o.f : o, name));
}

export function getAttribute(o: Value, attribute: AttributeName): Value {
  const value = findAttribute(o, attribute);
  // Not `??`: None is null.
  return value === undefined ? noAttribute(o, attribute.name) : value;
}

/** `o.name(args)` where `o` is no instance with such a method: a str, a class, an instance with a callable attribute. */
export function callMethod(o: Value, attribute: AttributeName, ...args: Value[]): Value {
  if (typeof o === 'function' && o.type?.guest) {
    const method = unboundMethod(o.type, attribute.name, args);
    if (method !== undefined) return method(...args);
  }
  return call(getAttribute(o, attribute), ...args);
}

/** `A.method(self, ...)` without an unbound method in between, if the arguments are as they must be. */
function unboundMethod(type: PyType, name: string, args: Value[]): PyFunction | undefined {
  const method = asSlots(type.proto)[`m$${name}`] as PyFunction | undefined;
  if (method?.code === undefined) return undefined;
  const [self] = args;
  if (!(self instanceof PyObject) || !(self.T === type || self.T.mro.includes(type))) return undefined;
  return method;
}

export function* callMethodG(o: Value, attribute: AttributeName, ...args: Value[]): Steps {
  if (typeof o === 'string') {
    const method = strMethods.get(attribute.name);
    if (method !== undefined) return method(o, ...args);
  } else if (typeof o === 'function' && o.type?.guest) {
    const method = unboundMethod(o.type, attribute.name, args);
    if (method !== undefined) return method.G === undefined ? method(...args) : yield* method.G(...args);
  }
  return yield* callG(getAttribute(o, attribute), ...args);
}

/** Whether `o.args` is what the exception was made with, and not an attribute of a guest's class. */
const hasArgs = (o: PyObject): o is Raised => isException(o) && lookup(o.T, 'args') === undefined;

export function setAttribute(o: Value, attribute: AttributeName, value: Value): void {
  const { name } = attribute;
  if (o instanceof PyObject && o.I === true) {
    if (name === 'args' && hasArgs(o)) {
      o.given = value instanceof PyTuple ? value : new PyTuple(argumentsFrom(value));
    } else asSlots(o)[attribute.own] = value;
    return;
  }
  if (typeof o === 'function') {
    if (o.type !== undefined) return setOnClass(o.type as CoreType, name, value);
    if (o.code !== undefined) {
      asSlots(o)[attribute.own] = value;
      return;
    }
  }
  if ((o as { H?: boolean } | null)?.H !== undefined) return;
  refuseChange(o, attribute);
}

/** For values whose attributes can't be set or deleted. A SafeDict says so in a way of its own. */
function refuseChange(o: Value, attribute: AttributeName): never {
  const { unchangeable } = (o ?? {}) as { unchangeable?: string };
  if (unchangeable !== undefined) raise('TypeError', unchangeable);
  const { name } = attribute;
  const known = o instanceof PyMethod ? sharedMethod(o, name) : findAttribute(o, attribute);
  return raise(
    'AttributeError',
    known === undefined ? missingText(o, name) : `'${typeName(o)}' object attribute '${name}' is read-only`,
  );
}

const missingText = (o: Value, name: string): string => `'${typeName(o)}' object has no attribute '${name}'`;

function argumentsFrom(value: Value): Value[] {
  if (typeof value === 'string') return [...value];
  return value instanceof PyObject && 'a' in value
    ? [...(value.a as Value[])]
    : raise('TypeError', `'${typeName(value)}' object is not iterable`);
}

function setOnClass(type: CoreType, name: string, value: Value): void {
  if (!type.newStyle) return raise('RuntimeError', 'classes are read-only in restricted mode');
  if (!type.guest) {
    return raise(
      'TypeError',
      `can't set attributes of built-in/extension type '${type.module === undefined ? '' : `${type.module}.`}${type.name}'`,
    );
  }
  setClassAttribute(type, name, value);
}

/** Whether any attribute is set. CPython's error says more about what has no dict of them yet. */
const hasAttributes = (o: object): boolean => Object.keys(o).some((own) => own.startsWith('$'));

export function deleteAttribute(o: Value, attribute: AttributeName): void {
  const { name } = attribute;
  if (o instanceof PyObject && o.I === true) {
    if (Object.hasOwn(o, attribute.own)) {
      delete asSlots(o)[attribute.own];
      return;
    }
    if (name === 'args' && hasArgs(o)) return raise('TypeError', 'args may not be deleted');
    return o.T.newStyle && hasAttributes(o) ? raise('AttributeError', name) : noAttribute(o, name);
  }
  if (typeof o === 'function') {
    if (o.type !== undefined) {
      if (!o.type.newStyle) return raise('RuntimeError', 'classes are read-only in restricted mode');
      if (!o.type.guest) return setOnClass(o.type as CoreType, name, null);
      if (deleteClassAttribute(o.type as CoreType, name)) return;
      return raise('AttributeError', name);
    }
    if (o.code !== undefined && Object.hasOwn(o, attribute.own)) {
      delete asSlots(o)[attribute.own];
      return;
    }
    if (o.code !== undefined) return hasAttributes(o) ? raise('AttributeError', name) : noAttribute(o, name);
  }
  refuseChange(o, attribute);
}
