import { readFileSync } from 'node:fs';
import t from 'tap';
import { type Guest, lacks, launch, launcherFor, smallMemory } from './support.js';

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const kib = (guest: Guest, file: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(guest.proc(file))?.[1]);

/** How often the kernel had no large page to give to a process that asked for one. */
function fallbacks(): number {
  return Number(/^thp_fault_fallback (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0);
}

/** Whether the kernel gives large pages to a process that asks for them; it may have none to give at the moment, too. */
function largePages(): boolean {
  try {
    return !readFileSync('/sys/kernel/mm/transparent_hugepage/enabled', 'utf8').includes('[never]');
  } catch {
    return false;
  }
}

t.test('the cost of a child', { skip: lacks }, async (t) => {
  const launcher = launcherFor(t);

  await t.test('in memory: 200 idle children take less than 1.5 MiB of PSS each', async (t) => {
    const guests = await Promise.all(Array.from({ length: 200 }, () => launch(launcher)));
    t.same(new Set(await Promise.all(guests.map((guest) => guest.ask('ping')))), new Set(['pong']));
    const pss = guests.map((guest) => kib(guest, 'smaps_rollup', 'Pss'));
    t.ok(Math.max(...pss) < 1536, `median ${median(pss)} KiB, most ${Math.max(...pss)} KiB`);
    // 232 KiB; three times as much where the heap's chunks are scattered.
    const tables = guests.map((guest) => kib(guest, 'status', 'VmPTE'));
    t.ok(Math.max(...tables) < 450, `page tables: median ${median(tables)} KiB, most ${Math.max(...tables)} KiB`);
    // A write in a child splits one, and none comes back.
    const large = guests.map((guest) => kib(guest, 'smaps_rollup', 'AnonHugePages'));
    const zygote = readFileSync(`/proc/${guests[0]?.status('PPid')}/smaps_rollup`, 'utf8');
    const inherited = Number(/^AnonHugePages:\s+(\d+) kB/m.exec(zygote)?.[1]);
    t.ok(Math.max(...large) <= inherited, `of ${inherited} KiB on large pages a child has ${median(large)}`);
    if (!largePages()) t.equal(inherited, 0);
    for (const guest of guests) guest.child.signal('SIGKILL');
    const endings = await Promise.all(guests.map((guest) => guest.child.ended));
    t.ok(
      endings.every((ending) => ending.signal === 'SIGKILL' && !ending.zygoteDied && ending.lockFailure === undefined),
    );
  });

  await t.test('a heap of much memory grows by large pages, one of little never', async (t) => {
    for (const [memory, grows] of [
      [smallMemory, false],
      [512e6, largePages()],
    ] as const) {
      const guest = await launch(launcher, memory);
      await guest.ask('ping');
      const before = kib(guest, 'smaps_rollup', 'AnonHugePages');
      const lacking = fallbacks();
      t.type(await guest.ask('churn', { live: memory / 8, rounds: 10 }), 'number');
      const after = kib(guest, 'smaps_rollup', 'AnonHugePages');
      // What is inherited shrinks by 2 MiB with the first write to a page of it.
      if (grows && after <= before && fallbacks() > lacking) t.comment('the host has no large page to give');
      else if (grows) t.ok(after > before, `${memory}: ${before} KiB, then ${after} KiB`);
      else t.ok(after <= before, `${memory}: ${before} KiB, then ${after} KiB`);
      guest.child.signal('SIGKILL');
      await guest.child.ended;
    }
  });
});
