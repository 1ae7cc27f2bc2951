/** What some built-in exceptions make of their arguments: attributes, and a text of their own. As CPython's exceptions.c. */
import { raise } from '../model.js';
import { integer } from '../operations/arguments.js';
import { elementsOf } from '../operations/iterate.js';
import { repr, str } from '../operations/repr.js';
import { PyTuple, type Value } from '../values.js';
import type { Raised } from './state.js';
import { asSlots, typeName } from './types.js';

interface Parts {
  /** None while they aren't set. */
  readonly attributes: readonly string[];
  /** Sets them, from what the exception is made with. */
  readonly set: (exception: Raised, args: Value[]) => void;
  /** str(), if it isn't that of the arguments. */
  readonly text?: (exception: Raised) => string | undefined;
}

function assign(exception: Raised, attributes: readonly string[], values: readonly (Value | undefined)[]): void {
  const slots = asSlots(exception);
  for (const [i, attribute] of attributes.entries()) slots[`$${attribute}`] = values[i] ?? null;
}

const systemExit: Parts = {
  attributes: ['code'],
  set: (e, args) => assign(e, ['code'], [args.length > 1 ? new PyTuple(args) : args[0]]),
};

const environment: Parts = {
  attributes: ['errno', 'strerror', 'filename'],
  set(e, args) {
    if (args.length === 2 || args.length === 3) assign(e, environment.attributes.slice(0, args.length), args);
    if (args.length === 3) e.given = args.slice(0, 2);
  },
  text(e) {
    const { $errno, $strerror, $filename } = asSlots(e) as Record<string, Value>;
    const has = (attribute: string): boolean => Object.hasOwn(e, attribute);
    if (!has('$errno') || !has('$strerror')) return undefined;
    return `[Errno ${str($errno!)}] ${str($strerror!)}${has('$filename') ? `: ${repr($filename!)}` : ''}`;
  },
};

const place = ['filename', 'lineno', 'offset', 'text'] as const;

const syntax: Parts = {
  attributes: ['msg', ...place, 'print_file_and_line'],
  set(e, args) {
    if (args.length > 0) assign(e, ['msg'], args);
    if (args.length !== 2) return;
    const info = elementsOf(args[1]!);
    if (info.length !== place.length) raise('IndexError', 'tuple index out of range');
    assign(e, place, info);
  },
  text(e) {
    const { $msg, $filename, $lineno } = asSlots(e) as Record<string, Value>;
    const file = typeof $filename === 'string' ? $filename.slice($filename.lastIndexOf('/') + 1) : undefined;
    const line = typeof $lineno === 'number' && Number.isInteger($lineno) ? `line ${$lineno}` : undefined;
    const where = [file, line].filter((part) => part !== undefined).join(', ');
    return where === '' ? str($msg!) : `${str($msg!)} (${where})`;
  },
};

function text(args: readonly Value[], index: number, wanted: string): string {
  const value = args[index]!;
  if (typeof value === 'string' && wanted === 'str') return value;
  const got = value === null ? 'None' : typeName(value);
  return raise('TypeError', `argument ${index + 1} must be ${wanted}, not ${got}`);
}

function checkCount(args: readonly Value[], wanted: number): void {
  if (args.length === wanted) return;
  raise('TypeError', `function takes exactly ${wanted} arguments (${args.length} given)`);
}

const decode: Parts = {
  attributes: ['encoding', 'object', 'start', 'end', 'reason'],
  set(e, args) {
    checkCount(args, 5);
    const texts = [text(args, 0, 'str'), text(args, 1, 'str')];
    const bounds = [integer(args[2]!), integer(args[3]!)];
    assign(e, decode.attributes, [...texts, ...bounds, text(args, 4, 'str')]);
  },
  text(e) {
    const { $encoding, $object, $start, $end, $reason } = asSlots(e);
    const [codec, bytes, start, end] = [$encoding, $object, $start, $end] as [string, string, number, number];
    const one = end === start + 1 ? bytes.charCodeAt(start) : Number.NaN;
    const what = Number.isNaN(one)
      ? `bytes in position ${start}-${end - 1}`
      : `byte 0x${one.toString(16).padStart(2, '0')} in position ${start}`;
    return `'${codec}' codec can't decode ${what}: ${$reason as string}`;
  },
};

/** These hold a unicode object, which RepyV2 has none of. */
const encode: Parts = {
  attributes: [],
  set(_e, args) {
    checkCount(args, 5);
    text(args, 0, 'str');
    text(args, 1, 'unicode');
  },
};
const translate: Parts = {
  attributes: [],
  set(_e, args) {
    checkCount(args, 4);
    text(args, 0, 'unicode');
  },
};

/** By the exception's name; those that derive from it have the same. */
export const exceptionParts: ReadonlyMap<string, Parts> = new Map([
  ['SystemExit', systemExit],
  ['EnvironmentError', environment],
  ['SyntaxError', syntax],
  ['UnicodeDecodeError', decode],
  ['UnicodeEncodeError', encode],
  ['UnicodeTranslateError', translate],
]);

export type { Parts };
