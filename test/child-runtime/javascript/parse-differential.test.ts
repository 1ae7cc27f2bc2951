import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';
import { enginePath } from '../../../supervisor/launch/engine.js';
import { lacks } from '../support.js';

const fixture = fileURLToPath(new URL('../../../../test/fixtures/child-runtime/compile-programs.mjs', import.meta.url));

async function verdicts(texts: readonly string[]): Promise<Array<string | null>> {
  const { stdout } = await execa(enginePath(), [fixture], { input: JSON.stringify(texts), timeout: 60_000 });
  return JSON.parse(stdout) as Array<string | null>;
}

/** Pieces that make tokens begin, end or mean something else, in one parser or the other. */
const pieces = [
  '<!--',
  '-->',
  '//',
  '/*',
  '*/',
  '\n',
  '\u2028',
  '\r',
  ' ',
  '\ufeff',
  '\u180e',
  '\u0085',
  '`',
  '${',
  '}',
  '{',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '/',
  '/=',
  '/x/',
  '/[/]/',
  '/[[]/v',
  '"',
  "'",
  '\\',
  '\\u0061',
  '\\u{62}',
  '0',
  '07',
  '1n',
  '.5',
  '?.',
  '??',
  '=>',
  '=',
  '...',
  '#x',
  '@',
  '!',
  '-',
  '--',
  '++',
  '<',
  '>',
  '*',
  '**',
  '&&=',
  '%',
  'a',
  'b',
  'log',
  'await',
  'async',
  'yield',
  'let',
  'const',
  'var',
  'using',
  'of',
  'in',
  'for',
  'if',
  'else',
  'do',
  'while',
  'function',
  'function*',
  'class',
  'extends',
  'static',
  'get',
  'set',
  'super',
  'new',
  'new.target',
  'import',
  'import.meta',
  'import(',
  'export',
  'return',
  'arguments',
  'eval',
  'this',
  'typeof',
  'delete',
  'void',
  'try',
  'catch',
  'finally',
  'switch',
  'case',
  'default',
  'throw',
  'break',
  'continue',
  'debugger',
  'with',
  'enum',
  'accessor',
  '"use strict"',
  'true',
  'null',
  ':',
  '?',
  '|>',
  '\\u2028',
  '\0',
  '\u{1d4d0}',
  '\u00aa',
  '\u2118',
];

/** Ways to close the function around the program, and to open another one at its end. */
const closings = [
  '}); log(1); (async () => {',
  '}, log(1), async () => {',
  '}; function g() {',
  '}}; log(1); ({ "<module>": async () => {',
  '`; }/*',
  '/*',
  '//',
  '<!-- }',
  'x\n--> }',
  '/}/; /{/',
  'a\n/}/g; b = {} /1/ +{}',
  '`\u0024{`}`}`',
  '"\\\n}"',
  '/[}]/',
  'for await (const x of []) {} }, async () => { {',
  ')=>{}, async(',
];

t.test('what the check lets pass, V8 reads as ending where its text ends', { skip: lacks }, async (t) => {
  const soup = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
  const tight = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
  const closed = fc.tuple(fc.constantFrom(...closings), tight).map((parts) => parts.join('\n'));
  const texts = fc.sample(fc.oneof(soup, tight, closed), { numRuns: 30_000, seed: 4 });
  const results = await verdicts([...closings, ...texts]);
  const all = [...closings, ...texts];
  const passed = results.filter((result) => result !== null);
  t.ok(passed.length > 500, `${passed.length} of ${all.length} pass the check`);
  results.forEach((result, at) => {
    if (result) t.notMatch(result, /another way/, escape(all[at]!));
  });
  const refusedByV8 = results.flatMap((result, at) => (result ? [`${escape(all[at]!)}: ${result}`] : []));
  t.same(refusedByV8, [], 'acorn accepts nothing that V8 refuses');
});
