import { dirname, join, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { bounds } from '../../protocol/bounds.js';
import type { Language } from '../../protocol/messages.js';
import { PolicyError, RestrictionsError } from '../../restrictions/errors.js';
import { type JsonDocument, parseJson } from '../../restrictions/json-document.js';
import { readPolicy } from '../../restrictions/json-policy.js';
import { loadRestrictions } from '../../restrictions/load.js';
import { greatestFile } from '../../restrictions/read.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import { addAllowedKeyword, display, explain } from '../../restrictions/schema-errors.js';
import { messageOf } from '../errors.js';
import type { EndReason } from '../outcome.js';
import { hostPlatform } from '../platform/host.js';
import type { Naming } from '../platform/naming.js';
import { languageOf, unknownLanguage } from './language.js';
import { readBounded } from './read-file.js';
import { conflict } from './yard-conflicts.js';
import { greatestYard, yardSchema } from './yard-schema.js';

/** How a program should end; a `limit` of undefined is any. */
export interface Expected {
  readonly reasons: readonly EndReason[];
  readonly limit?: string;
}

/** One program of a yard, copies counted singly. Paths are absolute. */
export interface YardProgram {
  readonly name: string;
  readonly file: string;
  readonly source: Uint8Array;
  readonly language: Language;
  readonly args: readonly string[];
  readonly restrictions: Restrictions;
  readonly directory: string;
  readonly log: string;
  /** Seconds. */
  readonly stopAfter?: number;
  readonly expected: Expected;
}

/** Bytes of a yard file. */
const greatestYardFile = 16 << 20;

/** A yard file that can't be used. `message` names the file, the line where known, the field, and what is allowed. */
export class YardFileError extends Error {
  override readonly name = 'YardFileError';
}

/** What the schema lets through. */
interface YardEntry {
  readonly name: string;
  readonly program: string;
  readonly args?: readonly string[];
  readonly restrictions: string | object;
  readonly directory?: string;
  readonly copies?: number;
  readonly stopAfter?: number;
  readonly log?: string;
  readonly expected?: { readonly reason: EndReason; readonly limit?: string };
}
interface Yard {
  readonly directory?: string;
  readonly programs: readonly YardEntry[];
}

/** Reads a yard file and every file that it names. `naming`: the host's, unless a test says otherwise. Throws YardFileError; nothing has been created or started then. */
export async function loadYard(path: string, naming?: Naming): Promise<YardProgram[]> {
  const text = new TextDecoder().decode(await read(path, greatestYardFile, 'yard file', path));
  const reader = new YardReader(path, document(path, text), naming ?? (await hostPlatform()).naming);
  return reader.programs();
}

function document(path: string, text: string): JsonDocument {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof PolicyError) throw new YardFileError(`${place(path, error.line)}: ${error.message}`);
    throw error;
  }
}

class YardReader {
  private readonly base: string;

  constructor(
    private readonly path: string,
    private readonly document: JsonDocument,
    private readonly naming: Naming,
  ) {
    this.base = dirname(resolve(path));
  }

  async programs(): Promise<YardProgram[]> {
    const yard = this.validated();
    const programs: YardProgram[] = [];
    for (const [index, entry] of yard.programs.entries()) {
      const at = ['programs', String(index)];
      if (programs.length + (entry.copies ?? 1) > greatestYard) {
        this.fail([...at, 'copies'], `more than ${greatestYard} programs in all`);
      }
      programs.push(...(await this.entry(entry, at, join(this.base, yard.directory ?? 'yard'))));
    }
    const shared = conflict(programs, this.naming);
    if (shared !== undefined) this.fail(['programs'], shared);
    return programs;
  }

  private validated(): Yard {
    const validate = validator();
    const { value } = this.document;
    if (validate(value)) return value;
    const { path, message } = explain(validate.errors);
    throw new YardFileError(`${place(this.path, this.document.lineOf(path))}: ${message}`);
  }

  private async entry(entry: YardEntry, at: readonly string[], directories: string): Promise<YardProgram[]> {
    const language = languageOf(entry.program);
    if (language === undefined) this.fail([...at, 'program'], unknownLanguage(entry.program));
    const file = resolve(this.base, entry.program);
    const source = await this.file(file, bounds.programBytes, [...at, 'program'], entry.program);
    const restrictions = await this.restrictions(entry.restrictions, [...at, 'restrictions']);
    if (entry.expected?.limit !== undefined && entry.expected.reason !== 'limit') {
      this.fail([...at, 'expected', 'limit'], "only goes with the reason 'limit'");
    }
    const directory =
      entry.directory === undefined ? join(directories, entry.name) : resolve(this.base, entry.directory);
    const log = entry.log === undefined ? `${directory}.log` : resolve(this.base, entry.log);
    const copies = entry.copies ?? 1;
    return Array.from({ length: copies }, (_, copy) => {
      const suffix = copies === 1 ? '' : `-${copy + 1}`;
      return {
        name: entry.name + suffix,
        file,
        source,
        language,
        args: entry.args ?? [],
        restrictions,
        directory: directory + suffix,
        log: entry.log === undefined ? `${directory}${suffix}.log` : log + suffix,
        ...(entry.stopAfter === undefined ? {} : { stopAfter: entry.stopAfter }),
        expected: expectedOf(entry),
      };
    });
  }

  private async restrictions(given: string | object, at: readonly string[]): Promise<Restrictions> {
    try {
      if (typeof given === 'object') return readPolicy(given, (path) => this.document.lineOf([...at, ...path]));
      return loadRestrictions(await this.file(resolve(this.base, given), greatestFile, at, given));
    } catch (error) {
      if (!(error instanceof RestrictionsError)) throw error;
      if (typeof given === 'string') this.fail(at, `${place(given, error.line)}: ${error.message}`);
      throw new YardFileError(`${place(this.path, error.line)}: in '${display(at)}': ${error.message}`);
    }
  }

  private async file(path: string, bound: number, at: readonly string[], given: string): Promise<Uint8Array> {
    return read(path, bound, `${place(this.path, this.document.lineOf(at))}: '${display(at)}'`, given);
  }

  private fail(at: readonly string[], message: string): never {
    throw new YardFileError(`${place(this.path, this.document.lineOf(at))}: '${display(at)}': ${message}`);
  }
}

function expectedOf({ expected, stopAfter }: YardEntry): Expected {
  if (expected === undefined) {
    return { reasons: stopAfter === undefined ? ['exited', 'exitall'] : ['exited', 'exitall', 'stopped'] };
  }
  return { reasons: [expected.reason], ...(expected.limit === undefined ? {} : { limit: expected.limit }) };
}

let compiled: ValidateFunction<Yard> | undefined;

function validator(): ValidateFunction<Yard> {
  compiled ??= addAllowedKeyword(new Ajv({ verbose: true, allowUnionTypes: true })).compile<Yard>(yardSchema());
  return compiled;
}

function place(path: string, line: number | undefined): string {
  return line === undefined ? path : `${path}:${line}`;
}

async function read(path: string, bound: number, where: string, given: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(path, bound);
  } catch (error) {
    throw new YardFileError(`${where}: can't read '${given}': ${messageOf(error)}`);
  }
  if (bytes.byteLength > bound) throw new YardFileError(`${where}: '${given}' is larger than ${bound} bytes`);
  return bytes;
}
