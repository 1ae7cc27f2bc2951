/** Platform differences live behind one interface: no other file asks which system it runs on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { hostPlatform } from '../../supervisor/platform/host.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const product = ['protocol', 'restrictions', 'seccomp', 'child-runtime', 'supervisor', 'bin'];
const its = 'supervisor/platform/';

/** Whatever a condition on the system would have to name. */
const conditions = /\bplatform\(\)|\.platform\b(?!\.)|\[\s*['"`]platform|['"`](?:win32|darwin|freebsd|Windows_NT)['"`]/;

function sources(): string[] {
  return product.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|js|mjs)$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
}

/** Lines that ask for the system; `this.platform` and `services.platform` are the interface itself. */
function conditionsIn(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => conditions.test(line.replaceAll(/\b(?:this|options|services)\.platform\b/g, '')));
}

t.test('no condition on the platform outside of the platform files', async (t) => {
  const files = sources();
  t.ok(files.length > 300, `${files.length} files`);
  const found = files
    .filter((name) => !name.startsWith(its))
    .flatMap((name) => conditionsIn(readFileSync(join(root, name), 'utf8')).map((line) => `${name}: ${line.trim()}`));
  t.same(found, []);
});

t.test('within them, one place chooses', async (t) => {
  const choosing = sources().filter(
    (name) => name.startsWith(its) && conditionsIn(readFileSync(join(root, name), 'utf8')).length > 0,
  );
  t.same(choosing, [`${its}host.ts`]);
});

t.test('the search finds conditions', async (t) => {
  const lines = [
    "if (process.platform === 'linux')",
    'os.platform()',
    "import { platform } from 'node:os'; platform()",
  ];
  t.same(
    conditionsIn([...lines, "process['platform']", 'const windows = "win32";', 'this.platform.kind'].join('\n')).length,
    5,
  );
});

t.test('Linux has the zygote alone', async (t) => {
  t.equal((await hostPlatform('linux')).kind, 'linux');
  t.equal((await hostPlatform('win32')).kind, 'windows');
  t.equal((await hostPlatform('darwin')).kind, 'other');
  const linux = readFileSync(join(root, `${its}linux.ts`), 'utf8');
  t.notMatch(linux, /spawn|portable|windows/, 'and nothing of the others');
});
