/** A program's directory without `/proc/self/fd`. */
import { closeSync, linkSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { ntfsRefusal } from '../../supervisor/broker/ntfs-names.js';
import type { NoFile, OpenedFile } from '../../supervisor/broker/place.js';
import { openPathPlace } from '../../supervisor/platform/path-place.js';

const closed = (opened: OpenedFile | NoFile): number | NoFile => {
  if (typeof opened === 'string') return opened;
  closeSync(opened.fd);
  return opened.size;
};

t.test('regular files open, with their size; nothing else does', async (t) => {
  const path = t.testdir({ a: 'four', sub: {}, secret: 'secret' });
  symlinkSync('secret', `${path}/link`);
  symlinkSync('nowhere', `${path}/dangling`);
  const place = await openPathPlace(path, ntfsRefusal);
  for (const [name, result] of [
    ['a', 4],
    ['sub', 'not a file'],
    ['link', 'not a file'],
    ['dangling', 'not a file'],
    ['none', 'missing'],
  ] as const) {
    t.equal(closed(place.open(name)), result, name);
    t.equal(closed(await place.openPooled(name)), result, `${name}, pooled`);
    t.equal(place.look(name), result);
    t.equal(await place.lookPooled(name), result);
  }
  await place.close();
});

t.test('nothing is made where something is, a dangling link included', async (t) => {
  const path = t.testdir({ a: 'four' });
  symlinkSync('made', `${path}/dangling`);
  const place = await openPathPlace(path, ntfsRefusal);
  for (const name of ['a', 'dangling']) {
    t.equal(closed(place.create(name)), 'not a file');
    t.equal(closed(await place.createPooled(name)), 'not a file');
  }
  t.equal(closed(place.create('new')), 0);
  t.equal(closed(await place.createPooled('newer')), 0);
  t.equal(place.look('made'), 'missing');
});

t.test('a link in the place of the file that was looked at is closed again unread', async (t) => {
  const path = t.testdir({ a: 'four', other: 'other' });
  const place = await openPathPlace(path, ntfsRefusal);
  // Between the look and the opening: another regular file under the name stands for whatever a link leads to.
  const swapped = Object.create(place, {
    seen: {
      value(name: string) {
        const stats = (place as unknown as { seen(name: string): unknown }).seen(name);
        renameSync(`${path}/other`, `${path}/a`);
        return stats;
      },
    },
  }) as typeof place;
  t.equal(closed(swapped.open('a')), 'not a file');
});

t.test('a name that leads to a file of another name is none', async (t) => {
  const path = t.testdir({ README: 'x' });
  const place = await openPathPlace(path, ntfsRefusal);
  t.equal(place.look('readme'), 'missing');
  linkSync(`${path}/README`, `${path}/readme`);
  t.equal(place.look('readme'), 1, 'a second name of its own is a name');
});

t.test('a directory that was replaced is used no more', async (t) => {
  const path = t.testdir({ yard: { a: 'four' }, other: { a: 'other' } });
  const place = await openPathPlace(`${path}/yard`, ntfsRefusal);
  renameSync(`${path}/yard`, `${path}/moved`);
  t.throws(() => place.open('a'), /was replaced/);
  renameSync(`${path}/other`, `${path}/yard`);
  t.throws(() => place.open('a'), /was replaced/);
  t.throws(() => place.create('b'), /was replaced/);
  await t.rejects(place.openPooled('a'), /was replaced/);
  await t.rejects(async () => place.createPooled('b'), /was replaced/);
  symlinkSync(`${path}/moved`, `${path}/again`);
  renameSync(`${path}/yard`, `${path}/other`);
  renameSync(`${path}/again`, `${path}/yard`);
  t.throws(() => place.open('a'), /was replaced/, 'nor by a link to itself');
});

t.test('opened through a link, it is where the link led', async (t) => {
  const path = t.testdir({ yard: { a: 'four' }, other: { a: 'other' } });
  symlinkSync('yard', `${path}/link`);
  const place = await openPathPlace(`${path}/link`, ntfsRefusal);
  t.equal(place.look('a'), 4);
  renameSync(`${path}/link`, `${path}/gone`);
  symlinkSync('other', `${path}/link`);
  t.equal(place.look('a'), 4);
});

t.test('what is no directory does not open', async (t) => {
  const path = t.testdir({ file: 'x' });
  await t.rejects(openPathPlace(`${path}/file`, ntfsRefusal), { code: 'ENOTDIR' });
  await t.rejects(openPathPlace(`${path}/missing`, ntfsRefusal), { code: 'ENOENT' });
});

t.test('many names, many files', async (t) => {
  const path = t.testdir({});
  const place = await openPathPlace(path, ntfsRefusal);
  mkdirSync(`${path}/d`);
  for (let n = 0; n < 50; n++) writeFileSync(place.at(`f${n}`), String(n));
  t.equal(readFileSync(place.at('f49'), 'utf8'), '49');
  t.ok(place.at('').endsWith('/'));
});
