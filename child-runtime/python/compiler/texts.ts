/** Texts that are put together from several parts at once: `str(i) + ":" + hex(i)`, `"%d:%x" % (i, i)` (see `text/assemble.ts`). */
import type { BinOp, Call, Expr } from '../ast.js';
import { LONGEST } from '../text/assemble.js';
import type { Body } from './body.js';
import { expression, joined, operands, stringLiteral } from './expressions.js';
import { builtinFunction } from './names.js';
import { areSmall, isStringLiteral } from './operands.js';
import { callMarker } from './unit.js';

/** One part of a text. */
export interface Part {
  /** Puts it at a position, an expression; gives the position behind it. */
  readonly put: (at: string) => string;
  /** Its text, put together in the usual way; the operands are read a second time for it. */
  readonly text: string;
}

export function literalPart(b: Body, literal: string): Part {
  const put =
    literal.length === 1
      ? (at: string) => `${b.unit.use('putChar')}(${at},${literal.charCodeAt(0)})`
      : (at: string) => `${b.unit.use('putText')}(${at},${stringLiteral(literal)})`;
  return { put, text: stringLiteral(literal) };
}

/** Below so many parts there is little to save: each `+` of short strs makes a flat one. */
const FEWEST = 3;
const MOST = 12;

/** Whether putting these together is worth it: their literals leave room for the rest. */
export const isWorthIt = (count: number, literalChars: number): boolean =>
  count >= FEWEST && count <= MOST && literalChars <= LONGEST - 4;

/** The text of all parts; `usual` is what makes it when it is too long, or a value isn't what was expected. */
export function together(b: Body, parts: readonly Part[], usual: string): string {
  const mark = b.mark();
  const result = b.temp();
  b.release(mark);
  const end = parts.reduce((at, part) => part.put(at), '0');
  return `(${result}=${b.unit.use('assembled')}(${end}))!==undefined?${result}:${usual}`;
}

/** A call of str() or hex() with one argument. */
function numeral(
  b: Body,
  e: Expr,
): { readonly call: Call; readonly callee: string; readonly isHex: boolean } | undefined {
  if (e.kind !== 'Call' || e.func.kind !== 'Name' || (e.func.id !== 'str' && e.func.id !== 'hex')) return undefined;
  if (e.args.length !== 1 || e.keywords.length > 0 || e.starargs !== undefined || e.kwargs !== undefined)
    return undefined;
  const callee = builtinFunction(b, e.func.id);
  return callee === undefined ? undefined : { call: e, callee, isHex: e.func.id === 'hex' };
}

const isLiteral = (e: Expr): boolean =>
  e.kind === 'Str' || (e.kind === 'BinOp' && e.op === 'Mod' && e.left.kind === 'Str');

/** The summands of `a + b + c`; undefined if they are too many. */
function summands(e: BinOp): Expr[] | undefined {
  const found: Expr[] = [];
  let rest: Expr = e;
  while (rest.kind === 'BinOp' && rest.op === 'Add') {
    if (found.push(rest.right) > MOST) return undefined;
    rest = rest.left;
  }
  found.push(rest);
  return found.reverse();
}

/**
 * A sum of texts, of which some are numbers' and all are surely strs, so that nobody sees in which order they are added. Numbers
 * become digits where they stand. Undefined for any other sum.
 */
export function sumOfTexts(b: Body, e: BinOp): string | undefined {
  if (e.op !== 'Add' || b.hasLoop(e)) return undefined;
  const all = summands(e);
  if (all === undefined) return undefined;
  const literalChars = all.reduce((sum, part) => sum + (part.kind === 'Str' ? part.value.length : 0), 0);
  if (!isWorthIt(all.length, literalChars)) return undefined;
  const numerals = all.map((part) => numeral(b, part));
  if (numerals.every((part) => part === undefined)) return undefined;
  if (!all.every((part, i) => numerals[i] !== undefined || isLiteral(part))) return undefined;
  const before: string[] = [];
  const mark = b.mark();
  const parts = all.map((part, i): Part => {
    const found = numerals[i];
    if (found !== undefined) return numeralPart(b, found, before);
    if (part.kind === 'Str') return literalPart(b, part.value);
    const temp = b.temp();
    before.push(`${temp}=${expression(b, part)}`);
    return { put: (at) => `${b.unit.use('putText')}(${at},${temp})`, text: temp };
  });
  const text = together(b, parts, parts.map((part) => part.text).join('+'));
  b.release(mark);
  return joined(before, text);
}

/** str() or hex(): a variable gets the number itself, if it is a small int, else the text. */
function numeralPart(
  b: Body,
  { call, callee, isHex }: NonNullable<ReturnType<typeof numeral>>,
  before: string[],
): Part {
  const temp = b.temp();
  const mark = b.mark();
  const [value] = operands(b, call.args, before) as [string];
  b.release(mark);
  if (call.lineno > b.line && b.line >= 0) {
    b.line = call.lineno;
    before.push(`L=${call.lineno}`);
  }
  const small = isStringLiteral(value) ? undefined : areSmall([value]);
  const text = callMarker(callee, value);
  if (small === undefined) before.push(`${temp}=${text}`);
  else before.push(`${temp}=${small}${isHex ? `&&${value}>=0` : ''}?${value}:${text}`);
  const put = b.unit.use(isHex ? 'putHexLiteral' : 'putValue');
  return { put: (at) => `${put}(${at},${temp})`, text: `${b.unit.use(isHex ? 'hexOf' : 'str')}(${temp})` };
}
