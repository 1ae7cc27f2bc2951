/** The declarations that editors read: complete, and right in the eyes of a compiler. */
import '../../support/untapped.js';
import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { apiNames, conveniences, exceptionNames, programNames } from '../../../child-runtime/javascript/names.js';
import { apiCalls } from '../../../protocol/api.js';
import { guestDeclarations } from '../../../protocol/guest-declarations.js';
import { resources } from '../../../restrictions/resources.js';

const root = new URL('../../../../', import.meta.url);
const file = (path: string): string => fileURLToPath(new URL(path, root));

t.test('every name that a program has is declared, and every method', async (t) => {
  const text = guestDeclarations();
  const declared = new Set([...text.matchAll(/^declare (?:function|const|var|class) (\w+)/gm)].map(([, name]) => name));
  t.same([...declared].sort(), [...apiNames, ...exceptionNames, ...programNames, ...conveniences].sort());
  for (const call of apiCalls) {
    const [, method] = call.name.split('.');
    if (method !== undefined && !('only' in call)) t.match(text, new RegExp(`^  ${method}\\(`, 'm'), call.name);
  }
});

t.test('every resource is declared', (t) => {
  const [, declared = ''] = /^interface RepyLimits \{\n([^}]*)\}/m.exec(guestDeclarations()) ?? [];
  const names = [...declared.matchAll(/^ {2}readonly (\w+): (number(?:\[\])?);$/gm)].map(([, name, type]) => [
    name,
    type,
  ]);
  const wanted = resources.map(({ name, kind }) => [name, kind === 'port' ? 'number[]' : 'number']);
  t.same(names.sort(), wanted.sort());
  t.end();
});

t.test('the package has them', async (t) => {
  const manifest = JSON.parse(readFileSync(file('package.json'), 'utf8')) as {
    exports: Record<string, { types: string }>;
    files: string[];
  };
  const { types } = manifest.exports['./guest']!;
  t.equal(readFileSync(file(types), 'utf8'), guestDeclarations());
  t.ok(manifest.files.includes(types.slice(2)));
});

t.test('a program that names them compiles, and its mistakes are found', async (t) => {
  const directory = t.testdir({ node_modules: { repyard: t.fixture('symlink', file('.')) } });
  cpSync(file('test/fixtures/child-runtime/editor/guest.ts'), `${directory}/guest.ts`);
  const flags = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022', '--module', 'nodenext'];
  const { stdout, stderr, exitCode } = await execa(
    process.execPath,
    [file('node_modules/typescript/bin/tsc'), ...flags, '--moduleDetection', 'force', '--ignoreConfig', 'guest.ts'],
    { cwd: directory, reject: false },
  );
  t.match({ stdout, stderr, exitCode }, { stdout: '', stderr: '', exitCode: 0 });
});
