/** A program that Python 2.7 or RepyV2's safety check refuses. `lineno` is the program's own line, from 1. */
export class ProgramError extends Error {
  /** Name of the Python exception class, for example `SyntaxError` or `CheckNodeException`. */
  readonly type: string;
  /** The exception's message without its line. */
  readonly text: string;
  /** `undefined` where Python itself gives no line. */
  readonly lineno: number | undefined;

  constructor(type: string, text: string, lineno?: number) {
    super(lineno === undefined ? `${type}: ${text}` : `${type}: ${text} (line ${lineno})`);
    this.name = 'ProgramError';
    this.type = type;
    this.text = text;
    this.lineno = lineno;
  }
}

export const syntaxError = (text: string, lineno?: number): ProgramError =>
  new ProgramError('SyntaxError', text, lineno);
