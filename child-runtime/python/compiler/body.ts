/** The text of one function (or of a module's top level) while it grows. */
import type { Expr } from '../ast.js';
import { codeScope, type Scope } from './symbols.js';
import type { Unit } from './unit.js';

export interface Loop {
  readonly label: number;
  /** The label that `break` leaves: beyond the `else` part. */
  readonly outer: number;
}

/** The exception is put into the variable, then control leaves the labelled block. Throwing costs V8 far more than leaving. */
export interface Raising {
  readonly label: string;
  readonly variable: string;
  /** It leads to the end of the function. */
  readonly isFunction: boolean;
  used: boolean;
}

export class Body {
  private readonly chunks: string[] = [];
  private temps = 0;
  private mostTemps = 0;
  /** Variables of the function that are declared at its top. */
  readonly variables = new Set<string>();
  /** Locals that certainly have a value here, so that reading them needs no check. */
  assigned = new Set<string>();
  /** The line that the line variable holds for certain; -1 when unknown. */
  line = -1;
  /** The last line of the statement that was compiled so far: CPython's line numbers only grow within a statement. */
  reached = -1;
  /** Where `raise` goes without a throw: into the handlers of this function, or to its end. Undefined: it has to throw. */
  raising: Raising | undefined;
  /** The call or subscript that is a whole statement inside of a `try`: it may return its exception. */
  tried: Expr | undefined;
  /** Whether the text of `tried` does so: never, in plain code only, or always. */
  passes: 'never' | 'plain' | 'always' = 'never';
  /** What `floats.ts` has found out of operators: whether they probably work on floats, and how many belong together. */
  readonly guesses = new Map<Expr, boolean>();
  readonly weights = new Map<Expr, number>();
  /** Innermost last. */
  readonly loops: Loop[] = [];
  /** Class bodies that are being compiled into this function, innermost last, with the prefix of their variables. */
  readonly classes: { readonly scope: Scope; readonly prefix: string }[] = [];

  constructor(
    readonly unit: Unit,
    /** A function's or the module's scope. */
    readonly scope: Scope,
    /** The name in the text of the PyCode of the frame that runs: the function's, or a class body's within it. */
    public codeName: string,
  ) {}

  /** The scope whose names are being compiled. */
  get current(): Scope {
    return this.classes.at(-1)?.scope ?? this.scope;
  }

  emit(text: string): void {
    this.chunks.push(text);
  }

  text(): string {
    return this.chunks.join('');
  }

  /** A variable that no guest name can meet; free again after `release` of an earlier mark, at the latest after the statement. */
  temp(): string {
    this.temps++;
    if (this.temps > this.mostTemps) this.mostTemps = this.temps;
    return `t${this.temps}`;
  }

  /** Temporaries that may keep an object alive which the program has lost already; to be cleared after the statement. */
  readonly stale = new Set<string>();

  /** Temporaries that nothing needs now, but which still hold what earlier statements worked on. */
  freeTemps(): string[] {
    const names: string[] = [];
    for (let i = this.temps + 1; i <= this.mostTemps; i++) names.push(`t${i}`);
    return names;
  }

  mark(): number {
    return this.temps;
  }

  release(mark: number): void {
    this.temps = mark;
  }

  declarations(): string {
    const names = [...this.variables];
    for (let i = 1; i <= this.mostTemps; i++) names.push(`t${i}`);
    return names.length === 0 ? '' : `let ${names.join(',')};`;
  }

  /** Says which line is running, if the line variable may say otherwise. */
  at(line: number): void {
    this.reached = line;
    if (line === this.line) return;
    this.line = line;
    this.emit(`L=${line};`);
  }

  /** What is known holds no longer: another path joins here. */
  forgetLine(): void {
    this.line = -1;
  }

  hasLoop(e: Expr): boolean {
    return this.unit.symbols.withLoops.has(e);
  }

  isModule(): boolean {
    return codeScope(this.scope).kind === 'module';
  }
}
