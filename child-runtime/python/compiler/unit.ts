/**
 * One compiled program text: its constants, the runtime functions it names, and the texts of its functions.
 *
 * Each function's text is produced once with markers in the places where the plain and the generator version differ, then
 * printed twice. Markers are control characters, which occur nowhere else: string constants are printed with escapes.
 */
import type { PyCode, Value } from '../values.js';
import type { Scope, Symbols } from './symbols.js';

/** A call of a JavaScript function value: in a generator, through its generator version if it has one. */
export const callMarker = (callee: string, args: string): string =>
  `\x01${/^[a-z$]/i.test(callee) ? callee : `(${callee})`}\x02${args}\x03`;
/** A call of a runtime function that may call guest code: `name` in plain code, `nameG` (a generator) in generators. */
export const runtimeMarker = (name: string, args: string): string => `\x04${name}(${args}\x05)`;
/** The next element of an iterator: in a generator, through the guest's `next` as a generator. */
export const nextMarker = (iterator: string): string => `\x07${iterator}\x08`;
/** The end of a time slice, maybe. A statement. */
export const TICK = '\x06';

/** Text that only plain code has. */
export const plainOnly = (text: string): string => `\x0e${text}\x0f`;

export function plainText(text: string): string {
  // biome-ignore-start lint/suspicious/noControlCharactersInRegex: the markers are control characters on purpose.
  return text
    .replace(/\x01([^\x02]*)\x02([^\x03]*)\x03/g, '$1($2)')
    .replace(/\x04(\w+)\(([^\x05]*)\x05\)/g, '$1($2)')
    .replace(/\x07(\w+)\x08/g, '$1.next()')
    .replace(/[\x0e\x0f]/g, '')
    .replaceAll(TICK, 'if(--T.n<0)tick();');
}

export function generatorText(text: string): string {
  return text
    .replace(/\x0e[^\x0f]*\x0f/g, '')
    .replace(/\x01([^\x02]*)\x02([^\x03]*)\x03/g, '($1.G!==undefined?yield*$1.G($2):$1($2))')
    .replace(/\x04(\w+)\(([^\x05]*)\x05\)/g, '(yield*$1G($2))')
    .replace(/\x07(\w+)\x08/g, '($1.S===undefined?$1.next():yield*$1.S())')
    .replaceAll(TICK, 'if(--T.n<0)yield;');
  // biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above.
}

export interface UnitOptions {
  /** The program's name in reports. */
  readonly file: string;
  /**
   * Closed: nobody but this text reads or writes its globals, so they are variables, and a built-in name that the text never binds
   * surely is the built-in. Open: globals are cells of a context that other code shares.
   */
  readonly closed: boolean;
  /** Names that have a value unless the text unbinds them: the built-ins; in closed code also the API, callargs, mycontext ... */
  readonly builtins: ReadonlySet<string>;
  /** Of `builtins`, those that are functions or classes: closed code that doesn't bind them calls them without asking. */
  readonly functions?: ReadonlySet<string>;
}

export class Unit {
  readonly constants: Value[] = [];
  readonly codes: PyCode[] = [];
  readonly attributes: string[] = [];
  readonly globals: string[] = [];
  /** Built-in functions that are called by name. */
  readonly callees = new Set<string>();
  readonly helpers = new Set<string>(['T', 'tick', 'tb']);
  readonly factories: string[] = [];
  /** Calls with keyword arguments: the texts that make what each remembers. */
  readonly sites: string[] = [];
  /** Constants that are integral floats, which JavaScript has no literal for, and their numbers' texts. */
  readonly floats = new Map<string, string>();
  private readonly constantNames = new Map<string, string>();
  private readonly attributeNames = new Map<string, string>();
  private readonly globalNames = new Map<string, string>();
  private serial = 0;

  constructor(
    readonly options: UnitOptions,
    readonly symbols: Symbols,
  ) {}

  /** The name of a runtime function or object in the text. */
  use(helper: string): string {
    this.helpers.add(helper);
    return helper;
  }

  /** A constant that has no JavaScript literal; `key` tells equal ones of the same type. */
  constant(key: string, make: () => Value): string {
    let name = this.constantNames.get(key);
    if (name === undefined) {
      name = `k${this.constants.length}`;
      this.constants.push(make());
      this.constantNames.set(key, name);
    }
    return name;
  }

  /** The number that the text of a float constant stands for, if it is one of `floats`. */
  floatValue(text: string): string | undefined {
    return this.floats.get(text);
  }

  code(code: PyCode): string {
    this.codes.push(code);
    return `q${this.codes.length - 1}`;
  }

  /** The name of what one call with keyword arguments remembers. */
  site(positional: number, names: readonly string[]): string {
    this.sites.push(`new ${this.use('CallSite')}(${positional},${JSON.stringify(names)})`);
    return `s${this.sites.length - 1}`;
  }

  /** What the slow paths need to know of an attribute name. */
  attribute(name: string): string {
    let text = this.attributeNames.get(name);
    if (text === undefined) {
      text = `a${this.attributes.length}`;
      this.attributes.push(name);
      this.attributeNames.set(name, text);
    }
    return text;
  }

  /** The expression that a global is read from and assigned to. */
  global(name: string): string {
    let text = this.globalNames.get(name);
    if (text === undefined) {
      text = this.options.closed ? `g$${name}` : `g${this.globals.length}.v`;
      this.globals.push(name);
      this.globalNames.set(name, text);
    }
    return text;
  }

  number(): number {
    return this.serial++;
  }

  scopeOf(node: Parameters<Symbols['scopes']['get']>[0]): Scope {
    const scope = this.symbols.scopes.get(node);
    if (scope === undefined) throw new Error('a function or class was compiled that the symbol pass did not see');
    return scope;
  }
}
