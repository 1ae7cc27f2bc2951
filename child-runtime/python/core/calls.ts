/** Calling any value, with CPython's checks and messages. The `G` versions run a guest's function as a generator. */
import { dictForEach, dictGet, dictSet } from '../containers/dict.js';
import { model, raise } from '../model.js';
import { hooks } from '../operations/hooks.js';
import { elementsOf } from '../operations/iterate.js';
import { isOldInstance } from '../operations/old-style.js';
import {
  type PyCode,
  PyDict,
  type PyFunction,
  PyInstance,
  PyList,
  PyMethod,
  PyObject,
  PyTuple,
  type PyType,
  type Value,
} from '../values.js';
import { badInit, noInit } from './classes.js';
import { baseException } from './exceptions.js';
import { T } from './state.js';
import { asSlots, type CoreType, isClass, isInstanceOf, typeName } from './types.js';

type Steps = Generator<unknown, Value, undefined>;

function notCallable(f: Value): never {
  if (f instanceof PyObject && f.T?.newStyle === false) {
    return raise('AttributeError', `${f.T.name} instance has no __call__ method`);
  }
  return raise('TypeError', `'${typeName(f)}' object is not callable`);
}

/** The arguments that a method's function takes: with `self`, or, for an unbound method, checked. */
export function methodArguments(method: PyMethod, args: Value[]): Value[] {
  if (method.self !== undefined) return [method.self, ...args];
  const { owner } = method;
  if (owner !== undefined) {
    const [first] = args;
    if (first === undefined || !isInstanceOf(first, owner)) {
      const got = first === undefined ? 'nothing' : `${describeInstance(first)} instance`;
      raise(
        'TypeError',
        `unbound method ${method.name}() must be called with ${owner.name} instance as first argument (got ${got} instead)`,
      );
    }
  }
  return args;
}

function describeInstance(v: Value): string {
  if (v instanceof PyInstance || isOldInstance(v)) return v.T.name;
  if (isClass(v)) return v.type.newStyle ? 'type' : 'classobj';
  return typeName(v);
}

export function call(f: Value, ...args: Value[]): Value {
  if (typeof f === 'function') return f(...args);
  if (!(f instanceof PyMethod)) return notCallable(f);
  if (f.self === undefined) return f.f(...methodArguments(f, args));
  // V8 makes an array of arguments that are spread.
  if (args.length === 1) return f.f(f.self, args[0]);
  return args.length === 0 ? f.f(f.self) : f.f(f.self, ...args);
}

export function* callG(f: Value, ...args: Value[]): Steps {
  let target = f;
  let list = args;
  if (f instanceof PyMethod) {
    list = methodArguments(f, args);
    target = f.f;
  }
  if (typeof target !== 'function') return notCallable(target);
  return target.G === undefined ? target(...list) : yield* target.G(...list);
}

model.call = call;

export function makeFunction(
  plain: PyFunction,
  generator: (...args: Value[]) => Steps,
  code: PyCode,
  defaults?: readonly Value[],
): PyFunction {
  plain.code = code;
  plain.G = generator;
  if (defaults !== undefined) plain.defaults = defaults;
  return plain;
}

const plural = (count: number): string => (count === 1 ? '' : 's');

/** A guest's function got a wrong number of positional arguments. */
export function wrongArguments(code: PyCode, defaults: number, given: number): never {
  const total = code.params.length;
  if (given > total) {
    if (total === 0 && !code.varargs && !code.varkw)
      return raise('TypeError', `${code.name}() takes no arguments (${given} given)`);
    const bound = defaults > 0 ? 'at most' : 'exactly';
    return raise('TypeError', `${code.name}() takes ${bound} ${total} argument${plural(total)} (${given} given)`);
  }
  const least = total - defaults;
  const bound = code.varargs || defaults > 0 ? 'at least' : 'exactly';
  return raise('TypeError', `${code.name}() takes ${bound} ${least} argument${plural(least)} (${given} given)`);
}

/** Puts keyword arguments in their places, as PyEval_EvalCodeEx does; all positions are filled, defaults too. */
function bind(
  f: PyFunction,
  code: PyCode,
  args: Value[],
  names: readonly Keyword[],
  values: readonly Value[],
): Value[] {
  const total = code.params.length;
  const defaults = f.defaults ?? [];
  const given = args.length + names.length;
  if (total === 0 && !code.varargs && !code.varkw) wrongArguments(code, 0, given);
  if (args.length > total && !code.varargs) wrongArguments(code, defaults.length, given);
  const bound: (Value | undefined)[] = args.slice(0, total);
  const extra = code.varkw ? new PyDict() : undefined;
  for (const [i, name] of names.entries()) {
    if (name === null) return raise('TypeError', `${code.name}() keywords must be strings`);
    const at = code.params.indexOf(name);
    if (at >= 0) {
      if (bound[at] !== undefined)
        raise('TypeError', `${code.name}() got multiple values for keyword argument '${name}'`);
      bound[at] = values[i]!;
    } else if (extra !== undefined) dictSet(extra, name, values[i]!);
    else raise('TypeError', `${code.name}() got an unexpected keyword argument '${name}'`);
  }
  const least = total - defaults.length;
  for (let i = args.length; i < least; i++) {
    if (bound[i] === undefined) wrongArguments(code, defaults.length, total === 0 ? 0 : filled(bound));
  }
  for (let i = least; i < total; i++) if (bound[i] === undefined) bound[i] = defaults[i - least]!;
  T.kw = extra;
  return [...(bound as Value[]), ...args.slice(total)];
}

const filled = (bound: readonly (Value | undefined)[]): number => bound.filter((value) => value !== undefined).length;

/** The dict for a function's `**kwargs`; called first thing by the function. */
export function takeKeywords(): PyDict {
  const given = T.kw;
  T.kw = undefined;
  return given ?? new PyDict();
}

/** A keyword's name; null for a key of `**kwargs` that is no str. */
type Keyword = string | null;

interface Arguments {
  readonly args: Value[];
  readonly names: readonly Keyword[];
  readonly values: readonly Value[];
}

/** PyEval_GetFuncName and PyEval_GetFuncDesc. */
const calleeName = (f: Value): string => {
  if (f instanceof PyMethod) return `${f.name}()`;
  if (typeof f === 'function') {
    if (f.type !== undefined) return f.type.newStyle ? 'type object' : `${f.type.name} constructor`;
    return `${f.code?.name ?? f.pyName ?? 'function'}()`;
  }
  if (f instanceof PyInstance && !f.T.newStyle) return `${f.T.name} instance`;
  return `${typeName(f)} object`;
};

/** All arguments of a call with `*star` or `**kwargs`. Keyword arguments come in the order of a dict that holds them all, then. */
function spread(
  f: Value,
  args: Value[],
  names: readonly string[],
  values: readonly Value[],
  star: Value | undefined,
  kwargs: Value | undefined,
): Arguments {
  if (star === undefined && kwargs === undefined) return { args: [...args], names, values };
  const all = new PyDict();
  if (kwargs !== undefined) {
    const entries = kwargs instanceof PyDict || !(kwargs instanceof PyObject) ? undefined : hooks.entries(kwargs);
    if (kwargs instanceof PyDict) dictForEach(kwargs, (key, value) => dictSet(all, key, value));
    else if (entries !== undefined) for (const [key, value] of entries) dictSet(all, key, value);
    else raise('TypeError', `${calleeName(f)} argument after ** must be a mapping, not ${typeName(kwargs)}`);
  }
  const positional = star === undefined ? [...args] : [...args, ...starred(f, star)];
  // CPython takes them from its stack, the last one first.
  for (let i = names.length - 1; i >= 0; i--) {
    if (dictGet(all, names[i]!) !== undefined) {
      raise('TypeError', `${calleeName(f)} got multiple values for keyword argument '${names[i]}'`);
    }
    dictSet(all, names[i]!, values[i]!);
  }
  const keywords: Keyword[] = [];
  const given: Value[] = [];
  dictForEach(all, (key, value) => {
    keywords.push(typeof key === 'string' ? key : null);
    given.push(value);
  });
  return { args: positional, names: keywords, values: given };
}

function starred(f: Value, star: Value): readonly Value[] {
  const type = typeName(star);
  try {
    return elementsOf(star);
  } catch (thrown) {
    if (!model.forget(thrown, 'TypeError')) throw thrown;
  }
  return raise('TypeError', `${calleeName(f)} argument after * must be an iterable, not ${type}`);
}

/** What is called in the end, with positional arguments alone; `wrap` makes the call's value of its result. */
interface Prepared {
  readonly f: PyFunction;
  readonly args: Value[];
  readonly finish: ((result: Value) => Value) | undefined;
}

/** A callee that is no guest's function, and takes no keyword arguments, got some. */
function takesNoKeywords(f: PyFunction): never {
  const { type } = f;
  if (type === undefined) return raise('TypeError', `${f.pyName ?? 'function'}() takes no keyword arguments`);
  if (type.name === 'object') return raise('TypeError', 'object() takes no parameters');
  const name = type.module === 'exceptions' ? `exceptions.${type.name}` : type.name;
  return raise('TypeError', `${name}${isExceptionType(type) ? '' : '()'} does not take keyword arguments`);
}

const isExceptionType = (type: PyType): boolean => type.mro.includes(baseException);

function prepare(f: Value, { args, names, values }: Arguments): Prepared {
  if (f instanceof PyMethod) return prepare(f.f, { args: methodArguments(f, args), names, values });
  if (typeof f !== 'function') return notCallable(f);
  if (names.length === 0) return { f, args, finish: undefined };
  if (f.code !== undefined) return { f, args: bind(f, f.code, args, names, values), finish: undefined };
  if (f.type?.guest) {
    const instance = (f.type as CoreType).allocate!();
    const init = asSlots(instance).m$__init__ as PyFunction | undefined;
    if (init !== undefined && init.K === undefined && init.code === undefined && isExceptionType(f.type))
      takesNoKeywords(f);
    if (init === undefined) {
      noInit(instance, [...args, ...values]);
      return { f: () => instance, args: [], finish: undefined };
    }
    const inner = prepare(init, { args: [instance, ...args], names, values });
    return {
      ...inner,
      finish: (result) => (result === null ? instance : badInit(instance, result)),
    };
  }
  const { K } = f;
  if (K === undefined) return takesNoKeywords(f);
  if (names.includes(null)) return raise('TypeError', 'keywords must be strings');
  return { f: () => K(args, names as readonly string[], values), args: [], finish: undefined };
}

/** A tuple or list itself, whose elements are what iterating over it gives. */
const isPlain = (v: Value | undefined): v is PyTuple | PyList =>
  (v instanceof PyTuple || v instanceof PyList) && !v.T.guest;

/** A call with keyword arguments, `*star` or `**kwargs`. */
export function callGeneral(
  f: Value,
  args: Value[],
  names: readonly string[],
  values: readonly Value[],
  star: Value | undefined,
  kwargs: Value | undefined,
): Value {
  if (typeof f === 'function' && names.length === 0 && kwargs === undefined && isPlain(star)) {
    return args.length === 0 ? f(...star.a) : f(...args, ...star.a);
  }
  const call = prepare(f, spread(f, args, names, values, star, kwargs));
  const result = call.f(...call.args);
  return call.finish === undefined ? result : call.finish(result);
}

export function* callGeneralG(
  f: Value,
  args: Value[],
  names: readonly string[],
  values: readonly Value[],
  star: Value | undefined,
  kwargs: Value | undefined,
): Steps {
  const call = prepare(f, spread(f, args, names, values, star, kwargs));
  // Nothing may run between here and the callee's first statement, which takes the keyword arguments.
  const result = call.f.G === undefined ? call.f(...call.args) : yield* call.f.G(...call.args);
  return call.finish === undefined ? result : call.finish(result);
}

/** One keyword argument of a built-in that takes a dict of options, as `K` gets them. */
export function keywordValue(names: readonly string[], values: readonly Value[], name: string): Value | undefined {
  const at = names.indexOf(name);
  return at < 0 ? undefined : values[at];
}

/** The elements of a tuple or a single value, as isinstance() and except take classes. */
export function flattenTuple(v: Value): Value[] {
  return v instanceof PyTuple ? v.a.flatMap(flattenTuple) : [v];
}
