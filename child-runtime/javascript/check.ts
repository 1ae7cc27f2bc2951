/** The static check of both languages. Works alone in a plain process, and in a locked child before a program is run. */
import type { ProgramMessage } from '../../protocol/messages.js';
import type { CheckVerdict } from '../host.js';
import { type CheckedProgram, checkText, decodeSource, verdictOf } from './check-text.js';
import { stripTypes } from './typescript.js';

type Program = Pick<ProgramMessage, 'source' | 'language'>;

/** Throws Refusal with the report. */
export function checkProgram({ source, language }: Program): CheckedProgram {
  const written = decodeSource(source);
  return checkText(language === 'typescript' ? stripTypes(written) : written);
}

export const check = (program: Program): CheckVerdict => verdictOf(() => checkProgram(program));
