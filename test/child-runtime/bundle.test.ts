/** What the build puts together is the same to guests as the modules that it is made of, and is as new. */
import '../support/untapped.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { enginePath } from '../../supervisor/launch/engine.js';

const built = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const bundles = ['runtime', 'runtime-javascript', 'runtime-typescript'].map((name) => built(`bundled/${name}.cjs`));

t.test('a guest', { skip: process.platform === 'linux' ? false : 'needs Linux' }, async (t) => {
  const guest = built('../test/fixtures/child-runtime/walk.js');
  const output = join(t.testdir(), 'told');
  const world = async (runtime: string): Promise<string[]> => {
    await execa(enginePath(), [built('test/child-runtime/guest-world.js'), runtime, guest, output]);
    return readFileSync(output, 'utf8').split('\n');
  };
  const ofModules = await world(built('child-runtime/main.js'));
  t.match(JSON.parse(ofModules.at(-1) ?? ''), { reason: 'exited' });
  t.ok(ofModules.length > 2000, `${ofModules.length} things are reached`);
  t.ok(ofModules.includes('Error.name falsefalsefalseError'), 'names are among them');
  for (const bundle of bundles) {
    const different = (await world(bundle)).filter((line, index) => line !== ofModules[index]);
    t.same(different, [], bundle);
  }
});

t.test('runtimes are strict, as modules are', async (t) => {
  for (const bundle of [...bundles, built('bundled/zygote.cjs'), built('bundled/runtime-python.cjs')]) {
    t.match(readFileSync(bundle, 'utf8'), /^'use strict';/, bundle);
  }
});

t.test('they hold what every zygote has to do', async (t) => {
  for (const bundle of [...bundles, built('bundled/runtime-python.cjs')]) {
    const text = readFileSync(bundle, 'utf8');
    for (const done of [/\blockDown\(\);/, /\bscrubGlobals\(\);/]) t.match(text, done, bundle);
  }
});
