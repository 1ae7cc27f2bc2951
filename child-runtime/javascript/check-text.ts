/** The static check of JavaScript text: which programs may run. TypeScript is cut down to such text first (`check.ts`). */
import { readUtf8 } from '../../protocol/buffer-strings.js';
import type { CheckVerdict } from '../host.js';
import { constants, permittedNames } from './names.js';
import { lineAt, parseProgram } from './parse.js';
import { Refusal } from './refusal.js';
import { freeNames } from './scope.js';

/** A program that passed: JavaScript, and the names that it uses without declaring them and that need a binding, sorted. */
export interface CheckedProgram {
  readonly text: string;
  readonly names: readonly string[];
}

/** Bytes that are no UTF-8 become U+FFFD, for the check and for V8 alike. */
export const decodeSource = (source: Uint8Array): string => readUtf8(source, 0, source.length);

/** Throws Refusal with the report. */
export function checkText(text: string): CheckedProgram {
  const names = freeNames(parseProgram(text), permittedNames, (offset) => lineAt(text, offset));
  return { text, names: [...names].filter((name) => !constants.has(name)).sort() };
}

/** A verdict instead of a Refusal. */
export function verdictOf(check: () => CheckedProgram): CheckVerdict {
  try {
    check();
    return { safe: true };
  } catch (error) {
    if (error instanceof Refusal) return { safe: false, report: error.message };
    throw error;
  }
}
