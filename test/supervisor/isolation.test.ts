/** What a running guest looks like from outside: the kernel's own account of its lock. */
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { openYard } from '../support/yard.js';

t.test('a running guest has one thread, one descriptor, no right and an empty root', async (t) => {
  const yard = await openYard();
  t.teardown(() => yard.close());
  const guests = [await yard.start('await sleep(60);'), await yard.start('for (;;);')];
  await yard.running(guests);
  const uids = new Set<string>();
  for (const guest of guests) {
    const pid = guest.status().pid!;
    const status = Object.fromEntries(
      readFileSync(`/proc/${pid}/status`, 'utf8')
        .split('\n')
        .map((line) => line.split(':\t', 2) as [string, string]),
    );
    t.match(status, {
      Threads: '1',
      CapInh: '0000000000000000',
      CapPrm: '0000000000000000',
      CapEff: '0000000000000000',
      CapBnd: '0000000000000000',
      CapAmb: '0000000000000000',
      NoNewPrivs: '1',
      Seccomp: '2',
      Groups: /^\s*$/,
    });
    const [real, effective, saved, fileSystem] = status.Uid!.split('\t');
    t.same([effective, saved, fileSystem], [real, real, real], 'one uid in every role');
    t.ok(Number(real) >= 1_600_000_000, 'a uid of the yard');
    uids.add(real!);
    t.equal(status.Gid, status.Uid, 'and the gid of the same number');
    t.same(readdirSync(`/proc/${pid}/fd`), ['3'], 'its only descriptor');
    t.same(readdirSync(`/proc/${pid}/root`), [], 'its root is empty');
  }
  t.equal(uids.size, guests.length, 'no two guests share a uid');
});

t.test('200 guests idle side by side', async (t) => {
  const yard = await openYard();
  t.teardown(() => yard.close());
  const guests = await Promise.all(Array.from({ length: 200 }, () => yard.start('await sleep(60);')));
  await yard.running(guests);
  t.equal(new Set(guests.map((guest) => guest.status().pid)).size, 200);
  t.equal(yard.supervisor.list().length, 200);
});
