/** Types and classes: how they are made, and which one a value has. */
import { raise } from '../model.js';
import {
  type PyClass,
  PyComplex,
  PyDict,
  PyFloat,
  PyFrozenSet,
  type PyFunction,
  PyInstance,
  PyInt,
  PyList,
  PyLong,
  PyMethod,
  PyObject,
  PySet,
  PySlice,
  PyTuple,
  type PyType,
  PyXrange,
  type Value,
} from '../values.js';

/** A type while it is being made, and what only core knows of it. */
export interface CoreType extends PyType {
  /** A class's own attributes, in no order. The properties on `proto` are made from it. */
  readonly own: Map<string, Value>;
  /** Direct subclasses that have more than one base, and subclasses on the way to those. */
  readonly subclasses: CoreType[];
  /** Whether `proto` holds copies of inherited attributes, since the order of its ancestors is not that of one prototype chain. */
  readonly flat: boolean;
  /** Whether a class statement may name it as a base. */
  readonly subclassable: boolean;
  /** Makes an instance of a guest's class without calling `__init__`. */
  allocate: (() => PyInstance) | undefined;
}

export const asSlots = (o: object): Record<string, Value | undefined> => o as Record<string, Value | undefined>;

export interface TypeOptions {
  readonly name: string;
  readonly module?: string | undefined;
  readonly bases?: readonly PyType[];
  readonly proto?: PyObject;
  readonly newStyle?: boolean;
  readonly guest?: boolean;
  readonly subclassable?: boolean;
  /** Called with the constructor's arguments. */
  readonly construct: PyFunction;
}

/** Makes the type and turns `construct` into its class. */
export function makeType(options: TypeOptions): CoreType {
  const bases = options.bases ?? [];
  const cls = options.construct as PyClass;
  const type: CoreType = {
    name: options.name,
    module: options.module,
    cls,
    bases,
    mro: [],
    newStyle: options.newStyle ?? true,
    guest: options.guest ?? false,
    proto: options.proto ?? (Object.create(bases[0]?.proto ?? PyInstance.prototype) as PyObject),
    own: new Map(),
    subclasses: [],
    flat: false,
    subclassable: options.subclassable ?? false,
    allocate: undefined,
  };
  (type as { mro: readonly PyType[] }).mro = type.newStyle ? linearise(type, bases) : depthFirst(type, bases);
  Object.defineProperty(cls, 'type', { value: type });
  Object.defineProperty(type.proto, 'T', { value: type });
  cls.pyName = options.name;
  return type;
}

/** C3, as CPython's mro_implementation. */
function linearise(type: PyType, bases: readonly PyType[]): PyType[] {
  const lists = [...bases.map((base) => [...base.mro]), [...bases]];
  const result = [type];
  for (;;) {
    const open = lists.filter((list) => list.length > 0);
    if (open.length === 0) return result;
    const next = open.map((list) => list[0]!).find((head) => open.every((list) => !list.includes(head, 1)));
    if (next === undefined) {
      const names = [...new Set(open.map((list) => list[0]!.name))].join(', ');
      return raise(
        'TypeError',
        `Error when calling the metaclass bases\n    Cannot create a consistent method resolution\norder (MRO) for bases ${names}`,
      );
    }
    result.push(next);
    for (const list of open) if (list[0] === next) list.shift();
  }
}

/** The order of classic classes: depth first, left to right, first mention counts. */
function depthFirst(type: PyType, bases: readonly PyType[]): PyType[] {
  return [...new Set([type, ...bases.flatMap((base) => base.mro)])];
}

const notCallable =
  (name: string): PyFunction =>
  () =>
    raise('TypeError', `cannot create '${name}' instances`);

const hidden = (name: string, proto?: PyObject): CoreType =>
  makeType({ name, construct: notCallable(name), bases: [objectType], ...(proto && { proto }) });

export const objectType = makeType({
  name: 'object',
  proto: PyObject.prototype,
  subclassable: true,
  construct: (...args: Value[]) =>
    args.length === 0 ? new PyInstanceOfObject() : raise('TypeError', 'object() takes no parameters'),
});

class PyInstanceOfObject extends PyInstance {}
Object.defineProperty(PyInstanceOfObject.prototype, 'T', { value: objectType });

export const noneType = hidden('NoneType', Object.create(PyObject.prototype) as PyObject);
export const typeType = hidden('type', Object.create(PyObject.prototype) as PyObject);
export const classObjectType = hidden('classobj', Object.create(PyObject.prototype) as PyObject);
export const instanceType = hidden('instance', Object.create(PyObject.prototype) as PyObject);
export const functionType = hidden('function', Object.create(PyObject.prototype) as PyObject);
export const builtinFunctionType = hidden('builtin_function_or_method', Object.create(PyObject.prototype) as PyObject);
export const methodDescriptorType = hidden('method_descriptor', Object.create(PyObject.prototype) as PyObject);
export const methodType = hidden('instancemethod', PyMethod.prototype);

/** Types whose class is one of the built-in names; `constructors.ts` gives them their class, before anyone asks for it. */
const value = (name: string, proto: PyObject, bases: readonly PyType[], subclassable = false): CoreType =>
  makeType({ name, proto, bases, subclassable, construct: notCallable(name) });

/** Makes `f` the class of a built-in type. Each is a function of its own, which V8 can inline. */
export function setConstructor(type: CoreType, f: PyFunction): void {
  Object.defineProperty(f, 'type', { value: type });
  f.pyName = type.name;
  type.cls = f as PyClass;
}

// Compiled code tells lists from tuples by this before it writes to `a`.
Object.defineProperty(PyList.prototype, 'L', { value: true });

const bare = (): PyObject => Object.create(PyObject.prototype) as PyObject;

export const intType = value('int', PyInt.prototype, [objectType]);
export const boolType = value('bool', Object.create(PyInt.prototype) as PyObject, [intType]);
export const longType = value('long', PyLong.prototype, [objectType]);
export const floatType = value('float', PyFloat.prototype, [objectType]);
export const complexType = value('complex', PyComplex.prototype, [objectType]);
const basestringType = hidden('basestring', bare());
export const strType = value('str', Object.create(basestringType.proto) as PyObject, [basestringType]);
export const listType = value('list', PyList.prototype, [objectType], true);
export const tupleType = value('tuple', PyTuple.prototype, [objectType]);
export const dictType = value('dict', PyDict.prototype, [objectType], true);
export const setType = value('set', PySet.prototype, [objectType], true);
export const frozensetType = value('frozenset', PyFrozenSet.prototype, [objectType]);
export const sliceType = value('slice', PySlice.prototype, [objectType]);
export const xrangeType = value('xrange', PyXrange.prototype, [objectType]);
export const ellipsisType = hidden('ellipsis', bare());
export const notImplementedType = hidden('NotImplementedType', bare());

/** Names the type of a class of objects that guests can't make by calling it (iterators, views). */
export function nameType(name: string, proto: PyObject): CoreType {
  return hidden(name, proto);
}

function typeShown(text: string | undefined): PyType {
  if (text === undefined) return builtinFunctionType;
  return text.startsWith('<function') ? functionType : methodType;
}

/** The type as type() tells it: an instance of an old-style class is an 'instance'. */
export function typeOf(v: Value): PyType {
  switch (typeof v) {
    case 'number':
      return Number.isInteger(v) ? intType : floatType;
    case 'string':
      return strType;
    case 'boolean':
      return boolType;
    case 'function':
      if (v.type !== undefined) return v.type.newStyle ? typeType : classObjectType;
      if (v.code !== undefined) return functionType;
      if (descriptors.has(v)) return methodDescriptorType;
      return typeShown(shownAs.get(v));
    default:
      if (v === null) return noneType;
      // Bound methods of built-in types.
      if (v instanceof PyMethod && v.owner === undefined) return builtinFunctionType;
      return v.T.newStyle ? v.T : instanceType;
  }
}

/** Functions of RepyV2 that are Python functions or bound methods there; `@` stands for the address. */
export const shownAs = new Map<PyFunction, string>();

/** Methods looked up on built-in types (`str.lower`), with the type they belong to. */
export const descriptors = new Map<PyFunction, PyType>();

/** The name of a value's type as CPython's messages show it: that of a built-in exception with its module. */
export function typeName(v: Value): string {
  const { name, module } = typeOf(v);
  return module === 'exceptions' ? `exceptions.${name}` : name;
}

export function isClass(v: Value): v is PyClass {
  return typeof v === 'function' && v.type !== undefined;
}

/** Whether `v` is an instance of `type` or of a subclass. */
export function isInstanceOf(v: Value, type: PyType): boolean {
  const own = v !== null && typeof v === 'object' && v.T.guest ? v.T : typeOf(v);
  return own === type || own.mro.includes(type) || (!own.newStyle && type === objectType);
}

/** The class of an instance, old-style or new-style. */
export const classOf = (v: PyObject): CoreType => v.T as CoreType;
