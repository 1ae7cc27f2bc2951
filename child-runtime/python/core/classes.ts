/** Class statements, and what they make: classes whose instances find their attributes on one prototype chain. */
import { raise } from '../model.js';
import { repr } from '../operations/repr.js';
import {
  type PyClass,
  type PyCode,
  PyDict,
  type PyFunction,
  PyInstance,
  PyMethod,
  type PyObject,
  PyTuple,
  type PyType,
  type Value,
} from '../values.js';
import { baseException } from './exceptions.js';
import type { Raised } from './state.js';
import {
  asSlots,
  type CoreType,
  dictType,
  isClass,
  listType,
  makeType,
  objectType,
  setType,
  typeName,
} from './types.js';

/** Whether a value on a class becomes a method of its instances: a guest's function, or an unbound method of a related class. */
function methodFunction(type: PyType, value: Value): PyFunction | undefined {
  if (typeof value === 'function') return value.code !== undefined ? value : undefined;
  if (value instanceof PyMethod && value.self === undefined && value.owner !== undefined) {
    return type.mro.includes(value.owner) ? value.f : undefined;
  }
  return undefined;
}

/**
 * Makes an attribute visible on a prototype. Exactly one of `$name` and `m$name` has a value there, so that whichever an ancestor
 * has is hidden.
 */
function install(type: PyType, name: string, value: Value): void {
  const slots = asSlots(type.proto);
  const method = methodFunction(type, value);
  define(slots, `$${name}`, method === undefined ? value : undefined);
  define(slots, `m$${name}`, method);
}

function define(slots: Record<string, Value | undefined>, property: string, value: Value | undefined): void {
  if (value === undefined && !(property in slots)) return;
  // An ancestor's property may be read-only, and then an assignment would fail.
  Object.defineProperty(slots, property, { value, writable: true, configurable: true, enumerable: true });
}

export function setClassAttribute(type: CoreType, name: string, value: Value): void {
  type.own.set(name, value);
  install(type, name, value);
  for (const below of type.subclasses) flatten(below);
}

export function deleteClassAttribute(type: CoreType, name: string): boolean {
  if (!type.own.delete(name)) return false;
  const slots = asSlots(type.proto);
  delete slots[`$${name}`];
  delete slots[`m$${name}`];
  if (type.flat) flatten(type);
  for (const below of type.subclasses) flatten(below);
  return true;
}

/** The class on which an attribute is found first, with its value. */
export function lookup(type: PyType, name: string): { owner: CoreType; value: Value } | undefined {
  for (const ancestor of type.mro as readonly CoreType[]) {
    const value = ancestor.own.get(name);
    if (value !== undefined) return { owner: ancestor, value };
  }
  return undefined;
}

/** Copies inherited attributes to a prototype whose chain does not have the ancestors in their order. */
function flatten(type: CoreType): void {
  if (type.flat) {
    const slots = asSlots(type.proto);
    for (const property of Object.keys(slots)) if (/^m?\$/.test(property)) delete slots[property];
    for (const ancestor of [...(type.mro as CoreType[])].reverse()) {
      for (const [name, value] of ancestor.own) install(type, name, value);
    }
  }
  for (const below of type.subclasses) flatten(below);
}

/** The built-in type whose layout the instances have. */
function layoutOf(type: PyType): PyType | undefined {
  return type.mro.find((ancestor) => !ancestor.guest && ancestor !== objectType);
}

function prototypeFor(bases: readonly PyType[]): { proto: PyObject; chained: boolean } {
  const [first] = bases;
  if (first === undefined || (first === objectType && bases.length === 1)) {
    return { proto: Object.create(PyInstance.prototype) as PyObject, chained: true };
  }
  if (bases.length === 1) return { proto: Object.create(first.proto) as PyObject, chained: true };
  const layouts = new Set(bases.map(layoutOf).filter((layout) => layout !== undefined));
  const layout = [...layouts].sort((a, b) => b.mro.length - a.mro.length)[0];
  for (const other of layouts) {
    if (layout !== undefined && !layout.mro.includes(other)) {
      raise('TypeError', 'Error when calling the metaclass bases\n    multiple bases have instance lay-out conflict');
    }
  }
  return { proto: Object.create(layout?.proto ?? PyInstance.prototype) as PyObject, chained: false };
}

/** What compiled code hands over for one class statement. */
type Constructors = (
  C: new () => PyInstance,
  setUp: SetUp | undefined,
) => [PyFunction, (...args: Value[]) => Generator<unknown, Value, undefined>];
type SetUp = (instance: PyInstance) => void;

const noArguments = new PyTuple([]);

function setUpFor(bases: readonly PyType[]): SetUp | undefined {
  const inherits = (type: PyType): boolean => bases.some((base) => base.mro.includes(type));
  if (inherits(baseException)) {
    return (instance) => {
      (instance as Raised).traceback = undefined;
      (instance as Raised).given = noArguments;
    };
  }
  if (inherits(listType)) return (instance) => Object.assign(instance, { a: [] });
  if (inherits(dictType)) return (instance) => Object.assign(instance, new PyDict());
  if (inherits(setType)) return (instance) => Object.assign(instance, { m: new Map(), order: undefined });
  return undefined;
}

function checkBases(bases: readonly Value[]): CoreType[] {
  return bases.map((base) => {
    if (!isClass(base)) {
      return raise('TypeError', `Error when calling the metaclass bases\n    ${describeBase(base)}`);
    }
    const type = base.type as CoreType;
    if (!type.guest && !type.subclassable) {
      raise(
        'TypeError',
        `Error when calling the metaclass bases\n    type '${type.name}' is not an acceptable base type`,
      );
    }
    return type;
  });
}

function describeBase(base: Value): string {
  if (typeof base === 'function') return `${typeName(base)} expected at most 2 arguments, got 3`;
  if (base === null || typeof base !== 'object') return `${typeName(base)}() takes at most 2 arguments (3 given)`;
  return `${repr(base)} is not a class`;
}

export function makeClass(
  code: PyCode,
  baseValues: readonly Value[],
  names: readonly (string | Value | undefined)[],
  C: new () => PyInstance,
  constructors: Constructors,
): PyClass {
  const bases = checkBases(baseValues);
  const newStyle = bases.some((base) => base.newStyle);
  const { proto, chained } = prototypeFor(bases);
  C.prototype = proto;
  Object.defineProperty(proto, 'I', { value: true });
  const setUp = setUpFor(bases);
  const [plain, generator] = constructors(C, setUp);
  const type = makeType({ name: code.name, module: '', bases, proto, newStyle, guest: true, construct: plain });
  plain.G = generator;
  type.allocate = () => {
    const instance = new C();
    setUp?.(instance);
    return instance;
  };
  const flat = !chained;
  (type as { flat: boolean }).flat = flat;
  for (const base of bases) if (flat || base.flat || base.guest) base.subclasses.push(type);
  for (let i = 0; i < names.length; i += 2) {
    const value = names[i + 1];
    if (value !== undefined) type.own.set(names[i] as string, value);
  }
  if (flat) flatten(type);
  else for (const [name, value] of type.own) install(type, name, value);
  return type.cls;
}

/** A class without `__init__` was called. */
export function noInit(instance: PyInstance, args: readonly Value[]): void {
  if (args.length === 0) return;
  const { T } = instance;
  raise('TypeError', T.newStyle ? 'object() takes no parameters' : 'this constructor takes no arguments');
}

/** `__init__` returned something. */
export function badInit(instance: PyInstance, result: Value): never {
  const { newStyle } = instance.T;
  return raise('TypeError', `__init__() should return None${newStyle ? `, not '${typeName(result)}'` : ''}`);
}
