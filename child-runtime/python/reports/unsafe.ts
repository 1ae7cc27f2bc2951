/** RepyV2's texts about a program that does not get to run (safe_check.py, virtual_namespace.py, repy.py). */
import type { ProgramError } from '../syntax-error.js';
import { reprBytes } from './repr.js';

/** Chars of a refusal at most: a name in it may be as long as the program. */
const longest = 16_384;

/** What RepyV2's check process answers: the exception's type and text. */
export function failureText(error: ProgramError): string {
  if (error.type === 'CheckNodeException' || error.type === 'CheckStrException') {
    return `<class 'exception_hierarchy.${error.type}'> (${reprBytes(error.text)},)`;
  }
  return `<type 'exceptions.${error.type}'> ${error.text}${error.lineno === undefined ? '' : ` (line ${error.lineno})`}`;
}

/** The message of the CodeUnsafeError that createvirtualnamespace() raises. */
export function codeUnsafeMessage(error: ProgramError): string {
  const text = `Code failed safety check! Error: (${reprBytes(failureText(error))},)`;
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}

/** What RepyV2 prints on stdout when the program itself is unsafe; two lines without the last line end. */
export function unsafeReport(error: ProgramError): string {
  return `Specified repy program is unsafe!\nStatic-code analysis failed with error: ${codeUnsafeMessage(error)}`;
}

/** The lines that RepyV2 puts in front of every program, which `compile()` counts and RepyV2 does not take off. */
const headerLines = 2;

/** The message of the SyntaxError (or SystemError) that `compile()` raises for a program that passed the check. */
export function compileErrorMessage(error: ProgramError, programName: string): string {
  if (error.lineno === undefined) return error.text;
  const file = programName.slice(programName.lastIndexOf('/') + 1);
  return `${error.text} (${file}, line ${error.lineno + headerLines})`;
}
