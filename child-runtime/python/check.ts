/** RepyV2's static safety check of a whole program: what `repyard check` runs, and every Python program before it starts. */
import type { CheckVerdict } from '../host.js';
import type { Module } from './ast.js';
import { parsePython } from './parser/parse.js';
import { unsafeReport } from './reports/unsafe.js';
import { checkSafety } from './safety/check.js';
import { bytesToText } from './source.js';
import { ProgramError } from './syntax-error.js';

/**
 * Parses and checks a program. `text` holds one byte a char. Throws `ProgramError` (see `reports/unsafe.ts` for its texts).
 * A program that passes may still fail `checkCompileStage`.
 */
export function parseSafely(text: string): Module {
  const module = parsePython(text);
  const fault = checkSafety(module);
  if (fault !== undefined) throw fault;
  return module;
}

/** The verdict with RepyV2's report. Takes time linear in the size of `source`. */
export function checkPython(source: Uint8Array): CheckVerdict {
  try {
    parseSafely(bytesToText(source));
    return { safe: true };
  } catch (error) {
    if (error instanceof ProgramError) return { safe: false, report: unsafeReport(error) };
    throw error;
  }
}
