/** The built-in exceptions and Repy's, and raising them from the runtime. */
import { repyExceptions } from '../../../protocol/exceptions.js';
import { model, type RaisedName } from '../model.js';
import { type PyFunction, PyInstance, type PyObject, PyTuple, type PyType, type Value } from '../values.js';
import { exceptionParts, type Parts } from './exception-parts.js';
import { type Raised, T } from './state.js';
import { type CoreType, makeType, objectType } from './types.js';

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
  const parts = exceptionParts.get(name) ?? partsOf(parent);
  const type = makeType({
    name,
    module,
    bases: [parent],
    subclassable: true,
    proto: Object.create(parent === objectType ? PyInstance.prototype : parent.proto) as PyObject,
    construct: (...args: Value[]) => {
      const exception = new Constructor(args);
      parts?.set(exception, args);
      return exception;
    },
  });
  Instance.prototype = type.proto;
  exceptionTypes.set(name, type);
  return type;
}

/** What the class has of its own parts, or of those that it derives from. */
export function partsOf(type: PyType): Parts | undefined {
  for (const { name, guest } of type.mro) {
    const found = guest ? undefined : exceptionParts.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
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
for (const [name, { attributes }] of exceptionParts) {
  for (const attribute of attributes) {
    Object.defineProperty(exceptionTypes.get(name)!.proto, `$${attribute}`, { value: null, writable: true });
  }
}
export const systemExit = exceptionTypes.get('SystemExit')!;
for (const [name, { parent }] of Object.entries(repyExceptions)) {
  exceptionClass(name, 'exception_hierarchy', exceptionTypes.get(parent)!);
}

/** `BaseException.__init__`, which sets `args` anew. */
const initialise: PyFunction = (self: Raised, ...args: Value[]) => {
  self.given = args;
  partsOf(self.T)?.set(self, args);
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
