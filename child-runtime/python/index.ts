/** Restricted Python guests: RepyV2's dialect of Python 2.7. */
import type { LanguageRuntime } from '../host.js';
import { compileNow } from '../warm/machine-code.js';
import { checkPython } from './check.js';
import { compileAhead } from './compiled-ahead.js';
import { hotFunctions } from './hot.js';
import { divideNatively } from './numbers/by-word.js';
import { runProgram } from './run.js';

export const pythonRuntime: LanguageRuntime = {
  // All else is ready once the modules are loaded; the sample programs warm it.
  prepare: divideNatively,
  compileAhead,
  compileHot: () => compileNow(hotFunctions),
  check: ({ source }) => checkPython(source),
  run: runProgram,
};
