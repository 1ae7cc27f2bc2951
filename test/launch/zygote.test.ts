import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { until } from '../support/patience.js';
import { fixture, type Guest, lacks, launch, launcherFor, smallMemory } from './support.js';

const parentOf = (guest: Guest): number => Number(guest.status('PPid'));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether the process is there and not a zombie. */
function runs(pid: number): boolean {
  if (!existsSync(`/proc/${pid}`)) return false;
  return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

t.test('a zygote', { skip: lacks }, async (t) => {
  await t.test('is shared by concurrent first launches', async (t) => {
    const launcher = launcherFor(t);
    const guests = await Promise.all(Array.from({ length: 8 }, () => launch(launcher)));
    t.same(new Set(guests.map(parentOf)).size, 1);
    t.same(await Promise.all(guests.map((guest) => guest.ask('ping'))), Array(8).fill('pong'));
  });

  await t.test('has one thread, few capabilities, no network and an empty root', async (t) => {
    const guest = await launch(launcherFor(t));
    const status = readFileSync(`/proc/${parentOf(guest)}/status`, 'utf8');
    t.match(status, /^Threads:\t1$/m);
    t.match(status, /^CapPrm:\t00000000000000e0$/m, 'CAP_SETUID, CAP_SETGID, CAP_KILL');
    t.match(status, /^CapBnd:\t0{16}$/m);
    const devices = readFileSync(`/proc/${parentOf(guest)}/net/dev`, 'utf8')
      .trim()
      .split('\n');
    t.equal(devices.length, 3, 'two lines of headings, and the loopback device, which is down');
    t.equal(readFileSync(`/proc/${parentOf(guest)}/environ`, 'utf8').includes('PATH='), false);
  });

  await t.test('of each memory class is another', async (t) => {
    const launcher = launcherFor(t);
    const [small, also, large] = [await launch(launcher), await launch(launcher), await launch(launcher, 200e6)];
    t.equal(parentOf(small), parentOf(also));
    t.not(parentOf(small), parentOf(large));
  });

  await t.test('that is killed takes its children with it, and each is told', async (t) => {
    const launcher = launcherFor(t);
    const guests = await Promise.all(Array.from({ length: 5 }, () => launch(launcher)));
    guests[0]?.child.signal('SIGSTOP');
    const pids = guests.map((guest) => guest.child.pid);
    process.kill(parentOf(guests[1] as Guest), 'SIGKILL');
    for (const { child } of guests) t.match(await child.ended, { zygoteDied: true, signal: 'SIGKILL' });
    t.notOk(pids.some(runs), 'none runs any more when its ending is told');
    t.equal(await (await launch(launcher)).ask('ping'), 'pong', 'the next launch gets a new zygote');
  });

  await t.test('that was killed unnoticed is replaced under a launch', async (t) => {
    const launcher = launcherFor(t);
    const zygote = parentOf(await launch(launcher));
    process.kill(zygote, 'SIGKILL');
    const guest = await launch(launcher);
    t.not(parentOf(guest), zygote);
  });

  await t.test('that is stuck is killed, and its children are told', async (t) => {
    const launcher = launcherFor(t, { replyTimeoutMs: 200 });
    let guest: Guest | undefined;
    // On a busy host one that isn't stuck may be late, too.
    const launched = async () => {
      guest = await launch(launcher).catch(() => undefined);
      return guest !== undefined;
    };
    t.ok(await until(launched));
    if (guest === undefined) return;
    process.kill(parentOf(guest), 'SIGSTOP');
    await t.rejects(launch(launcher), { code: 'ZYGOTE_SILENT' });
    t.match(await guest.child.ended, { zygoteDied: true });
  });

  await t.test('that was stopped for a while serves what was asked meanwhile', async (t) => {
    const launcher = launcherFor(t);
    const zygote = parentOf(await launch(launcher));
    process.kill(zygote, 'SIGSTOP');
    // More than its socket holds.
    const asked = Array.from({ length: 350 }, () => launch(launcher));
    await pause(50);
    process.kill(zygote, 'SIGCONT');
    const guests = await Promise.all(asked);
    t.same(new Set(guests.map(parentOf)), new Set([zygote]));
    t.equal(new Set(guests.map(({ child }) => child.pid)).size, 350);
  });

  await t.test('is replaced after some forks while its children live on', async (t) => {
    const launcher = launcherFor(t, { recycleAfterForks: 2 });
    const first = [await launch(launcher), await launch(launcher)] as const;
    const old = parentOf(first[0]);
    let later = await launch(launcher);
    // The old one forks until its successor is ready.
    const replaced = async () => {
      if (parentOf(later) !== old) return true;
      later.child.signal('SIGKILL');
      later = await launch(launcher);
      return false;
    };
    t.ok(await until(replaced));
    t.equal(await first[0].ask('ping'), 'pong');
    first[0].child.signal('SIGKILL');
    await first[0].child.ended;
    t.ok(runs(old), 'stays for its last child');
    first[1].child.signal('SIGKILL');
    t.match(await first[1].child.ended, { signal: 'SIGKILL', zygoteDied: false });
    t.ok(await until(() => !runs(old)), 'leaves after it');
  });

  await t.test('is replaced after some time', async (t) => {
    const launcher = launcherFor(t, { recycleAfterMinutes: 0 });
    const old = parentOf(await launch(launcher));
    let later = await launch(launcher);
    const replaced = async () => {
      if (parentOf(later) !== old) return true;
      later = await launch(launcher);
      return false;
    };
    t.ok(await until(replaced));
  });

  await t.test('ends with the launcher, and its children with it', async (t) => {
    const launcher = launcherFor(t);
    const guest = await launch(launcher);
    const zygote = parentOf(guest);
    await launcher.close();
    t.match(await guest.child.ended, { zygoteDied: true });
    t.notOk(runs(zygote) || runs(guest.child.pid));
    await t.rejects(launcher.warm(smallMemory), { code: 'LAUNCHER_CLOSED' });
  });
});

t.test('a zygote that can not start', { skip: lacks }, async (t) => {
  await t.test('is refused with what it printed', async (t) => {
    const launcher = launcherFor(t, { runtime: fixture('no-such-runtime.mjs') });
    await t.rejects(launcher.warm(smallMemory), { code: 'ZYGOTE_NOT_STARTED', detail: /no-such-runtime/ });
    await t.rejects(launch(launcher), { code: 'ZYGOTE_NOT_STARTED' });
  });

  await t.test('because its runtime leaves a thread that nothing can end', async (t) => {
    const launcher = launcherFor(t, { runtime: fixture('threaded-runtime.mjs') });
    await t.rejects(launcher.warm(smallMemory), { code: 'ZYGOTE_NOT_STARTED', detail: /can't be forked: 2 threads/ });
  });

  await t.test('in time is killed', async (t) => {
    const launcher = launcherFor(t, { runtime: fixture('endless-runtime.mjs'), startTimeoutMs: 300 });
    await t.rejects(launcher.warm(smallMemory), { code: 'ZYGOTE_NOT_STARTED', message: /not ready within 300 ms/ });
  });

  await t.test('for want of an engine', async (t) => {
    const launcher = launcherFor(t, { engine: '/no/such/engine' });
    await t.rejects(launcher.warm(smallMemory), { code: 'ZYGOTE_NOT_STARTED', message: /ENOENT/ });
  });

  await t.test('on another engine than the pinned one, without the shim or whatever else, never serves', async (t) => {
    const launcher = launcherFor(t, { engine: '/bin/true' });
    await t.rejects(launcher.warm(smallMemory), { code: 'ZYGOTE_NOT_STARTED' });
  });
});
