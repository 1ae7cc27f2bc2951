/** raise, except and assert at run time. */
import { raise } from '../model.js';
import { type PyCode, PyInstance, PyTuple, type Value } from '../values.js';
import { call, callG } from './calls.js';
import { exception, isException } from './exceptions.js';
import { frame, type Raised, T } from './state.js';
import { isClass, isInstanceOf, typeName } from './types.js';

/** Errors of the runtime itself and the end of the process, which no guest may catch. */
export class Fatal {
  constructor(readonly cause: unknown) {}
}

/** The guest's exception that a thrown JavaScript value stands for. V8's own errors that a guest can provoke become Python's. */
export function pythonException(thrown: unknown): Raised {
  if (thrown instanceof PyInstance) return thrown as Raised;
  if (thrown instanceof RangeError) {
    const tb = T.tb;
    // The call that it was set for may never have begun.
    T.called = undefined;
    const made = /call stack/.test(thrown.message)
      ? exception('RuntimeError', 'maximum recursion depth exceeded')
      : exception('MemoryError');
    T.tb = tb;
    return made;
  }
  throw thrown instanceof Fatal ? thrown : new Fatal(thrown);
}

/** JavaScript's `catch` got something for an `except` or `finally` clause. */
export function handle(thrown: unknown): void {
  T.exc = pythonException(thrown);
}

/** `T.exc` has reached its handler; `line` is 0 when this frame is in the traceback already. */
export function caught(code: PyCode, line: number): Raised {
  const e = T.exc!;
  e.traceback = line === 0 ? T.tb : frame(code, line, T.tb);
  T.tb = undefined;
  return e;
}

/** For runtime code that catches a guest's exception and goes on. */
export function dropTraceback(thrown: unknown): Raised {
  const e = pythonException(thrown);
  e.traceback = T.tb;
  T.tb = undefined;
  return e;
}

/** The same exception goes on, with its traceback. */
export function again(e: Raised): Raised {
  T.tb = e.traceback;
  return e;
}

/** Whether an exception is of a class, or of one of a tuple's, as `except` compares. */
export function matches(e: Raised, type: Value): boolean {
  if (typeof type === 'function' && type.type !== undefined) return e.T === type.type || isInstanceOf(e, type.type);
  if (type instanceof PyTuple) return type.a.some((one) => matches(e, one));
  return false;
}

/** `raise` without anything. */
export function reraise(): Raised {
  const e = T.exc;
  if (e === null) {
    return raise('TypeError', 'exceptions must be old-style classes or derived from BaseException, not NoneType');
  }
  return again(e);
}

const isExceptionClass = (v: Value): boolean => isClass(v) && (!v.type.newStyle || isException(v.type.proto));

function checked(type: Value, value: Value, traceback: Value): void {
  if (traceback !== null) raise('TypeError', 'raise: arg 3 must be a traceback or None');
  if (isExceptionClass(type)) return;
  if (isException(type) || (type instanceof PyInstance && !type.T.newStyle)) {
    if (value !== null) raise('TypeError', 'instance exception may not have a separate value');
    return;
  }
  const name = isClass(type) && type.type.newStyle ? 'type' : typeName(type);
  raise('TypeError', `exceptions must be old-style classes or derived from BaseException, not ${name}`);
}

function constructorArguments(value: Value): Value[] {
  if (value === null) return [];
  return value instanceof PyTuple ? value.a : [value];
}

/** Makes an object ready to be thrown. */
function ready(e: Value, type: Value): Raised {
  if (!(e instanceof PyInstance)) {
    return raise(
      'TypeError',
      `calling ${typeName(type)} should have returned an instance of BaseException, not ${typeName(e)}`,
    );
  }
  T.tb = undefined;
  (e as Raised).traceback = undefined;
  return e as Raised;
}

/** `raise type, value, traceback`; the exception to throw. */
export function raised(type: Value, value: Value = null, traceback: Value = null): Raised {
  if (value === null && traceback === null && isException(type)) {
    T.tb = undefined;
    type.traceback = undefined;
    return type;
  }
  // A tuple stands for its first element, as in CPython 2.
  const first = firstOf(type);
  checked(first, value, traceback);
  if (!isClass(first)) return ready(first, first);
  if (value instanceof PyInstance && isInstanceOf(value, first.type)) return ready(value, first);
  return ready(call(first, ...constructorArguments(value)), first);
}

export function* raisedG(
  type: Value,
  value: Value = null,
  traceback: Value = null,
): Generator<unknown, Raised, undefined> {
  const first = firstOf(type);
  checked(first, value, traceback);
  if (!isClass(first)) return ready(first, first);
  if (value instanceof PyInstance && isInstanceOf(value, first.type)) return ready(value, first);
  return ready(yield* callG(first, ...constructorArguments(value)), first);
}

function firstOf(type: Value): Value {
  let first = type;
  while (first instanceof PyTuple && first.a.length > 0) first = first.a[0]!;
  return first;
}

/** The exception of a failed `assert`. */
export function failedAssertion(type: Value, message?: Value): Raised {
  return message === undefined
    ? raised(type)
    : raised(type, message === null || message instanceof PyTuple ? new PyTuple([message]) : message);
}

// ---- names without a value

export function noLocal(name: string): never {
  throw exception('UnboundLocalError', `local variable '${name}' referenced before assignment`);
}

export function noFree(name: string): never {
  return raise('NameError', `free variable '${name}' referenced before assignment in enclosing scope`);
}

/** In a function. */
export function noGlobal(name: string): never {
  return raise('NameError', `global name '${name}' is not defined`);
}

/** In a module's own code or a class body. */
export function noName(name: string): never {
  return raise('NameError', `name '${name}' is not defined`);
}
