/**
 * The program's text as a syntax tree. V8 will read the same text as the body of a strict async function, acorn reads it as a
 * module: two goals that agree but for HTML-like comments, which are comments to one and operators to the other. A program
 * that uses them is refused, so that what was checked is what runs. The rest where they differ, acorn alone refuses: `await` as a
 * name, `return` and `new.target` at the top, import and export; and a later edition's syntax, which is V8's alone.
 */
import { type Node, type Options, Parser, type Token, tokTypes } from 'acorn';
import { keepShape } from '../warm/shapes.js';
import { syntaxError, tooDeep, unsafeConstruct } from './refusal.js';

const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;

/** Lines count from 1, as V8 counts them. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  lineEnd.lastIndex = 0;
  for (let end = lineEnd.exec(text); end !== null && end.index < offset; end = lineEnd.exec(text)) line += 1;
  return line;
}

/** Finds what a script would take for an HTML-like comment, token by token, since literals may hold the same characters. */
function htmlCommentWatch(text: string): (token: Token) => void {
  let previousEnd = 0;
  return (token) => {
    const { type, start, end } = token;
    if (type === tokTypes.relational && text.startsWith('<!--', start)) {
      throw unsafeConstruct('HTML comment', lineAt(text, start));
    }
    // `-->` is a comment only where a line begins, perhaps after white space and comments: `n --> 0` is fine.
    if (type === tokTypes.incDec && text.startsWith('-->', start)) {
      const between = text.slice(previousEnd, start);
      if (previousEnd === 0 || /[\n\r\u2028\u2029]/.test(between)) {
        throw unsafeConstruct('HTML comment', lineAt(text, start));
      }
    }
    previousEnd = end;
  };
}

/** acorn's parser, within reach while it works. */
class ProgramParser extends Parser {
  static override parse(text: string, options: Options): ReturnType<typeof Parser.parse> {
    return keepShape(keepShape(new ProgramParser(options, text)).parse());
  }
}

/** Throws Refusal. */
export function parseProgram(text: string): Node {
  const options: Options = {
    ecmaVersion: 2025,
    sourceType: 'module',
    allowHashBang: false,
    // Costs as much as a tenth of the parse, so only for the few texts that need it.
    ...(/<!--|-->/.test(text) && { onToken: htmlCommentWatch(text) }),
  };
  try {
    return ProgramParser.parse(text, options);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    if (error instanceof SyntaxError) {
      const { loc } = error as SyntaxError & { loc?: { line: number } };
      throw syntaxError(error.message.replace(/ \(\d+:\d+\)$/, ''), loc?.line ?? 1);
    }
    throw error;
  }
}
