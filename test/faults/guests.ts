/** Programs that are somewhere for long enough to be met there. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { loadRestrictions } from '../../restrictions/load.js';
import type { ProgramSpec } from '../../supervisor/program-spec.js';
import { narrowRestrictions } from '../support/yard.js';

export const guests = {
  idle: 'await sleep(600);',
  busy: 'for (;;);',
  ends: `log('done');`,
  /** Half a megabyte of it: sending, checking and compiling take tens of milliseconds. It doesn't end by itself. */
  long: `const a = [];\n${'a.push(function () { return a.length; });\n'.repeat(12_000)}await sleep(600);`,
  files: `const files = await Promise.all([1, 2, 3].map((n) => openfile('f' + n, true)));
    for (;;) await Promise.all(files.map((file) => file.writeat('x'.repeat(100000), 0)));`,
} as const;

/** In a directory of its own below `root`. */
export const specOf = (root: string, source: string, restrictions = narrowRestrictions): ProgramSpec => ({
  name: 'guest.js',
  language: 'javascript',
  source: Buffer.from(source),
  args: [],
  restrictions: loadRestrictions(Buffer.from(restrictions)),
  directory: mkdtempSync(join(root, 'guest-')),
  log: { write: () => undefined, close: async () => undefined },
});
