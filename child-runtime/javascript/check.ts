/** The static check: which programs may run. Works alone in a plain process, and in a locked child before a program is run. */

import { readUtf8 } from '../../protocol/buffer-strings.js';
import type { ProgramMessage } from '../../protocol/messages.js';
import type { CheckVerdict } from '../host.js';
import { constants, permittedNames } from './names.js';
import { lineAt, parseProgram } from './parse.js';
import { Refusal, syntaxError, tooDeep } from './refusal.js';
import { freeNames } from './scope.js';
import { stripTypes } from './typescript.js';

/** A program that passed: JavaScript, and the names that it uses without declaring them and that need a binding, sorted. */
export interface CheckedProgram {
  readonly text: string;
  readonly names: readonly string[];
}

/** Throws Refusal with the report. */
export function checkProgram(program: Pick<ProgramMessage, 'source' | 'language'>): CheckedProgram {
  // Bytes that are no UTF-8 become U+FFFD, for the check and for V8 alike.
  const written = readUtf8(program.source, 0, program.source.length);
  const text = program.language === 'typescript' ? stripTypes(written) : written;
  const names = freeNames(parseProgram(text), permittedNames, (offset) => lineAt(text, offset));
  return { text, names: [...names].filter((name) => !constants.has(name)).sort() };
}

export function check(program: Pick<ProgramMessage, 'source' | 'language'>): CheckVerdict {
  try {
    checkProgram(program);
    return { safe: true };
  } catch (error) {
    if (error instanceof Refusal) return { safe: false, report: error.message };
    throw error;
  }
}

/** V8's own verdict, for what acorn lets pass: a text that it doesn't compile is refused all the same. */
export const engineRefusal = (error: unknown): Refusal =>
  error instanceof RangeError
    ? tooDeep()
    : syntaxError(error instanceof Error ? error.message : 'the engine can not compile it', 1);
