/**
 * A checked program as a function. Its free names become the parameters of an async function around its text: so a global
 * costs what a local variable costs, and the text, which stands alone on its lines, keeps its line numbers. The function's
 * own name shows in stack frames as RepyV2 names the main module.
 */
import { compile } from '../compile-function.js';
import { guestScript } from '../harden/stack-frames.js';
import { type CheckedProgram, engineRefusal } from './check.js';
import { Refusal } from './refusal.js';

export type Main = (...values: readonly unknown[]) => Promise<unknown>;

const { toString: sourceText } = Function.prototype;
const { apply } = Reflect;

/** Throws Refusal for a text that V8 doesn't read as the check did. */
export function compileProgram({ text, names }: CheckedProgram, program: string): Main {
  const main = `async(${names.join()})=>{${text}\n}`;
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
