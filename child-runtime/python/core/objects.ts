/** repr(), str(), iteration and identity of functions, classes and instances. */

import { TupleIterator } from '../containers/iterators.js';
import { model, raise } from '../model.js';
import { builtInRepr, repr, str } from '../operations/repr.js';
import {
  PyFloat,
  type PyFunction,
  PyInstance,
  PyIterator,
  PyMethod,
  PyObject,
  PySingleton,
  type PyType,
  type Value,
} from '../values.js';
import { call, callG } from './calls.js';
import { argsOf, exceptionTypes, isException, partsOf } from './exceptions.js';
import { dropTraceback, matches } from './handlers.js';
import { type Raised, T } from './state.js';
import { asSlots, descriptors, isInstanceOf, shownAs, typeName } from './types.js';

let lastAddress = 0x7f0000001000;
const addresses = new WeakMap<object, number>();

/** CPython's addresses can't be had; these are distinct, stay with the object, and grow with the order of first use. */
export function address(v: Value): number {
  if (v === null) return 0x7e0000000010;
  if (typeof v !== 'object' && typeof v !== 'function') return primitiveAddress(v);
  // Boxed anew now and then; see `identical`.
  if (v instanceof PyFloat) return primitiveAddress(v.f) + 8;
  let found = addresses.get(v);
  if (found === undefined) {
    lastAddress += 0x30;
    found = lastAddress;
    addresses.set(v, found);
  }
  return found;
}

function primitiveAddress(v: number | string | boolean): number {
  if (typeof v === 'boolean') return v ? 0x7e0000000050 : 0x7e0000000030;
  if (typeof v === 'number') return 0x7d0000000000 + (Math.abs(Math.trunc(v)) % 0x100000000) * 24;
  let hash = 0;
  for (let i = 0; i < v.length; i++) hash = (Math.imul(hash, 31) + v.charCodeAt(i)) | 0;
  return 0x7c0000000000 + (hash >>> 0) * 8;
}

const hex = (v: Value): string => `0x${address(v).toString(16)}`;

/** A class's name as reports and reprs qualify it. */
export function qualifiedName(type: PyType): string {
  return type.module === undefined ? type.name : `${type.module}.${type.name}`;
}

function classRepr(type: PyType): string {
  if (!type.newStyle) return `<class ${qualifiedName(type)} at ${hex(type.cls)}>`;
  const kind = type.guest || type.module === 'exception_hierarchy' ? 'class' : 'type';
  return `<${kind} '${qualifiedName(type)}'>`;
}

function functionRepr(f: PyFunction): string {
  if (f.type !== undefined) return classRepr(f.type);
  if (f.code !== undefined) return `<function ${f.code.name} at ${hex(f)}>`;
  const owner = descriptors.get(f);
  if (owner !== undefined) {
    return f.pyName?.startsWith('__')
      ? `<slot wrapper '${f.pyName}' of '${owner.name}' objects>`
      : `<method '${f.pyName}' of '${owner.name}' objects>`;
  }
  const shown = shownAs.get(f);
  return shown === undefined ? `<built-in function ${f.pyName ?? '?'}>` : shown.replace('@', hex(f));
}

function methodRepr(method: PyMethod): string {
  const { self, owner, name } = method;
  if (owner === undefined) {
    const of = `${typeName(self!)} object at ${hex(self!)}`;
    return name.startsWith('__') ? `<method-wrapper '${name}' of ${of}>` : `<built-in method ${name} of ${of}>`;
  }
  const qualified = `${owner.name}.${name}`;
  return self === undefined ? `<unbound method ${qualified}>` : `<bound method ${qualified} of ${repr(self)}>`;
}

/** Runs a guest's `__repr__` or `__str__`, which must give a str. */
function textBy(object: PyObject, method: '__repr__' | '__str__'): string | undefined {
  const f = asSlots(object)[`m$${method}`];
  const own = asSlots(object)[`$${method}`];
  if (f === undefined && (own === undefined || object.T.newStyle)) return undefined;
  const text = f === undefined ? call(own!) : call(f, object);
  if (typeof text !== 'string') {
    raise('TypeError', `${method} returned non-string (type ${typeName(text)})`);
  }
  return text as string;
}

function plainRepr(object: PyObject): string {
  const { T: type } = object;
  if (isException(object)) return exceptionRepr(object);
  if (!(object instanceof PyInstance) && type.guest) return builtInRepr(object);
  if (type.newStyle) return `<${qualifiedName(type)} object at ${hex(object)}>`;
  return `<${qualifiedName(type)} instance at ${hex(object)}>`;
}

function exceptionRepr(e: Raised): string {
  return `${e.T.name}${argsOf(e).a.length === 0 ? '()' : repr(argsOf(e))}`;
}

const keyError = exceptionTypes.get('KeyError')!;
const safeException = exceptionTypes.get('SafeException')!;

function exceptionStr(e: Raised): string {
  const { a } = argsOf(e);
  const text = partsOf(e.T)?.text?.(e);
  if (text !== undefined) return text;
  if (a.length === 0) return '';
  // Those of RepyV2's safety layer keep their arguments as one value, a tuple.
  if (a.length > 1 || isInstanceOf(e, safeException)) return repr(argsOf(e));
  return isInstanceOf(e, keyError) ? repr(a[0]!) : str(a[0]!);
}

/** How deep reprs of instances may nest before it counts as endless recursion. */
const MAX_DEPTH = 300;
let depth = 0;

function reprObject(object: PyObject | PyFunction): string {
  if (typeof object === 'function') return functionRepr(object);
  if (object instanceof PyMethod) return methodRepr(object);
  if (object instanceof PySingleton) return object.text;
  const custom = (object as { reprText?: () => string }).reprText;
  if (custom !== undefined) return custom.call(object);
  if (depth > MAX_DEPTH)
    return raise('RuntimeError', 'maximum recursion depth exceeded while getting the repr of an object');
  depth++;
  try {
    return textBy(object, '__repr__') ?? plainRepr(object);
  } finally {
    depth--;
  }
}

/** Without a `__str__` it is the repr, and gets the blame for one that is no str. */
function strByRepr(object: PyObject): string {
  const method = asSlots(object).m$__repr__ as PyFunction | undefined;
  if (method === undefined) return reprObject(object);
  const text = call(method, object);
  return typeof text === 'string' ? text : raise('TypeError', `__str__ returned non-string (type ${typeName(text)})`);
}

function strObject(object: PyObject | PyFunction): string {
  // str() of an old-style class is its name alone.
  if (typeof object === 'function' && object.type?.newStyle === false) return qualifiedName(object.type);
  if (typeof object === 'function' || !(object instanceof PyInstance || object.T.guest)) return reprObject(object);
  const text = textBy(object, '__str__');
  if (text !== undefined) return text;
  if (isException(object)) return exceptionStr(object);
  return strByRepr(object);
}

const stopIteration = exceptionTypes.get('StopIteration')!;

/** Walks what a guest's `__iter__` returned, through its `next` method. */
class GuestIterator extends PyIterator {
  constructor(private readonly source: Value) {
    super();
  }

  next(): Value | undefined {
    const handled = T.exc;
    try {
      return call(nextOf(this.source));
    } catch (thrown) {
      return this.ended(thrown, handled);
    }
  }

  /** `next` for loops in threads. */
  *S(): Generator<unknown, Value | undefined, undefined> {
    const handled = T.exc;
    try {
      return yield* callG(nextOf(this.source));
    } catch (thrown) {
      return this.ended(thrown, handled);
    }
  }

  private ended(thrown: unknown, handled: Raised | null): undefined {
    const e = dropTraceback(thrown);
    if (!matches(e, stopIteration.cls)) {
      T.tb = e.traceback;
      throw e;
    }
    T.exc = handled;
    return undefined;
  }
}

function nextOf(source: Value): Value {
  const slots = asSlots(source as object);
  const method = slots.m$next as PyFunction | undefined;
  if (slots.$next !== undefined) return slots.$next;
  return method === undefined
    ? raise('TypeError', 'instance has no next() method')
    : new PyMethod(method, source, undefined, 'next');
}

function iterObject(object: PyObject | PyFunction): PyIterator | undefined {
  const custom = (object as { iterate?: () => PyIterator }).iterate;
  if (custom !== undefined) return custom.call(object);
  if (typeof object === 'function' || object.I !== true) return undefined;
  const slots = asSlots(object);
  const method = slots.$__iter__ === undefined ? slots.m$__iter__ : slots.$__iter__;
  if (method === undefined) {
    // Exceptions are sequences of their arguments.
    if (isException(object)) return new TupleIterator(argsOf(object).a);
    if (object.T.newStyle) return undefined;
    return raise('TypeError', 'iteration over non-sequence');
  }
  const source = slots.$__iter__ === undefined ? call(method, object) : call(method);
  if (source instanceof PyIterator) return source;
  if (source instanceof PyObject && source.I === true) {
    // Old-style instances are iterators by their type; that one has no `next` shows when it is called.
    const canStep = !source.T.newStyle || (asSlots(source).m$next ?? asSlots(source).$next) !== undefined;
    if (canStep) return new GuestIterator(source);
  }
  return raise(
    'TypeError',
    object.T.newStyle
      ? `iter() returned non-iterator of type '${typeName(source)}'`
      : `__iter__ returned non-iterator of type '${typeName(source)}'`,
  );
}

model.reprObject = reprObject;
model.strObject = strObject;
model.iterObject = iterObject;
model.forget = (thrown, type) => {
  if (!isException(thrown) || !isInstanceOf(thrown, exceptionTypes.get(type)!)) return false;
  dropTraceback(thrown);
  return true;
};
model.spend = (turns) => {
  T.n -= turns;
};
model.typeName = typeName;
model.address = address;
