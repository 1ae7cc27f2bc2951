/**
 * How Python's values look as JavaScript values. Compiled code, the object model (`core/`) and the value libraries (`numbers/`,
 * `text/`, `containers/`) all rely on exactly this.
 *
 *   None                   null             (`undefined` is never a value: it means unbound, absent, exhausted)
 *   bool                   true, false
 *   int                    an integral number within +-(2**53 - 1), never -0; beyond that, to 64 bits, `PyInt`
 *   long                   `PyLong`
 *   float                  a number that is not integral, NaN or infinite; an integral float (also -0.0) is a `PyFloat`
 *   str                    a string whose chars are all <= 0xff
 *   function, class, type  a JavaScript function (`PyFunction`, `PyClass`): called directly with positional arguments
 *   everything else        an object of a class below `PyObject`
 *
 * So `typeof v === 'number'` is an int exactly when `Number.isInteger(v)`.
 *
 * Attributes of an object `o` are JavaScript properties, so that V8's inline caches serve them:
 *   `o.$name`    the value of attribute `name`: own on an instance, on the prototype when it is a class attribute
 *   `o.m$name`   on prototypes only: a method, a JavaScript function that takes `self` as its first argument
 * No other property name of an object begins with `$` or `m$`, hence no guest name can reach one. Built-in methods of lists,
 * dicts, ... live as `m$append` on `PyList.prototype`; those of str, int, float, bool and None, whose prototypes are shared
 * with JavaScript guests and frozen, live in the tables of `methods.ts`.
 */
export type Value = null | boolean | number | string | PyObject | PyFunction;

/** Any callable JavaScript function: a guest's function, a built-in function, or a class. */
// biome-ignore lint/suspicious/noExplicitAny: built-ins declare the argument types that their own checks establish.
export type PyFunction = ((...args: any[]) => Value) & Partial<FunctionParts>;

/** What hangs on a callable. All absent on the JavaScript functions that guests never see as values. */
export interface FunctionParts {
  /** The name in messages and reprs. */
  pyName: string;
  /** The same function as a generator, for threads other than main; yields when its time slice is over or it must wait. */
  // biome-ignore lint/suspicious/noExplicitAny: as PyFunction.
  G: (...args: any[]) => Generator<unknown, Value, undefined>;
  /** Present on a function compiled from guest code. */
  code: PyCode;
  /** Values of the trailing parameters that have one. */
  defaults: readonly Value[];
  /** Takes a call with keyword arguments; absent on built-ins that take none. */
  K: (args: Value[], names: readonly string[], values: readonly Value[]) => Value;
  /** Present on classes and types. */
  type: PyType;
}

/** What is known of a function's text. */
export interface PyCode {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Names of the positional parameters; a tuple parameter is `.0`, `.2` ... as in CPython. */
  readonly params: readonly string[];
  readonly varargs: boolean;
  readonly varkw: boolean;
  /** See `frame` in `core/state.ts`. */
  lastFrame: unknown;
}

/** A callable that is a class or a built-in type. */
export type PyClass = PyFunction & { readonly type: PyType };

/** What is known of a class or type. `MyClass.type.cls === MyClass`. */
export interface PyType {
  readonly name: string;
  /** 'exceptions' for built-in exceptions, 'exception_hierarchy' for Repy's, '' for the guest's, undefined for other built-ins. */
  readonly module: string | undefined;
  cls: PyClass;
  readonly bases: readonly PyType[];
  /** Method resolution order, beginning with the type itself. */
  readonly mro: readonly PyType[];
  /** False for `class A:` without a new-style base. */
  readonly newStyle: boolean;
  /** Whether a guest's class statement made it. */
  readonly guest: boolean;
  /** The prototype of the instances. */
  readonly proto: PyObject;
}

/** The root of every value that is a JavaScript object and not a function. */
export abstract class PyObject {
  /** The type; on prototypes. Core sets it for every class of this file. */
  declare readonly T: PyType;
  /** True on prototypes whose instances take attributes from guests. */
  declare readonly I: boolean | undefined;
}

/**
 * Compiled code makes these values in the midst of a `try`, where V8 leaves each `super()` an actual call, even one that does nothing
 * (20 ns). So their classes have no `super()`, and PyObject becomes their ancestor here.
 */
function isPyObject(...classes: ReadonlyArray<new (...args: never[]) => PyObject>): void {
  for (const { prototype } of classes) Object.setPrototypeOf(prototype, PyObject.prototype);
}

/** An int beyond 2**53 - 1 in size, within 64 bits. No class but this and the next has a field `v`: that is how arithmetic knows them. */
export class PyInt implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;
  /** False, on the prototype. */
  declare readonly isLong: boolean;

  constructor(readonly v: bigint) {}
}

/** A long: a number while it is within +-(2**53 - 1), a bigint only beyond. */
export class PyLong implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;
  /** True, on the prototype. */
  declare readonly isLong: boolean;

  constructor(readonly v: number | bigint) {}
}

/** A float with an integral value, finite; -0.0 too. */
export class PyFloat implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  constructor(readonly f: number) {}
}

export class PyComplex implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  constructor(
    readonly re: number,
    readonly im: number,
  ) {}
}

/** A tuple and a list both keep their elements in `a`, without holes; compiled code indexes it without asking which of the two it is. */
export class PyTuple implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  constructor(readonly a: Value[]) {}
}

export class PyList implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  /** True, on the prototype. */
  declare readonly L: boolean;

  constructor(public a: Value[]) {}
}

/**
 * The form in which a key stands in a dict's or set's Map, so that keys which are equal in Python are the same to the Map: 1, 1.0, 1L and
 * True are 1; an int, long or float beyond 2**53 - 1 is a bigint; None is null; a tuple or frozenset is a string with a char above 0xff in front (thus
 * unlike any str); other objects stand for themselves. `containers/` makes them.
 */
export type Key = null | number | bigint | string | PyObject | PyFunction;

/** Ints of 32 bits and their values, in the order of insertion: `IntTable` in `containers/`. */
export interface IntKeys {
  readonly size: number;
  get(key: number): Value | undefined;
  replace(key: number, value: Value): boolean;
  add(key: number, value: Value): void;
  inserted(): number[];
  toMap(): Map<Key, Value>;
}

export class PyDict implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  /** Key to value, unless `ints` is there. A str, a safe int or a non-integral float is its own key. */
  map: Map<Key, Value> = new Map();
  /** Instead of `map`, in large dicts whose keys are all ints of 32 bits, none of which was deleted. */
  ints: IntKeys | undefined = undefined;
  /** The keys whose value differs from their form in `m` (True, 2.0, tuples, ...). */
  k: Map<Key, Value> | undefined = undefined;
  /** What `containers/` needs to iterate in CPython's order; `undefined` until it is wanted, and reset by whoever adds a key. */
  order: unknown = undefined;

  get size(): number {
    return this.ints === undefined ? this.map.size : this.ints.size;
  }

  /** The Map, for whatever is not worth doing in both forms: from now on the dict has it. */
  get m(): Map<Key, Value> {
    if (this.ints !== undefined) {
      this.map = this.ints.toMap();
      this.ints = undefined;
    }
    return this.map;
  }

  /** The value of a key in the Map's form; undefined if it is absent. */
  find(key: Key): Value | undefined {
    if (this.ints === undefined) return this.map.get(key);
    return typeof key === 'number' ? this.ints.get(key) : undefined;
  }
}

export class PySet implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  /** Key to the element itself. */
  m: Map<Key, Value> = new Map();
  order: unknown = undefined;
}

export class PyFrozenSet implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  m: Map<Key, Value> = new Map();
  order: unknown = undefined;
}

export class PySlice implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {}
}

export class PyXrange implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  constructor(
    readonly start: number,
    readonly step: number,
    readonly length: number,
  ) {}
}

/** What a `for` statement walks. `next` gives `undefined` at the end, and again when asked again. */
export abstract class PyIterator extends PyObject {
  abstract next(): Value | undefined;
}

/** A method that is bound (`self` is a value) or unbound (`self` is undefined). `f` takes self first. */
export class PyMethod implements PyObject {
  declare readonly T: PyType;
  declare readonly I: boolean | undefined;

  constructor(
    readonly f: PyFunction,
    readonly self: Value | undefined,
    /** The class it was looked up on; undefined for methods of built-in types. */
    readonly owner: PyType | undefined,
    readonly name: string,
  ) {}
}

/** An instance of a class: old-style, new-style, or an exception. Its attributes are its own `$name` properties. */
export class PyInstance extends PyObject {}

/** Ellipsis and NotImplemented. */
export class PySingleton extends PyObject {
  constructor(readonly text: string) {
    super();
  }
}

isPyObject(PyInt, PyLong, PyFloat, PyComplex, PyTuple, PyList, PyDict, PySet, PyFrozenSet, PySlice, PyXrange, PyMethod);
