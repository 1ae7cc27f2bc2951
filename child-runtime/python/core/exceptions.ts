/** The built-in exceptions and Repy's, and raising them from the runtime. */
import { repyExceptions } from '../../../protocol/exceptions.js';
import { model, type RaisedName } from '../model.js';
import { type PyFunction, PyInstance, type PyObject, PyTuple, type PyType, type Value } from '../values.js';
import { type Raised, T } from './state.js';
import { asSlots, type CoreType, makeType, objectType } from './types.js';

/** Name and parent; parents first. The names that RepyV2 refuses are here as well, since others descend from them. */
const hierarchy: ReadonlyArray<readonly [string, string]> = [
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['Exception', 'BaseException'],
  ['StopIteration', 'Exception'],
  ['StandardError', 'Exception'],
  ['ArithmeticError', 'StandardError'],
  ['FloatingPointError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['AssertionError', 'StandardError'],
  ['AttributeError', 'StandardError'],
  ['EnvironmentError', 'StandardError'],
  ['IOError', 'EnvironmentError'],
  ['OSError', 'EnvironmentError'],
  ['EOFError', 'StandardError'],
  ['ImportError', 'StandardError'],
  ['LookupError', 'StandardError'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['MemoryError', 'StandardError'],
  ['NameError', 'StandardError'],
  ['UnboundLocalError', 'NameError'],
  ['ReferenceError', 'StandardError'],
  ['RuntimeError', 'StandardError'],
  ['NotImplementedError', 'RuntimeError'],
  ['SyntaxError', 'StandardError'],
  ['IndentationError', 'SyntaxError'],
  ['TabError', 'IndentationError'],
  ['SystemError', 'StandardError'],
  ['TypeError', 'StandardError'],
  ['ValueError', 'StandardError'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ['UnicodeTranslateError', 'UnicodeError'],
  ['Warning', 'Exception'],
  ['DeprecationWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['PendingDeprecationWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['SyntaxWarning', 'Warning'],
  ['UserWarning', 'Warning'],
];

export const exceptionTypes = new Map<string, CoreType>();

function exceptionClass(name: string, module: string, parent: PyType): CoreType {
  function Instance(this: Raised, args: Value[]): void {
    this.traceback = undefined;
    this.given = args;
  }
  const Constructor = Instance as unknown as new (args: Value[]) => Raised;
  const takesMore = name === 'SystemExit' || name === 'EnvironmentError' || parent.name === 'EnvironmentError';
  const type = makeType({
    name,
    module,
    bases: [parent],
    subclassable: true,
    proto: Object.create(parent === objectType ? PyInstance.prototype : parent.proto) as PyObject,
    construct: (...args: Value[]) => {
      const exception = new Constructor(args);
      if (takesMore) prepare(exception, type, args);
      return exception;
    },
  });
  Instance.prototype = type.proto;
  exceptionTypes.set(name, type);
  return type;
}

/** Attributes that a few built-in exceptions take from their arguments. */
function prepare(exception: Raised, type: PyType, args: Value[]): void {
  if (type.mro.includes(environmentError)) {
    const [errno, strerror, filename] = args.length === 2 || args.length === 3 ? args : [];
    const slots = asSlots(exception);
    slots.$errno = errno ?? null;
    slots.$strerror = strerror ?? null;
    slots.$filename = filename ?? null;
    if (args.length === 3) exception.given = args.slice(0, 2);
  } else if (type === systemExit) {
    asSlots(exception).$code = args.length === 0 ? null : args.length === 1 ? args[0]! : new PyTuple(args);
  }
}

export const baseException = exceptionClass('BaseException', 'exceptions', objectType);
Object.defineProperties(baseException.proto, {
  I: { value: true },
  E: { value: true },
  $args: {
    get(this: Raised): PyTuple {
      return argsOf(this);
    },
  },
});
for (const [name, parent] of hierarchy) exceptionClass(name, 'exceptions', exceptionTypes.get(parent)!);
const environmentError = exceptionTypes.get('EnvironmentError')!;
export const systemExit = exceptionTypes.get('SystemExit')!;
for (const [name, { parent }] of Object.entries(repyExceptions)) {
  exceptionClass(name, 'exception_hierarchy', exceptionTypes.get(parent)!);
}

/** `BaseException.__init__`, which sets `args` anew. */
const initialise: PyFunction = (self: Raised, ...args: Value[]) => {
  self.given = args;
  if (self.T.module === 'exceptions' || self.T.guest) {
    const builtin = self.T.mro.find((type) => !type.guest)!;
    prepare(self, builtin, args);
  }
  return null;
};
initialise.pyName = '__init__';
Object.defineProperty(baseException.proto, 'm$__init__', { value: initialise });

/** What an exception was made with. Few programs ask, so the tuple is made when one does. */
export function argsOf(e: Raised): PyTuple {
  if (!(e.given instanceof PyTuple)) e.given = new PyTuple(e.given);
  return e.given;
}

/** An exception object, ready to be thrown. */
export function exception(name: string, ...args: Value[]): Raised {
  const type = exceptionTypes.get(name);
  if (type === undefined) throw new Error(`there is no exception ${name}`);
  T.tb = undefined;
  return type.cls(...args) as Raised;
}

export function raiseNamed(name: string, ...args: Value[]): never {
  throw exception(name, ...args);
}

model.raise = (name: RaisedName, ...args: Value[]): never => {
  throw exception(name, ...args);
};

export function isException(v: unknown): v is Raised {
  return (v as Partial<Raised> | null | undefined)?.E === true;
}
