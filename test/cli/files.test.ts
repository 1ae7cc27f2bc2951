import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { languageOf } from '../../supervisor/cli/language.js';
import { pythonRepr } from '../../supervisor/cli/python-repr.js';
import { readBounded } from '../../supervisor/cli/read-file.js';
import { writeFileAtomically } from '../../supervisor/cli/write-file.js';
import { command } from './repyard.js';

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
