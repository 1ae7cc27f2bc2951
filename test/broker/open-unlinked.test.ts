import { constants, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import fs from 'node:fs/promises';
import t, { type Test } from 'tap';

const { O_WRONLY, O_CREAT, O_TRUNC, O_APPEND } = constants;
type Module = typeof import('../../supervisor/broker/open-unlinked.js');

/** As on a system whose `open` has no flag that refuses links. */
async function withoutFlag(t: Test): Promise<Module> {
  return t.mockImport<Module>('../../supervisor/broker/open-unlinked.js', {
    'node:fs': { constants: { ...constants, O_NOFOLLOW: undefined, O_NONBLOCK: undefined } },
  });
}

for (const [system, load] of [
  ['with the flag', () => import('../../supervisor/broker/open-unlinked.js')],
  ['without it', withoutFlag],
] as const) {
  t.test(`links are refused, ${system}`, async (t) => {
    const { openUnlinked } = await load(t);
    const path = t.testdir({ target: 'text', file: 'text' });
    symlinkSync('target', `${path}/link`);
    symlinkSync('made', `${path}/dangling`);
    for (const name of ['link', 'dangling']) {
      await t.rejects(openUnlinked(`${path}/${name}`, O_WRONLY | O_CREAT | O_TRUNC, 0o644), { code: 'ELOOP' });
      t.ok(lstatSync(`${path}/${name}`).isSymbolicLink());
    }
    t.equal(readFileSync(`${path}/target`, 'utf8'), 'text');
    t.notOk(existsSync(`${path}/made`));
    for (const name of ['file', 'new']) {
      const file = await openUnlinked(`${path}/${name}`, O_WRONLY | O_CREAT | O_APPEND, 0o644);
      await file.appendFile('!');
      await file.close();
    }
    t.equal(readFileSync(`${path}/file`, 'utf8'), 'text!');
    t.equal(readFileSync(`${path}/new`, 'utf8'), '!');
  });
}

t.test('a file that is held is replaced when it is let go; other failures are told at once', async (t) => {
  let held = 2;
  let tries = 0;
  const rename: typeof fs.rename = async (from, to) => {
    tries += 1;
    held -= 1;
    if (held >= 0) throw Object.assign(new Error('held'), { code: 'EPERM' });
    return fs.rename(from, to);
  };
  const { replaceFile } = await t.mockImport<typeof import('../../supervisor/broker/replace-file.js')>(
    '../../supervisor/broker/replace-file.js',
    { 'node:fs/promises': { rename } },
  );
  const path = t.testdir({ a: 'a', b: 'b' });
  await replaceFile(`${path}/a`, `${path}/b`);
  t.equal(readFileSync(`${path}/b`, 'utf8'), 'a');
  tries = 0;
  await t.rejects(replaceFile(`${path}/none`, `${path}/b`), { code: 'ENOENT' });
  t.equal(tries, 1);
  held = 100;
  await t.rejects(replaceFile(`${path}/b`, `${path}/a`), { code: 'EPERM' });
});
