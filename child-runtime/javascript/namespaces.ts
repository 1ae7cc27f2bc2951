/**
 * RepyV2's virtual namespaces: code that a program checks once and runs as often as it likes, with the names that it gives it and the
 * language's own, but not the API. The code goes through the same check and compiler as a program; it is no wall, only order.
 */
import { types } from 'node:util';
import { RepyError, type RepyExceptionName } from '../../protocol/exceptions.js';
import { HandleReference } from '../api/values.js';
import { permittedIntrinsics } from '../harden/permitted.js';
import { typeNameOf } from '../harden/thrown.js';
import { decodeSource } from './check-text.js';
import { compileWithEnd, type Main } from './compile.js';
import { guestError } from './exceptions.js';
import { makeHandle, referenceOf } from './handles.js';
import { constants, exceptionNames } from './names.js';
import { lineAt, parseProgram } from './parse.js';
import { checkLocal } from './perform.js';
import { guestValue } from './realm.js';
import { Refusal } from './refusal.js';
import { freeNames, topLevelNames } from './scope.js';

const { isAnyArrayBuffer, isMap, isPromise, isProxy, isSet, isUint8Array } = types;
const { isArray } = Array;
const { isView } = ArrayBuffer;
const { getOwnPropertyDescriptor } = Object;
const { ownKeys } = Reflect;

const builtins: ReadonlySet<string> = new Set([...permittedIntrinsics, ...exceptionNames]);
/** Two that no parameter can have, and one that would make the record of the results look like a promise. */
const unsafeNames = ['eval', 'arguments', 'then'] as const;
/** Characters of a name in error reports. */
const longestName = 120;

class Namespace extends HandleReference {
  constructor(
    readonly code: Main,
    /** The names that `code` takes, in order. */
    readonly names: readonly string[],
  ) {
    super('namespace', 0);
  }
}

/** Throws the guest's exceptions: RepyArgumentError, CodeUnsafeError. */
export function createNamespace(...args: unknown[]): object {
  // Text of any characters is fine here, unlike bytes.
  checkLocal(
    'createvirtualnamespace',
    args.map((value) => (typeof value === 'string' ? '' : value)),
  );
  const [code, name] = args.map(textOf) as [string, string];
  try {
    return makeHandle(compile(code, name.slice(0, longestName)));
  } catch (error) {
    throw error instanceof Refusal ? failure('CodeUnsafeError', error.message) : error;
  }
}

/** The context's names as they are when the code is done, and those that it declared. Rejects with what the code throws. */
export async function evaluate(...args: unknown[]): Promise<Record<string, unknown>> {
  checkLocal('namespace.evaluate', args);
  const { code, names } = referenceOf(args[0] as object) as Namespace;
  const context = copyOf(args[1]);
  const values = names.map((name) => {
    if (Object.hasOwn(context, name)) return context[name];
    if (builtins.has(name)) return guestValue(name, {});
    throw new ReferenceError(`${name} is not defined`);
  });
  const results = (await code(...values)) as Record<string, unknown>;
  for (const name of names) if (!Object.hasOwn(context, name)) delete results[name];
  return Object.assign(context, results);
}

function compile(text: string, name: string): Namespace {
  const program = parseProgram(text);
  const found = freeNames(program, anyName, (offset) => lineAt(text, offset));
  const declared = topLevelNames(program);
  const unsafe = unsafeNames.find((each) => found.has(each) || declared.has(each));
  if (unsafe !== undefined) throw new Refusal(`Unsafe name '${unsafe}'`);
  const names = [...found].filter((each) => !constants.has(each)).sort();
  const results = [...new Set([...names, ...declared])];
  const code = compileWithEnd({ text, names }, name, `;return{__proto__:null,${results.join()}};`);
  return new Namespace(code, names);
}

/** A name that isn't known yet may come with the context. */
const anyName: Pick<ReadonlySet<string>, 'has'> = { has: () => true };

/** What holds its contents otherwise than under names: as a context it would be an empty one, or one of numbers. */
const isContainer = (value: object): boolean =>
  isArray(value) || isView(value) || isAnyArrayBuffer(value) || isMap(value) || isSet(value) || isPromise(value);

/** A fresh record of the context's own data. Runs none of the guest's code. */
function copyOf(context: unknown): Record<string, unknown> {
  if (typeof context !== 'object' || context === null || isProxy(context) || isContainer(context)) {
    throw failure('RepyArgumentError', `Invalid type <type '${typeNameOf(context)}'>`);
  }
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of ownKeys(context)) {
    const descriptor = getOwnPropertyDescriptor(context, key);
    if (typeof key !== 'string' || key === 'then' || descriptor === undefined || !('value' in descriptor)) {
      throw failure(
        'ContextUnsafeError',
        `Provided context is not safe! '${String(key)}' is no plain value under a name`,
      );
    }
    copy[key] = descriptor.value;
  }
  return copy;
}

const textOf = (value: unknown): string => (isUint8Array(value) ? decodeSource(value) : (value as string));
const failure = (name: RepyExceptionName, message: string): Error => guestError(new RepyError(name, message));
