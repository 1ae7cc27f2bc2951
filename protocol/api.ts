/**
 * The API table: every call that a guest can make. Data only; both sides are built from it: the child's namespace layer
 * (arguments in, results out) and the supervisor's own argument check, which never relies on the child's.
 * Source of names, types, errors and costs: RepyV2's namespace.py, emulfile.py, emulmisc.py, nanny.py as observed.
 */
import type { RepyExceptionName } from './exceptions.js';

/** Shapes of arguments. `int` excludes bool; bounds are inclusive. */
export type ArgumentShape =
  | { readonly kind: 'bytes'; readonly maxLength?: number }
  | { readonly kind: 'int'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'number'; readonly min?: number }
  | { readonly kind: 'bool' }
  | { readonly kind: 'none-or'; readonly shape: ArgumentShape }
  | { readonly kind: 'handle'; readonly of: HandleKind }
  /** Checked and used in the child only (callables, dicts): never crosses the channel. */
  | { readonly kind: 'local' };

export type ResultShape =
  | 'none'
  | 'bool'
  | 'int'
  | 'float'
  | 'bytes'
  | 'list-of-bytes'
  | 'handle'
  | 'resources'
  | 'local';

export type HandleKind = 'file' | 'lock' | 'udp-server' | 'tcp-server' | 'socket' | 'namespace';

export interface ApiArgument {
  readonly name: string;
  readonly shape: ArgumentShape;
}

/** What a call costs, as the nanny charges it. The broker does the charging; docs are printed from these lines. */
export interface ApiCost {
  readonly resource: string;
  readonly amount: number | 'per 4096-byte block touched' | 'bytes written' | 'one while open';
  readonly when: 'before' | 'after' | 'on success';
}

export interface ApiCall {
  /** Stable number on the wire. */
  readonly number: number;
  /** The guest's name: a global function, or `kind.method` for a handle's method. */
  readonly name: string;
  /** RepyV2's name for it in its messages ("when calling emulated_open."). */
  readonly internalName: string;
  readonly arguments: readonly ApiArgument[];
  /** Extra arguments of any number, each of this shape (log). */
  readonly rest?: ArgumentShape;
  readonly result: ResultShape;
  /** In RepyV2's order of precedence. */
  readonly errors: readonly RepyExceptionName[];
  readonly costs: readonly ApiCost[];
  /** `child`: answered by the runtime in the child's own process; `supervisor`: asked of the broker. */
  readonly served: 'child' | 'supervisor';
  /** Whether it may wait, so that a JavaScript guest gets a promise. */
  readonly waits: boolean;
}

const fileHandle: ApiArgument = { name: 'self', shape: { kind: 'handle', of: 'file' } };
const fileName: ApiArgument = { name: 'filename', shape: { kind: 'bytes', maxLength: 120 } };
const offset: ApiArgument = { name: 'offset', shape: { kind: 'int', min: 0 } };

export const apiCalls = [
  {
    number: 1,
    name: 'log',
    internalName: 'log',
    arguments: [],
    rest: { kind: 'bytes' },
    result: 'none',
    errors: [],
    costs: [{ resource: 'lograte', amount: 'bytes written', when: 'after' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 2,
    name: 'openfile',
    internalName: 'emulated_open',
    arguments: [fileName, { name: 'create', shape: { kind: 'bool' } }],
    result: 'handle',
    errors: ['RepyArgumentError', 'FileInUseError', 'ResourceExhaustedError', 'FileNotFoundError'],
    costs: [
      { resource: 'fileread', amount: 4096, when: 'before' },
      { resource: 'filewrite', amount: 4096, when: 'on success' },
      { resource: 'filesopened', amount: 'one while open', when: 'on success' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 3,
    name: 'file.readat',
    internalName: 'readat',
    arguments: [fileHandle, { name: 'sizelimit', shape: { kind: 'none-or', shape: { kind: 'int', min: 0 } } }, offset],
    result: 'bytes',
    errors: ['RepyArgumentError', 'FileClosedError', 'SeekPastEndOfFileError'],
    costs: [{ resource: 'fileread', amount: 'per 4096-byte block touched', when: 'after' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 4,
    name: 'file.writeat',
    internalName: 'writeat',
    arguments: [fileHandle, { name: 'data', shape: { kind: 'bytes' } }, offset],
    result: 'none',
    errors: ['RepyArgumentError', 'FileClosedError', 'SeekPastEndOfFileError'],
    costs: [{ resource: 'filewrite', amount: 'per 4096-byte block touched', when: 'after' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 5,
    name: 'file.close',
    internalName: 'close',
    arguments: [fileHandle],
    result: 'none',
    errors: ['FileClosedError'],
    costs: [],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 6,
    name: 'listfiles',
    internalName: 'listfiles',
    arguments: [],
    result: 'list-of-bytes',
    errors: [],
    costs: [{ resource: 'fileread', amount: 4096, when: 'before' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 7,
    name: 'removefile',
    internalName: 'removefile',
    arguments: [fileName],
    result: 'none',
    errors: ['RepyArgumentError', 'FileInUseError', 'FileNotFoundError'],
    costs: [
      { resource: 'fileread', amount: 4096, when: 'before' },
      { resource: 'filewrite', amount: 4096, when: 'on success' },
    ],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 8,
    name: 'randombytes',
    internalName: 'randombytes',
    arguments: [],
    result: 'bytes',
    errors: [],
    costs: [{ resource: 'random', amount: 1024, when: 'after' }],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 9,
    name: 'getresources',
    internalName: 'get_resources',
    arguments: [],
    result: 'resources',
    errors: [],
    costs: [],
    served: 'supervisor',
    waits: true,
  },
  {
    number: 10,
    name: 'sleep',
    internalName: 'sleep',
    arguments: [{ name: 'seconds', shape: { kind: 'number', min: 0 } }],
    result: 'none',
    errors: ['RepyArgumentError'],
    costs: [],
    served: 'child',
    waits: true,
  },
  {
    number: 11,
    name: 'getruntime',
    internalName: 'getruntime',
    arguments: [],
    result: 'float',
    errors: [],
    costs: [],
    served: 'child',
    waits: false,
  },
  {
    number: 12,
    name: 'exitall',
    internalName: 'exitall',
    arguments: [],
    result: 'none',
    errors: [],
    costs: [],
    served: 'child',
    waits: false,
  },
] as const satisfies readonly ApiCall[];

export type ApiName = (typeof apiCalls)[number]['name'];

const byNumber = new Map<number, ApiCall>(apiCalls.map((call) => [call.number, call]));
const byName = new Map<string, ApiCall>(apiCalls.map((call) => [call.name, call]));

/** The call with this wire number, if there is one that the supervisor serves. */
export function supervisorCall(number: number): ApiCall | undefined {
  const call = byNumber.get(number);
  return call?.served === 'supervisor' ? call : undefined;
}

export function apiCall(name: ApiName): ApiCall {
  const call = byName.get(name);
  if (call === undefined) throw new Error(`the API table has no call ${name}`);
  return call;
}
