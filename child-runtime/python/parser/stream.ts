/** What both halves of the parser share: the token stream, the bounds on nesting, and the errors of later stages. */
import { bounds } from '../bounds.js';
import { ProgramError, syntaxError } from '../syntax-error.js';
import { DEDENT, INDENT, NAME, OP, Tokenizer } from '../tokenizer.js';

/**
 * What one level of a construct costs on two stacks that bound nesting: `frames` of Python on the way from RepyV2's check through
 * the `compiler` package's transformer, and `states` on CPython's own LL(1) parser stack. Counted from their sources.
 */
export interface Nesting {
  readonly frames: number;
  readonly states: number;
}
export const nesting = {
  parenthesis: { frames: 31, states: 15 },
  display: { frames: 29, states: 15 },
  backquote: { frames: 30, states: 15 },
  trailer: { frames: 28, states: 16 },
  power: { frames: 3, states: 2 },
  lambda: { frames: 3, states: 2 },
  conditional: { frames: 2, states: 1 },
  not: { frames: 2, states: 1 },
  unary: { frames: 1, states: 1 },
  comprehensionClause: { frames: 0, states: 2 },
  parameter: { frames: 2, states: 2 },
  block: { frames: 8, states: 4 },
  tryBlock: { frames: 9, states: 4 },
} as const satisfies Record<string, Nesting>;

/** Of the innermost operand of an expression statement at the top level. */
const baseFrames = 48;
const baseStates = 20;

export class TokenStream extends Tokenizer {
  /**
   * The first error that only a later stage than the grammar would find: RepyV2 reports it if the whole text is grammatical.
   * `transform`: the `compiler` package's transformer, part of the safety check. `tree`: CPython's own tree builder.
   */
  protected transformError: ProgramError | undefined;
  protected treeError: ProgramError | undefined;
  private frames = baseFrames;
  private states = baseStates;

  /** A method, since TypeScript takes a field that was once compared for unchanged. */
  protected isKind(kind: number): boolean {
    return this.kind === kind;
  }

  protected isOp(text: string): boolean {
    return this.kind === OP && this.text === text;
  }

  /** Skips the operator or keyword if it is the current token. */
  protected accept(text: string): boolean {
    if (this.kind !== OP || this.text !== text) return false;
    this.next();
    return true;
  }

  protected expect(text: string): void {
    if (this.kind !== OP || this.text !== text) throw this.unexpected();
    this.next();
  }

  protected expectName(): string {
    if (this.kind !== NAME) throw this.unexpected();
    const { text } = this;
    this.next();
    return text;
  }

  /** The error for a token that no rule accepts here. */
  protected unexpected(): ProgramError {
    if (this.kind === INDENT) return new ProgramError('IndentationError', 'unexpected indent', this.line);
    if (this.kind === DEDENT) return new ProgramError('IndentationError', 'unexpected unindent', this.line);
    return syntaxError('invalid syntax', this.line);
  }

  /** `spare`: how many frames less than the base this place needs. */
  protected enter(level: Nesting, spare = 0): void {
    this.frames += level.frames;
    this.states += level.states;
    if (this.states > bounds.parserStack) throw new ProgramError('MemoryError', '');
    if (this.frames - spare > bounds.recursion) this.failTransform('RuntimeError', 'maximum recursion depth exceeded');
  }

  protected leave(level: Nesting): void {
    this.frames -= level.frames;
    this.states -= level.states;
  }

  protected failTransform(type: string, text: string): void {
    this.transformError ??= new ProgramError(type, text);
  }

  protected failTree(text: string, lineno: number): void {
    this.treeError ??= syntaxError(text, lineno);
  }
}
