/** What must hold of any text that is given to the JavaScript and TypeScript checker. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { checkProgram } from '../../child-runtime/javascript/check.js';
import { compileProgram } from '../../child-runtime/javascript/compile.js';
import { parseProgram } from '../../child-runtime/javascript/parse.js';
import { Refusal } from '../../child-runtime/javascript/refusal.js';
import { freeNames } from '../../child-runtime/javascript/scope.js';
import { globalsByV8 } from './javascript-globals.js';
import { scopedProgram } from './javascript-scopes.js';
import { javascriptText } from './javascript-text.js';

/** A verdict for any text, and what V8 compiles where the verdict is good. For the pinned engine: others refuse newer syntax. */
function getsVerdict(source: Uint8Array, language: 'javascript' | 'typescript', compiles: boolean): void {
  try {
    const checked = checkProgram({ source, language });
    if (compiles) compileProgram(checked, 'program');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (/another way/.test(error.message)) throw new Error('V8 reads the text in another way', { cause: error });
  }
}

const bytes = fc.oneof(
  javascriptText.map((text) => Buffer.from(text)),
  scopedProgram.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 60 }),
);
const languages = fc.constantFrom('javascript' as const, 'typescript' as const);

export const anyTextGetsVerdict = (compiles: boolean) =>
  fc.property(bytes, languages, (source, language) => getsVerdict(source, language, compiles));

const anyName = { has: () => true };

/** The names that the checker finds free, whatever they are; undefined where it refuses the syntax. */
function freeNamesOf(text: string): ReadonlySet<string> | undefined {
  try {
    return freeNames(parseProgram(text), anyName, () => 1);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/**
 * What V8 compiles to a read or write of a global, the checker must have found free: else a program could name what it must not.
 * Returns how many programs were compared. Throws with the first that differs.
 */
export async function findsFreeNames(seed: number, numRuns: number): Promise<number> {
  const programs = fc.sample(scopedProgram, { seed, numRuns }).flatMap((text) => {
    const found = freeNamesOf(text);
    return found === undefined ? [] : [{ text, found }];
  });
  const globals = await globalsByV8(programs.map(({ text }) => text));
  programs.forEach(({ text, found }, i) => {
    const missed = [...globals[i]!].filter((name) => !found.has(name));
    if (missed.length > 0) throw new Error(`the checker doesn't see that [${missed}] is free in:\n${text}`);
  });
  return programs.length;
}
