/** Whole programs: the recorded ones, and every Repy program in the repository, pass the check. */
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { checkPython, parseSafely } from '../../child-runtime/python/check.js';
import { checkCompileStage } from '../../child-runtime/python/safety/compile-stage.js';
import { ProgramError } from '../../child-runtime/python/syntax-error.js';
import { fixture } from './support/fixtures.js';

t.test('recorded functions', async (t) => {
  const programs = (JSON.parse(fixture('ref.json')) as [string, string][]).map(([program]) => program);
  t.equal(programs.length, 404);
  const refused: string[] = [];
  for (const program of programs) {
    try {
      const fault = checkCompileStage(parseSafely(program));
      if (fault !== undefined) throw fault;
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      refused.push(error.text);
    }
  }
  // RepyV2 refuses conditional expressions; every other program runs there.
  t.strictSame(new Set(refused), new Set(refused.filter((text) => text.startsWith("Unsafe call 'IfExp'"))));
  t.ok(refused.length <= 2, `${refused.length} refused`);
});

/** Folders that may hold `.r2py` files. Hostile examples are meant to pass the check too, which judges words, not deeds; `forbidden-` ones are not. */
const folders = ['bench', 'examples'];

t.test('programs of the repository', async (t) => {
  const root = new URL('../../../', import.meta.url);
  for (const folder of folders) {
    for (const entry of readdirSync(new URL(`${folder}/`, root), { recursive: true }) as string[]) {
      if (!/\.(?:r2py|repy)$/.test(entry) || entry.includes('fixtures')) continue;
      const verdict = checkPython(readFileSync(new URL(`${folder}/${entry}`, root)));
      t.equal(verdict.safe, !entry.includes('forbidden-'), `${folder}/${entry}`);
    }
  }
});
