/**
 * TypeScript to JavaScript: types are cut out, lines stay where they are. Its output is checked like any program and nothing here is
 * relied on for safety. Imports are kept, whether used or not, so that the check refuses them.
 */
import { transform } from 'sucrase';
import { syntaxError, tooDeep } from './refusal.js';

/** Throws Refusal. */
export function stripTypes(text: string): string {
  try {
    return transform(text, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true }).code;
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    const [, message, line] =
      /^(?:Error transforming .*?: )?(.*?) \((\d+):\d+\)$/s.exec((error as Error).message) ?? [];
    throw syntaxError(message ?? 'the types can not be understood', Number(line ?? 1));
  }
}
