import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { languageOf } from '../../supervisor/cli/language.js';
import { pythonRepr } from '../../supervisor/cli/python-repr.js';
import { readBounded } from '../../supervisor/cli/read-file.js';
import { assertReplaceable, writeFileAtomically } from '../../supervisor/cli/write-file.js';
import { command, limits, repyard } from './repyard.js';

t.test('no more than the bound and one byte is read, from whatever it is', async (t) => {
  const directory = t.testdir({ small: '12345' });
  t.equal((await readBounded(join(directory, 'small'), 10)).byteLength, 5);
  t.equal((await readBounded(join(directory, 'small'), 3)).byteLength, 4);
  t.equal((await readBounded('/dev/zero', 200_000)).byteLength, 200_001);
  await t.rejects(readBounded(directory, 10), { code: 'EISDIR' });
});

t.test('a file is written whole or not at all', async (t) => {
  const directory = t.testdir({ kept: 'old', taken: {} });
  await writeFileAtomically(join(directory, 'kept'), 'new');
  t.equal(readFileSync(join(directory, 'kept'), 'utf8'), 'new');
  await t.rejects(writeFileAtomically(join(directory, 'taken'), 'new'));
  t.same(readdirSync(directory).sort(), ['kept', 'taken'], 'nothing is left behind');
});

t.test('no device, pipe or descriptor gets a file in its place', { skip: process.platform !== 'linux' }, async (t) => {
  const directory = t.testdir({
    out: '',
    link: t.fixture('symlink', '/dev/null'),
    stdout: t.fixture('symlink', 'out'),
  });
  await execa('mkfifo', [join(directory, 'pipe')]);
  for (const path of [
    '/dev/null',
    '/dev/stdout',
    '/dev/fd/1',
    '/proc/self/fd/1',
    '/dev/repyard-test',
    '/sys/repyard-test',
  ]) {
    await t.rejects(assertReplaceable(path), path);
  }
  for (const name of ['pipe', 'link']) {
    await t.rejects(writeFileAtomically(join(directory, name), 'x'), /it takes the name of a file/, name);
  }
  for (const name of ['out', 'stdout', 'fresh']) await writeFileAtomically(join(directory, name), 'x');
  await assertReplaceable('/dev/shm/repyard-test');
  t.same(readdirSync(directory).sort(), ['fresh', 'link', 'out', 'pipe', 'stdout']);
  t.match(await repyard(directory, 'run', '--outcome', 'pipe', 'limits', 'p.js'), {
    code: 3,
    err: /pipe' is a device, a pipe/,
  });
  writeFileSync(join(directory, 'p.js'), '');
  writeFileSync(join(directory, 'limits'), limits);
  const programs = [{ name: 'p', program: 'p.js', restrictions: 'limits' }];
  writeFileSync(join(directory, 'yard.json'), JSON.stringify({ programs }));
  t.match(await repyard(directory, 'up', '--outcomes', 'missing/file', 'yard.json'), { code: 3, err: /missing/ });
});

t.test('languages by extension', async (t) => {
  t.same(['a.r2py', 'a.repy', 'a.js', 'b/c.mjs', 'a.ts', 'a.py', 'a', '.js', 'a.constructor'].map(languageOf), [
    'python',
    'python',
    'javascript',
    'javascript',
    'typescript',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

t.test("Python's repr of byte strings", async (t) => {
  t.equal(pythonRepr('a\\b\n\r\t\u0001é'), String.raw`'a\\b\n\r\t\x01\xc3\xa9'`);
  t.equal(pythonRepr(`it's "so"`), String.raw`'it\'s "so"'`);
});

t.test('without a build the command says what to do', async (t) => {
  const directory = t.testdir({ bin: { 'repyard.js': readFileSync(command) }, 'package.json': '{"type": "module"}' });
  t.notOk(existsSync(join(directory, 'dist')));
  const { exitCode, stderr } = await execa(process.execPath, [join(directory, 'bin/repyard.js')], { reject: false });
  t.equal(exitCode, 70);
  t.match(stderr, /make build/);
});
