import { existsSync, readFileSync, statSync } from 'node:fs';
import t from 'tap';
import { ProgramDirectory } from '../../supervisor/broker/directory.js';
import { DiskAccount } from '../../supervisor/broker/disk-account.js';
import { openProcPlace } from '../../supervisor/platform/proc-place.js';
import { lack, plenty, stage } from './fake-child.js';

t.test('what is reserved counts at once and can be given back', async (t) => {
  const account = new DiskAccount(10_000, 0, 0);
  account.reserveEntry();
  account.reserve(5904);
  t.equal(account.used, 10_000, 'up to the limit');
  t.throws(() => account.reserve(1), {
    name: 'LimitFault',
    limit: { resource: 'diskused', allowed: 10_000, used: 10_001 },
  });
  t.throws(() => account.reserveEntry(), { name: 'LimitFault', limit: { used: 14_096 } });
  t.same([account.used, account.entries], [10_000, 1], 'a refusal takes nothing');
  account.reserve(0);
  account.releaseEntry(5904);
  t.same([account.used, account.entries], [0, 0]);
});

t.test('a limit below what is used stops growth only', async (t) => {
  const account = new DiskAccount(10_000, 9000, 1);
  account.allowed = 100;
  account.reserve(0);
  t.throws(() => account.reserve(1), { name: 'LimitFault' });
  account.release(8950);
  account.reserve(50);
  t.equal(account.used, 100);
});

t.test('existing files count: size and 4096 for each entry', { skip: lack }, async (t) => {
  const path = t.testdir({ a: 'x'.repeat(100), b: '', sub: { deep: 'x'.repeat(1000) } });
  const directory = await ProgramDirectory.open(path, 0, openProcPlace);
  t.equal(directory.disk.used, 3 * 4096 + 100 + statSync(`${path}/sub`).size);
  await directory.close();
});

t.test('the write that would pass diskused does not happen', { skip: lack }, async (t) => {
  const path = t.testdir({});
  const { child, directory, told, next, close } = await stage(path, { ...plenty, diskused: 4096 + 1000 });
  t.teardown(close);
  const file = await child.value('openfile', 'f', true);
  await child.value('file.writeat', file, 'a'.repeat(1000), 0);
  await child.value('file.writeat', file, 'b'.repeat(1000), 0);
  t.equal(directory.disk.used, 5096, 'overwriting takes nothing');
  const fault = next();
  void child.call('file.writeat', file, 'c'.repeat(200), 900);
  t.same(await fault, ['limit', { resource: 'diskused', allowed: 5096, used: 5196 }]);
  t.equal(readFileSync(`${path}/f`, 'utf8'), 'b'.repeat(1000));
  t.equal(told.length, 1);
});

t.test('nor the creation of a file', { skip: lack }, async (t) => {
  const path = t.testdir({});
  const { child, next, close } = await stage(path, { ...plenty, diskused: 5000 });
  t.teardown(close);
  await child.value('openfile', 'a', true);
  const fault = next();
  void child.call('openfile', 'b', true);
  t.same(await fault, ['limit', { resource: 'diskused', allowed: 5000, used: 8192 }]);
  t.notOk(existsSync(`${path}/b`));
});

t.test('requests that arrive together can not overdraw together', { skip: lack }, async (t) => {
  const path = t.testdir({});
  const { child, told, next, close } = await stage(path, { ...plenty, diskused: 4096 * 2 + 150_000 });
  t.teardown(close);
  const a = await child.value('openfile', 'a', true);
  const b = await child.value('openfile', 'b', true);
  const fault = next();
  // Both go to the thread pool, and each alone would fit.
  void child.call('file.writeat', a, 'x'.repeat(100_000), 0);
  void child.call('file.writeat', b, 'x'.repeat(100_000), 0);
  await fault;
  await close();
  t.match(told, [['limit', { resource: 'diskused' }]]);
  t.ok(statSync(`${path}/a`).size + statSync(`${path}/b`).size <= 150_000);
});

t.test('a directory that holds too much already ends the program at its start', { skip: lack }, async (t) => {
  const scene = await stage(t.testdir({ old: 'x'.repeat(500) }), { ...plenty, diskused: 4000 }, { silent: true });
  t.teardown(scene.close);
  scene.child.started();
  await scene.child.gone();
  t.match(scene.told, [['started'], ['limit', { resource: 'diskused', allowed: 4000, used: 4596 }]]);
});

t.test('a limit that is lowered below what is used ends the program', { skip: lack }, async (t) => {
  const { child, session, nanny, told, close } = await stage(t.testdir({ old: 'x'.repeat(500) }));
  t.teardown(close);
  session.change({ ...nanny.restrictions, limits: { ...plenty, diskused: 4596 } });
  await child.value('log', 'goes on');
  session.change({ ...nanny.restrictions, limits: { ...plenty, diskused: 4595 } });
  await child.gone();
  t.same(told, [['limit', { resource: 'diskused', allowed: 4595, used: 4596 }]]);
});

t.test('removing gives space back', { skip: lack }, async (t) => {
  const { child, directory, close } = await stage(t.testdir({ old: 'x'.repeat(500) }));
  t.teardown(close);
  t.equal(directory.disk.used, 4596);
  await child.value('removefile', 'old');
  t.equal(directory.disk.used, 0);
});
