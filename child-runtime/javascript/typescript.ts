/**
 * TypeScript to JavaScript: types are cut out, lines stay where they are. Its output is checked like any program and nothing here is
 * relied on for safety. Imports are kept, whether used or not, so that the check refuses them.
 */
import { transform } from 'sucrase';
import { parse } from 'sucrase/dist/parser/index.js';
import { Refusal, syntaxError, tooDeep, unsafeConstruct } from './refusal.js';

/** Throws Refusal. */
export function stripTypes(text: string): string {
  try {
    refuseNamespaces(text);
    return transform(text, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true }).code;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof RangeError) throw tooDeep();
    const [, message, line] =
      /^(?:Error transforming .*?: )?(.*?) \((\d+):\d+\)$/s.exec((error as Error).message) ?? [];
    throw syntaxError(message ?? 'the types can not be understood', Number(line ?? 1));
  }
}

/** Sucrase cuts namespaces out as if they were types, with all code that is in them: a program would silently do less than it says. */
function refuseNamespaces(text: string): void {
  if (!/\b(?:namespace|module)\s/.test(text)) return;
  const tokens = parse(text, false, true, false).tokens.filter(({ isType }) => isType);
  const word = (index: number): string => text.slice(tokens[index]?.start, tokens[index]?.end ?? 0);
  for (let at = 0; at < tokens.length; at += 1) {
    if (word(at) !== 'namespace' && word(at) !== 'module') continue;
    const open = bodyOf(word, at);
    if (open === undefined) continue;
    if (word(at - 1) !== 'declare') {
      throw unsafeConstruct('namespace', text.slice(0, tokens[at]!.start).split('\n').length);
    }
    at = closeOf(word, open, tokens.length);
  }
}

/** Where the body opens of the declaration whose keyword is at `at`; undefined where the word is no keyword. */
function bodyOf(word: (index: number) => string, at: number): number | undefined {
  let name = at + 1;
  while (word(name + 1) === '.') name += 2;
  return /^[\p{ID_Start}$_'"]/u.test(word(name)) && word(name + 1) === '{' ? name + 1 : undefined;
}

function closeOf(word: (index: number) => string, open: number, end: number): number {
  let depth = 0;
  for (let at = open; at < end; at += 1) {
    if (word(at) === '{') depth += 1;
    if (word(at) === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return end;
}
