/** The declarations that editors read for JavaScript and TypeScript programs, from the API table: `repyard/guest`. */
import { type ApiArgument, type ApiCall, type ArgumentShape, apiCalls, type HandleKind } from './api.js';
import { apiWords } from './api-words.js';
import { type RepyExceptionName, repyExceptions } from './exceptions.js';

const classNames: Partial<Record<HandleKind, string>> = {
  file: 'RepyFile',
  'udp-server': 'RepyUdpServer',
  'tcp-server': 'RepyTcpServer',
  socket: 'RepySocket',
  lock: 'RepyLock',
  namespace: 'RepyNamespace',
};

const calls: readonly ApiCall[] = apiCalls;
const forJavaScript = calls.filter((call) => call.only === undefined);

/** The text of `guest.d.ts`. */
export function guestDeclarations(): string {
  const functions = forJavaScript.filter(({ name }) => !name.includes('.'));
  return `${opening}
${functions.map((call) => `${comment(call, '')}declare function ${signature(call, call.name)};`).join('\n')}

${Object.entries(classNames).map(handleInterface).join('\n\n')}

${exceptionNames().map(exceptionClass).join('\n')}
${ending}`;
}

function handleInterface([kind, name]: readonly [string, string]): string {
  const methods = forJavaScript.filter((call) => call.name.startsWith(`${kind}.`));
  const lines = methods.map((call) => `${comment(call, '  ')}  ${signature(call, call.name.slice(kind.length + 1))};`);
  return `interface ${name} {\n  readonly [Symbol.toStringTag]: '${name}';\n${lines.join('\n')}\n}`;
}

function signature(call: ApiCall, name: string): string {
  const given = call.arguments.filter((argument) => argument.name !== 'self').map(parameter);
  if (call.rest !== undefined) given.push('...items: unknown[]');
  const result = resultType(call);
  return `${name}(${given.join(', ')}): ${call.waits ? `Promise<${result}>` : result}`;
}

// `function` is no name for a parameter.
const parameter = ({ name, shape }: ApiArgument): string =>
  shape.kind === 'local' ? (locals[name] ?? `${name}: unknown`) : `${name}: ${type(shape)}`;

const locals: Readonly<Record<string, string>> = { function: 'thread: () => unknown', context: 'context: object' };

function type(shape: ArgumentShape): string {
  switch (shape.kind) {
    case 'bytes':
      return 'RepyBytes';
    case 'int':
    case 'number':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'none-or':
      return `${type(shape.shape)} | null`;
    case 'handle':
      return classNames[shape.of] ?? 'never';
    case 'local':
      return 'unknown';
  }
}

function resultType({ name, result, handle }: ApiCall): string {
  const owner = (handle === undefined ? undefined : classNames[handle]) ?? 'never';
  switch (result) {
    case 'none':
      return name === 'exitall' ? 'never' : 'void';
    case 'bool':
      return 'boolean';
    case 'int':
    case 'float':
      return 'number';
    case 'bytes':
      return 'string';
    case 'list-of-bytes':
      return 'string[]';
    case 'handle':
      return owner;
    case 'datagram':
      return '[ip: string, port: number, message: string]';
    case 'connection':
      return `[ip: string, port: number, socket: ${owner}]`;
    case 'resources':
      return 'RepyResources';
    case 'local':
      return 'Record<string, any>';
  }
}

function comment(call: ApiCall, indent: string): string {
  const words = apiWords[call.name as keyof typeof apiWords];
  const throws =
    call.errors.length === 0 ? '' : ` ${call.waits ? 'Rejects with' : 'Throws'} ${call.errors.join(', ')}.`;
  return `${indent}/** ${words}${throws} */\n`;
}

const exceptionNames = (): RepyExceptionName[] =>
  (Object.keys(repyExceptions) as RepyExceptionName[]).filter((name) => repyExceptions[name].exported);

const exceptionClass = (name: RepyExceptionName): string =>
  `declare class ${name} extends ${repyExceptions[name].parent.replace(/^Exception$/, 'Error')} {}`;

const opening = `/**
 * What a JavaScript or TypeScript program of Repyard has beside the language itself. Generated from the API table.
 * Use: /// <reference types="repyard/guest" />, with "lib": ["es2022"], "moduleDetection": "force" and no other types.
 */

/** Bytes: a Uint8Array, or a string whose characters are U+0000 to U+00FF. */
type RepyBytes = string | Uint8Array;

/** Rates by the second, as the policy has them. */
interface RepyLimits {
${[
  'cpu',
  'memory',
  'diskused',
  'filewrite',
  'fileread',
  'netsend',
  'netrecv',
  'loopsend',
  'looprecv',
  'lograte',
  'random',
]
  .concat(['events', 'filesopened', 'insockets', 'outsockets'])
  .map((name) => `  readonly ${name}: number;`)
  .join('\n')}
  readonly messport: number[];
  readonly connport: number[];
}
/** Of rates what has not drained yet, of cpu the seconds in all; ports that were used. */
interface RepyUsage extends RepyLimits {
  readonly threadcpu: number;
}
/** Limits, usage, and when the program was stopped for its cpu limit: seconds since its start, and how long. */
type RepyResources = [limits: RepyLimits, usage: RepyUsage, stops: [time: number, seconds: number][]];
`;

const ending = `
/** The program's arguments. */
declare const callargs: string[];
/** An empty object, for what the program's parts share. */
declare const mycontext: Record<string, unknown>;

/** Each call is one line of the program's log. */
interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
}
declare var console: Console;

declare function setTimeout(callback: (...args: never[]) => unknown, milliseconds?: number, ...args: unknown[]): number;
declare function setInterval(callback: (...args: never[]) => unknown, milliseconds?: number, ...args: unknown[]): number;
declare function clearTimeout(timer: number | undefined): void;
declare function clearInterval(timer: number | undefined): void;
declare function queueMicrotask(callback: () => unknown): void;

interface TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array;
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder };

interface TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** Also takes strings of bytes, as files and sockets give them. */
  decode(bytes?: RepyBytes | ArrayBuffer): string;
}
declare var TextDecoder: {
  prototype: TextDecoder;
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};
`;
