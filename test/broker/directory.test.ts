import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import t from 'tap';
import { bounds } from '../../protocol/bounds.js';
import { ProgramDirectory } from '../../supervisor/broker/directory.js';
import { openProcPlace } from '../../supervisor/platform/proc-place.js';
import { lack, stage } from './fake-child.js';

t.test('a planted symbolic link is never followed', { skip: lack }, async (t) => {
  const outside = t.testdir({ secret: 'secret', yard: {} });
  const path = `${outside}/yard`;
  symlinkSync('../secret', `${path}/link`);
  symlinkSync('../made', `${path}/dangling`);
  const { child, close } = await stage(path);
  t.teardown(close);
  for (const name of ['link', 'dangling']) {
    for (const create of [false, true]) {
      t.match(await child.error('openfile', name, create), /^FileNotFoundError: /, `${name} ${create}`);
    }
    t.match(await child.error('removefile', name), /^FileNotFoundError: /);
    t.ok(lstatSync(`${path}/${name}`).isSymbolicLink(), 'it is still there');
  }
  t.equal(readFileSync(`${outside}/secret`, 'utf8'), 'secret');
  t.notOk(existsSync(`${outside}/made`));
});

t.test('pipes, devices and sockets neither open nor hang', { skip: lack }, async (t) => {
  const path = t.testdir({});
  execFileSync('mkfifo', [`${path}/pipe`]);
  const names = ['pipe'];
  try {
    execFileSync('mknod', [`${path}/null`, 'c', '1', '3'], { stdio: 'ignore' });
    names.push('null');
  } catch {
    t.comment('no device: mknod is not allowed here');
  }
  const { child, close } = await stage(path);
  t.teardown(close);
  for (const name of names) {
    t.match(await child.error('openfile', name, false), /^FileNotFoundError: /);
    t.match(await child.error('openfile', name, true), /^FileNotFoundError: /);
    t.match(await child.error('removefile', name), /^FileNotFoundError: /);
  }
  t.strictSame(readdirSync(path).sort(), names.sort());
});

t.test('replacing the directory afterwards changes nothing', { skip: lack }, async (t) => {
  const root = t.testdir({ yard: { mine: 'mine' }, elsewhere: { mine: 'not mine' } });
  const { child, close } = await stage(`${root}/yard`);
  t.teardown(close);
  renameSync(`${root}/yard`, `${root}/moved`);
  symlinkSync('elsewhere', `${root}/yard`);
  const file = await child.value('openfile', 'mine', true);
  t.equal(await child.value('file.readat', file, null, 0), 'mine');
  await child.value('openfile', 'new', true);
  t.ok(existsSync(`${root}/moved/new`));
  t.notOk(existsSync(`${root}/elsewhere/new`));
});

t.test('listfiles names whatever is there, as bytes', { skip: lack }, async (t) => {
  const path = t.testdir({ a: '', sub: { inner: '' }, Big: '' });
  writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0xff, 0xe9])]), '');
  symlinkSync('nowhere', `${path}/link`);
  const { child, directory, close } = await stage(path);
  t.teardown(close);
  const names = (await child.value('listfiles')) as string[];
  t.strictSame(names.sort(), ['Big', 'a', 'link', 'sub', '\xff\xe9'].sort());
  t.equal(directory.disk.entries, 5);
});

t.test('what can not be a program directory', { skip: lack }, async (t) => {
  const path = t.testdir({ file: '', many: {} });
  await t.rejects(ProgramDirectory.open(`${path}/file`, 1e9, openProcPlace), { code: 'ENOTDIR' });
  await t.rejects(ProgramDirectory.open(`${path}/missing`, 1e9, openProcPlace), { code: 'ENOENT' });
});

t.test('no descriptor is left open', { skip: lack }, async (t) => {
  const inTestDirectory = (): string[] =>
    readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        const target = readlinkSync(`/proc/self/fd/${fd}`);
        return target.startsWith(path) ? [target] : [];
      } catch {
        return [];
      }
    });
  const path = t.testdir({ a: 'x', sub: {} });
  const { child, close } = await stage(path);
  await child.value('openfile', 'a', false);
  await child.value('openfile', 'b', true);
  await child.error('openfile', 'sub', true);
  await child.error('openfile', 'c', false);
  t.equal(inTestDirectory().length, 3, 'the directory and two files');
  await close();
  t.strictSame(inTestDirectory(), []);
});

t.test('a directory holds a bounded number of names', { skip: lack }, async (t) => {
  const path = t.testdir({});
  const { child, directory, close } = await stage(path);
  t.teardown(close);
  for (let i = 0; i < bounds.directoryEntries; i += 1) directory.disk.reserveEntry();
  t.match(await child.error('openfile', 'one.more', true), /^ResourceExhaustedError: /);
  t.strictSame(readdirSync(path), []);
  mkdirSync(`${path}/x`);
});
