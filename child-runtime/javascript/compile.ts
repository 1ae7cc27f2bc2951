/**
 * A checked program as a function. Its free names become the parameters of an async function around its text: so a global
 * costs what a local variable costs, and the text, which stands alone on its lines, keeps its line numbers. The function's
 * own name shows in stack frames as RepyV2 names the main module.
 */
import { compile } from '../compile-function.js';
import { guestScript } from '../harden/stack-frames.js';
import type { CheckedProgram } from './check-text.js';
import { Refusal, syntaxError, tooDeep } from './refusal.js';

export type Main = (...values: readonly unknown[]) => Promise<unknown>;

const { toString: sourceText } = Function.prototype;
const { apply } = Reflect;

/** V8's own verdict, for what acorn lets pass: a text that it doesn't compile is refused all the same. */
const engineRefusal = (error: unknown): Refusal =>
  error instanceof RangeError
    ? tooDeep()
    : syntaxError(error instanceof Error ? error.message : 'the engine can not compile it', 1);

/** Throws Refusal for a text that V8 doesn't read as the check did. */
export const compileProgram = (checked: CheckedProgram, program: string): Main => compileWithEnd(checked, program, '');

/** The same, with statements of ours after the program's. */
export function compileWithEnd({ text, names }: CheckedProgram, program: string, end: string): Main {
  const main = `async(${names.join()})=>{${text}\n${end}}`;
  let made: unknown;
  try {
    made = compile(`"use strict";return{"<module>":${main}}["<module>"]`, [], guestScript(program))();
  } catch (error) {
    throw engineRefusal(error);
  }
  // V8 must have seen the program end where its text ends, not at a brace that the check took for something else.
  if (typeof made !== 'function' || apply(sourceText, made, []) !== main) {
    throw new Refusal('Unsafe construct: the engine reads the program in another way than the check');
  }
  return made as Main;
}
