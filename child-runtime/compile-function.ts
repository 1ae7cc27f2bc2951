/** The one way by which guests' code becomes a function, whatever its language. */
import { compileFunction } from 'node:vm';

/**
 * Compiles `body` as a function body with these parameter names. V8 parses the body as such to its end, so no text can close the
 * function early. `script` is the name in stack frames (see `guestScript`). Works with code generation from strings disabled.
 * Throws SyntaxError, or RangeError for code that nests too deeply.
 */
export const compile = (
  body: string,
  parameters: readonly string[],
  script: string,
): ((...values: readonly unknown[]) => unknown) =>
  compileFunction(body, parameters as string[], { filename: script }) as (...values: readonly unknown[]) => unknown;
