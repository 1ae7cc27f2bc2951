/**
 * CPython 2.7's tokenizer (Parser/tokenizer.c) over a whole program, one token at a time, so that an earlier syntax error wins over a
 * later broken token as it does there. The current token lies in the fields of the object: no token objects are made.
 */
import { bounds } from './bounds.js';
import { ProgramError, syntaxError } from './syntax-error.js';

export const END = 0;
export const NEWLINE = 1;
export const INDENT = 2;
export const DEDENT = 3;
export const NAME = 4;
export const NUMBER = 5;
export const STRING = 6;
/** Operators, delimiters, keywords; `text` says which. A char that starts no token is one too: no rule accepts it. */
export const OP = 7;

const keywords = new Map(
  (
    'and as assert break class continue def del elif else except exec finally for from global if import in is lambda not or pass ' +
    'print raise return try while with yield'
  )
    .split(' ')
    .map((word) => [word, word]),
);

/** Operators by first char, longest first. A char that is not here stands for itself. */
const operators: string[][] = [];
for (const op of (
  '<<= >>= **= //= == != <> <= << >= >> += -= ** *= // /= |= %= &= ^= ' +
  '( ) [ ] { } : , ; . ` = + - * / | & < > % ^ ~ @'
).split(' ')) {
  operators[op.charCodeAt(0)] = [...(operators[op.charCodeAt(0)] ?? []), op];
}

const ALPHA = 1;
const DIGIT = 2;
const BLANK = 4;
const HEX = 8;
const charClass = new Uint8Array(256);
for (let code = 0; code < 256; code += 1) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(char)) charClass[code]! |= ALPHA;
  if (/[0-9]/.test(char)) charClass[code]! |= DIGIT;
  if (/[0-9A-Fa-f]/.test(char)) charClass[code]! |= HEX;
  if (/[ \t\f]/.test(char)) charClass[code]! |= BLANK;
}

/** Comments that set the width of a tab (CPython honours them); looked for in the first 79 chars of a comment. */
const tabForms = ['tab-width:', ':tabstop=', ':ts=', 'set tabsize='];

const LF = 10;
const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKSLASH = 92;

export class Tokenizer {
  readonly source: string;
  /** One of the constants above. */
  kind = END;
  /** The token as written; for `OP` the canonical string. */
  text = '';
  /** Offsets of the token in `source`. */
  start = 0;
  end = 0;
  /** Offset behind the token before. */
  previousEnd = 0;
  /** Line that CPython gives to the token: the one where it ends (this matters for triple-quoted strings). */
  line = 0;
  /** Bytes before the token in its line, -1 for a token that began on an earlier line. */
  col = 0;

  /** Set behind `from __future__ import print_function`: the program is refused, but by its first fault. */
  protected printIsName = false;
  private lineStart = 0;
  private atLineStart = true;
  private nesting = 0;
  /** Dedents (negative) or indents (positive) still to hand out. */
  private pending = 0;
  private readonly indents = [0];
  private tabSize = 8;

  constructor(source: string) {
    this.source = source;
  }

  /** Moves to the next token. Throws `ProgramError` for a text that is none. */
  next(): void {
    this.previousEnd = this.end;
    if (this.pending !== 0) {
      this.givePending();
      return;
    }
    const { source } = this;
    let pos = this.end;
    for (;;) {
      let blankLine = false;
      if (this.atLineStart) {
        this.atLineStart = false;
        this.beginLine(pos);
        pos = this.indentation(pos);
        const code = source.charCodeAt(pos);
        blankLine = code === LF || code === 35;
        if (!blankLine && this.nesting <= 0 && this.pending !== 0) {
          this.end = pos;
          this.givePending();
          return;
        }
      }
      let code = source.charCodeAt(pos);
      while (code < 256 && (charClass[code]! & BLANK) !== 0) code = source.charCodeAt(++pos);
      if (code === 35) {
        pos = this.comment(pos);
        code = source.charCodeAt(pos);
      }
      if (code === LF) {
        this.atLineStart = true;
        if (blankLine || this.nesting > 0) {
          pos += 1;
          continue;
        }
        this.give(NEWLINE, pos, pos + 1);
        return;
      }
      if (code === BACKSLASH) {
        if (source.charCodeAt(pos + 1) !== LF) {
          throw syntaxError('unexpected character after line continuation character', this.line);
        }
        pos += 2;
        this.beginLine(pos);
        continue;
      }
      this.token(pos, code);
      return;
    }
  }

  /** A token that starts here. `code` is NaN at the end of the program. */
  private token(pos: number, code: number): void {
    const { source } = this;
    const kind = code < 256 ? charClass[code]! : 0;
    if ((kind & ALPHA) !== 0) {
      this.nameOrString(pos);
    } else if ((kind & DIGIT) !== 0) {
      this.give(NUMBER, pos, this.numberEnd(pos, code));
    } else if (code === QUOTE || code === DOUBLE_QUOTE) {
      this.string(pos, pos);
    } else if (code === 46 && isDigit(source.charCodeAt(pos + 1))) {
      this.give(NUMBER, pos, this.fractionEnd(pos));
    } else if (pos >= source.length) {
      this.endOfProgram(pos);
    } else {
      this.operator(pos, code);
    }
  }

  private give(kind: number, start: number, end: number): void {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.col = start >= this.lineStart ? start - this.lineStart : -1;
    this.text = kind === NEWLINE ? '\n' : this.source.slice(start, end);
  }

  private beginLine(pos: number): void {
    if (pos < this.source.length) {
      this.line += 1;
      this.lineStart = pos;
    }
  }

  /** Measures the white space that a line starts with and notes the indents or dedents it means. */
  private indentation(from: number): number {
    let pos = from;
    let width = 0;
    let code = this.source.charCodeAt(pos);
    for (; ; code = this.source.charCodeAt(++pos)) {
      if (code === 32) width += 1;
      else if (code === 9) width = (Math.floor(width / this.tabSize) + 1) * this.tabSize;
      else if (code === 12) width = 0;
      else break;
    }
    if (code === LF || code === 35 || this.nesting > 0) return pos;
    const { indents } = this;
    if (width > indents.at(-1)!) {
      if (indents.length >= bounds.indentation) {
        throw new ProgramError('IndentationError', 'too many levels of indentation', this.line);
      }
      indents.push(width);
      this.pending = 1;
    } else {
      while (width < indents.at(-1)!) {
        indents.pop();
        this.pending -= 1;
      }
      if (width !== indents.at(-1)!) {
        throw new ProgramError('IndentationError', 'unindent does not match any outer indentation level', this.line);
      }
    }
    return pos;
  }

  private givePending(): void {
    const kind = this.pending > 0 ? INDENT : DEDENT;
    this.pending += kind === INDENT ? -1 : 1;
    this.give(kind, this.end, this.end);
  }

  private comment(from: number): number {
    const stop = this.source.indexOf('\n', from);
    const end = stop < 0 ? this.source.length : stop;
    const head = this.source.slice(from, Math.min(end, from + 79));
    if (head.includes('t')) {
      for (const form of tabForms) {
        const at = head.indexOf(form);
        if (at < 0) continue;
        const size = Number.parseInt(/^\s*[+-]?\d+/.exec(head.slice(at + form.length))?.[0] ?? '0', 10);
        if (size >= 1 && size <= 40) this.tabSize = size;
      }
    }
    return end;
  }

  /** At the end of the program an unfinished line is ended and every open block is closed. */
  private endOfProgram(pos: number): void {
    if (this.kind !== NEWLINE && this.kind !== DEDENT && this.kind !== END) {
      this.give(NEWLINE, pos, pos);
      this.pending = 1 - this.indents.length;
      this.indents.length = 1;
      return;
    }
    this.give(END, pos, pos);
  }

  private operator(pos: number, code: number): void {
    const { source } = this;
    this.give(OP, pos, pos + 1);
    for (const op of operators[code] ?? []) {
      if (op.length === 1 || source.startsWith(op, pos)) {
        this.text = op;
        this.end = pos + op.length;
        break;
      }
    }
    if (code === 40 || code === 91 || code === 123) this.nesting += 1;
    else if (code === 41 || code === 93 || code === 125) this.nesting -= 1;
  }

  private nameOrString(start: number): void {
    const { source } = this;
    let pos = start;
    let code = source.charCodeAt(pos);
    // The prefixes b, r, u, br, ur of a literal in either case.
    const first = code | 32;
    if (first === 98 || first === 114 || first === 117) {
      let at = pos + 1;
      if (first !== 114 && (source.charCodeAt(at) | 32) === 114) at += 1;
      const quote = source.charCodeAt(at);
      if (quote === QUOTE || quote === DOUBLE_QUOTE) {
        this.string(start, at);
        return;
      }
    }
    do code = source.charCodeAt(++pos);
    while (code < 256 && (charClass[code]! & (ALPHA | DIGIT)) !== 0);
    this.give(NAME, start, pos);
    const keyword = keywords.get(this.text);
    if (keyword !== undefined && !(this.printIsName && keyword === 'print')) {
      this.kind = OP;
      this.text = keyword;
    }
  }

  /** A string literal whose prefix starts at `start` and whose quote is at `open`. */
  private string(start: number, open: number): void {
    const { source } = this;
    const quote = source.charCodeAt(open);
    const triple = source.charCodeAt(open + 1) === quote && source.charCodeAt(open + 2) === quote;
    let pos = open + (triple ? 3 : 1);
    let run = 0;
    for (;;) {
      const code = source.charCodeAt(pos);
      if (pos >= source.length) {
        throw syntaxError(
          triple ? 'EOF while scanning triple-quoted string literal' : 'EOL while scanning string literal',
          this.line,
        );
      }
      pos += 1;
      if (code === quote) {
        run += 1;
        if (!triple || run === 3) break;
        continue;
      }
      run = 0;
      if (code === LF) {
        if (!triple) throw syntaxError('EOL while scanning string literal', this.line);
        this.beginLine(pos);
      } else if (code === BACKSLASH) {
        if (pos >= source.length) throw syntaxError('EOL while scanning string literal', this.line);
        if (source.charCodeAt(pos) === LF) this.beginLine(pos + 1);
        pos += 1;
      }
    }
    this.give(STRING, start, pos);
  }

  private numberEnd(start: number, first: number): number {
    const { source } = this;
    let pos = start + 1;
    let code = source.charCodeAt(pos);
    if (first !== 48) {
      while (isDigit(code)) code = source.charCodeAt(++pos);
      return isOneOf(code, 108) ? pos + 1 : this.fractionEnd(pos);
    }
    if (isOneOf(code, 120)) {
      pos = this.digitsEnd(pos + 1, (digit) => digit < 256 && (charClass[digit]! & HEX) !== 0);
    } else if (isOneOf(code, 111)) {
      pos = this.digitsEnd(pos + 1, (digit) => digit >= 48 && digit < 56);
    } else if (isOneOf(code, 98)) {
      pos = this.digitsEnd(pos + 1, (digit) => digit === 48 || digit === 49);
    } else {
      let decimal = false;
      for (; isDigit(code); code = source.charCodeAt(++pos)) decimal ||= code >= 56;
      if (code === 46 || isOneOf(code, 101) || isOneOf(code, 106)) return this.fractionEnd(pos);
      if (decimal) throw syntaxError('invalid token', this.line);
    }
    return isOneOf(source.charCodeAt(pos), 108) ? pos + 1 : pos;
  }

  private digitsEnd(from: number, accepts: (code: number) => boolean): number {
    let pos = from;
    while (accepts(this.source.charCodeAt(pos))) pos += 1;
    if (pos === from) throw syntaxError('invalid token', this.line);
    return pos;
  }

  /** What may follow the digits of a decimal number: a fraction, an exponent, `j`. An `e` without digits is no part of it. */
  private fractionEnd(from: number): number {
    const { source } = this;
    let pos = from;
    if (source.charCodeAt(pos) === 46) {
      do pos += 1;
      while (isDigit(source.charCodeAt(pos)));
    }
    if (isOneOf(source.charCodeAt(pos), 101)) {
      let at = pos + 1;
      const sign = source.charCodeAt(at);
      if (sign === 43 || sign === 45) {
        at += 1;
        if (!isDigit(source.charCodeAt(at))) throw syntaxError('invalid token', this.line);
      } else if (!isDigit(sign)) {
        return pos;
      }
      while (isDigit(source.charCodeAt(at))) at += 1;
      pos = at;
    }
    return isOneOf(source.charCodeAt(pos), 106) ? pos + 1 : pos;
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Whether the char is the letter with this lower-case code, in either case. */
const isOneOf = (code: number, lower: number): boolean => code === lower || code === lower - 32;
