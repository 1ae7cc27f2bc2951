import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { addonPath } from '../../seccomp/native/addon.js';
import { claimAbandoned, claimSlot, slotOfName, supervisorName, yardName } from '../../supervisor/limits/yard-slot.js';

const lack = !existsSync(addonPath) && 'the native addon is not built';

t.test('names', (t) => {
  t.equal(slotOfName(yardName(7)), 7);
  t.equal(slotOfName(supervisorName(1023)), 1023);
  for (const name of [
    'repyard-',
    'repyard-01',
    'repyard-1024',
    'repyard-x',
    'repyard-1-other',
    'xrepyard-1',
    'repyard-1/..',
  ]) {
    t.equal(slotOfName(name), undefined, name);
  }
  t.end();
});

t.test('slots', { skip: lack }, (t) => {
  t.test('each holder has its own number and uids; a released one is taken again', (t) => {
    const directory = join(t.testdir(), 'run');
    const first = claimSlot({ directory });
    const second = claimSlot({ directory });
    t.same([first.slot, second.slot], [0, 1]);
    t.same([first.uidBase, second.uidBase], [1_600_000_000, 1_600_016_384]);
    first.release();
    first.release();
    const again = claimSlot({ directory });
    t.equal(again.slot, 0);
    again.release();
    second.release();
    t.end();
  });

  t.test('what a holder recorded is inherited, until the record is emptied', (t) => {
    const directory = join(t.testdir(), 'run');
    const holder = claimSlot({ directory });
    t.same(holder.inherited, []);
    holder.record(['/cg/a/repyard-0', '/cg/b/repyard-0']);
    t.same([...claimAbandoned({ directory })], [], 'not while it is held');
    holder.release();
    const abandoned = claimAbandoned({ directory }).next().value!;
    t.same([abandoned.slot, ...abandoned.inherited], [0, '/cg/a/repyard-0', '/cg/b/repyard-0']);
    abandoned.record([]);
    abandoned.release();
    const last = claimSlot({ directory });
    t.same(last.inherited, []);
    last.release();
    t.end();
  });

  t.test('the lock of a killed supervisor is free', async (t) => {
    const directory = join(t.testdir(), 'run');
    const module = new URL('../../supervisor/limits/yard-slot.js', import.meta.url).href;
    const script = `import { claimSlot } from ${JSON.stringify(module)};
      console.log(claimSlot({ directory: ${JSON.stringify(directory)} }).slot); setInterval(() => {}, 1000);`;
    const holder = execa(process.execPath, ['--input-type=module', '--eval', script], { reject: false });
    const [said] = await once(holder.stdout, 'data');
    t.equal(`${said}`, '0\n');
    const meanwhile = claimSlot({ directory });
    t.equal(meanwhile.slot, 1);
    holder.kill('SIGKILL');
    await holder;
    const after = claimSlot({ directory });
    t.equal(after.slot, 0);
    after.release();
    meanwhile.release();
  });

  t.test('a directory that others can write to, or that is a link, is refused', (t) => {
    const base = t.testdir({ real: {} });
    const open = join(base, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    t.throws(() => claimSlot({ directory: open }), { code: 'UNAVAILABLE', message: /this user alone/ });
    const link = join(base, 'link');
    symlinkSync(join(base, 'real'), link);
    t.throws(() => claimSlot({ directory: link }), { code: 'UNAVAILABLE' });
    t.end();
  });

  t.test('files of other kinds in the directory do not matter', (t) => {
    const directory = t.testdir({ 'other.lock': '', notes: '' });
    writeFileSync(join(directory, 'repyard-99999.lock'), '');
    t.same([...claimAbandoned({ directory })], []);
    t.end();
  });
  t.end();
});
