import type { Module } from '../ast.js';
import { normalizeSource } from '../source.js';
import { Parser } from './statements.js';

/**
 * Parses a program as `compiler.parse` of CPython 2.7 does (RepyV2's safety check): the grammar first, then what the transformer
 * refuses. `text` holds one byte a char. Takes time linear in its length. Throws `ProgramError`.
 */
export function parsePython(text: string): Module {
  return new Parser(normalizeSource(text)).module();
}
