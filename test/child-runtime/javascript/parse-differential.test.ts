import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';
import { enginePath } from '../../../supervisor/launch/engine.js';
import { closings, javascriptText } from '../../fuzz/javascript-text.js';
import { lacks } from '../support.js';

const fixture = fileURLToPath(new URL('../../../../test/fixtures/child-runtime/compile-programs.mjs', import.meta.url));

async function verdicts(texts: readonly string[]): Promise<Array<string | null>> {
  const { stdout } = await execa(enginePath(), [fixture], { input: JSON.stringify(texts), timeout: 300_000 });
  return JSON.parse(stdout) as Array<string | null>;
}

t.test('what the check lets pass, V8 reads as ending where its text ends', { skip: lacks }, async (t) => {
  const texts = fc.sample(javascriptText, { numRuns: 30_000, seed: 4 });
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
