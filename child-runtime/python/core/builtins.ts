/** The built-in names: the functions that RepyV2 allows, and its refusal of the others. */
import { raise } from '../model.js';
import { integer } from '../operations/arguments.js';
import { between, oneArgument, unpacked } from '../operations/arity.js';
import { valueBuiltins } from '../operations/builtins.js';
import { iterate, iteratorOr } from '../operations/iterate.js';
import { repr } from '../operations/repr.js';
import { length, truth } from '../operations/truth.js';
import { PyDict, type PyFunction, PyInstance, PyList, PyTuple, type Value } from '../values.js';
import { callG } from './calls.js';
import './constructors.js';
import { exceptionTypes, raiseNamed } from './exceptions.js';
import { address } from './objects.js';
import { ellipsis, notImplemented } from './runtime.js';
import * as types from './types.js';

const given = (value: Value | undefined, more: readonly Value[]): number => (value === undefined ? 0 : 1 + more.length);

// The commonest built-ins are functions of their own, so that V8 inlines each where it is called.

const chars = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));

const chr: PyFunction = (value: Value, ...more: Value[]) => {
  if (value === undefined || more.length > 0) between('chr', 1, 1, given(value, more));
  const code = typeof value === 'number' && Number.isInteger(value) ? value : integer(value);
  return chars[code] ?? raise('ValueError', 'chr() arg not in range(256)');
};

const ord: PyFunction = (value: Value, ...more: Value[]) => {
  if (value === undefined || more.length > 0) oneArgument('ord', given(value, more));
  if (typeof value !== 'string') {
    return raise('TypeError', `ord() expected string of length 1, but ${types.typeName(value)} found`);
  }
  if (value.length === 1) return value.charCodeAt(0);
  return raise('TypeError', `ord() expected a character, but string of length ${value.length} found`);
};

const len: PyFunction = (value: Value, ...more: Value[]) => {
  if (value === undefined || more.length > 0) oneArgument('len', given(value, more));
  if (value instanceof PyInstance && !value.T.newStyle) {
    return raise('AttributeError', `${value.T.name} instance has no attribute '__len__'`);
  }
  return length(value);
};

const id: PyFunction = (value: Value, ...more: Value[]) => {
  if (value === undefined || more.length > 0) oneArgument('id', given(value, more));
  return address(value);
};

/** Whether `check` holds for the class, or for one in a tuple of classes, at any depth. */
function anyClass(classes: Value, check: (type: types.CoreType) => boolean, text: string): boolean {
  if (types.isClass(classes)) return check(classes.type as types.CoreType);
  if (!(classes instanceof PyTuple)) return raise('TypeError', text);
  return classes.a.some((one) => anyClass(one, check, text));
}

const isinstance: PyFunction = (...args: Value[]) => {
  if (args.length !== 2) unpacked('isinstance', 2, 2, args.length);
  const [value, classes] = args as [Value, Value];
  if (typeof classes === 'function' && classes.type !== undefined) return types.isInstanceOf(value, classes.type);
  const text = 'isinstance() arg 2 must be a class, type, or tuple of classes and types';
  return anyClass(classes, (type) => types.isInstanceOf(value, type), text);
};

const issubclass: PyFunction = (...args: Value[]) => {
  unpacked('issubclass', 2, 2, args.length);
  const [sub, classes] = args as [Value, Value];
  if (!types.isClass(sub)) return raise('TypeError', 'issubclass() arg 1 must be a class');
  const text = 'issubclass() arg 2 must be a class or tuple of classes';
  return anyClass(classes, (type) => sub.type.mro.includes(type), text);
};

const TYPE_MISUSE = 'type() may only take exactly one non-keyword argument.';

/** map() and filter() of one sequence in a thread: their function may wait. */
function* mapSteps(...args: Value[]): Generator<unknown, Value, undefined> {
  const [f, source] = args as [Value, Value];
  if (args.length !== 2 || f === null) return valueBuiltins.get('map')!(...args);
  const results: Value[] = [];
  const iterator = iteratorOr(source, () => raise('TypeError', 'argument 2 to map() must support iteration'), true);
  for (let element = iterator.next(); element !== undefined; element = iterator.next()) {
    results.push(yield* callG(f, element));
  }
  return new PyList(results);
}

function* filterSteps(...args: Value[]): Generator<unknown, Value, undefined> {
  const [f, source] = args as [Value, Value];
  if (args.length !== 2 || f === null) return valueBuiltins.get('filter')!(...args);
  const kept: Value[] = [];
  const iterator = iterate(source);
  for (let element = iterator.next(); element !== undefined; element = iterator.next()) {
    if (truth(yield* callG(f, element))) kept.push(element);
  }
  if (typeof source === 'string') return kept.join('');
  return source instanceof PyTuple ? new PyTuple(kept) : new PyList(kept);
}
valueBuiltins.get('map')!.G = mapSteps;
valueBuiltins.get('filter')!.G = filterSteps;

/** RepyV2's replacement: one argument, and the type of a type is this function. */
const type: PyFunction = (...args: Value[]) => {
  if (args.length !== 1) return raiseNamed('RunBuiltinException', TYPE_MISUSE);
  const found = types.typeOf(args[0]!);
  return found === types.typeType ? type : found.cls;
};

type.K = () => raiseNamed('RunBuiltinException', TYPE_MISUSE);

/** reduce() imports functools in CPython 2.7, and RepyV2 refuses the import. */
const reduce: PyFunction = () =>
  raiseNamed('RunBuiltinException', "Unsafe call '__import__' with args '('functools',)', kwargs '{}'");

const refused = [
  ...['BufferError', 'BytesWarning', 'GeneratorExit', 'ImportWarning', 'UnicodeWarning', 'all', 'any', 'apply'],
  ...['basestring', 'bin', 'buffer', 'bytearray', 'bytes', 'callable', 'classmethod', 'coerce', 'compile', 'delattr'],
  ...[
    'dir',
    'enumerate',
    'eval',
    'execfile',
    'exit',
    'file',
    'format',
    'getattr',
    'globals',
    'hasattr',
    'hash',
    'help',
  ],
  ...['input', 'intern', 'iter', 'locals', 'memoryview', 'next', 'open', 'property', 'quit', 'raw_input', 'reload'],
  ...['reversed', 'setattr', 'sorted', 'staticmethod', 'super', 'unichr', 'unicode', 'vars'],
];

function refusal(name: string): PyFunction {
  const refuse = (args: Value[], names: readonly string[], values: readonly Value[]): Value => {
    const kwargs = new PyDict();
    for (const [i, key] of names.entries()) kwargs.m.set(key, values[i]!);
    const text = `Unsafe call '${name}' with args '${repr(new PyTuple(args))}', kwargs '${repr(kwargs)}'`;
    return raiseNamed('RunBuiltinException', text);
  };
  const f: PyFunction = (...args: Value[]) => refuse(args, [], []);
  f.pyName = 'exceptionraiser';
  f.K = refuse;
  types.shownAs.set(f, '<function exceptionraiser at @>');
  return f;
}

const classes = [
  ...[types.boolType, types.complexType, types.dictType, types.floatType, types.frozensetType, types.intType],
  ...[types.listType, types.longType, types.objectType, types.setType, types.sliceType, types.strType],
  ...[types.tupleType, types.xrangeType],
];

/** Every built-in name with its value, but SafeDict (`namespaces.ts`). */
export const builtins = new Map<string, Value>([
  ['Ellipsis', ellipsis],
  ['NotImplemented', notImplemented],
  ['None', null],
  ['True', true],
  ['False', false],
  ['__debug__', true],
  ['copyright', ''],
  ['credits', ''],
  ['license', ''],
  ...valueBuiltins,
]);
for (const [name, f] of Object.entries({ chr, id, isinstance, issubclass, len, ord, reduce, type })) {
  f.pyName = name;
  builtins.set(name, f);
}
types.shownAs.set(type, '<function safe_type at @>');
for (const one of classes) builtins.set(one.name, one.cls);

/** Exceptions that RepyV2 keeps for itself. */
const unnamed = new Set([
  'SafeException',
  'CheckNodeException',
  'CheckStrException',
  'RunBuiltinException',
  'InternalRepyError',
]);
for (const [name, exception] of exceptionTypes) if (!unnamed.has(name)) builtins.set(name, exception.cls);
for (const name of refused) builtins.set(name, refusal(name));
