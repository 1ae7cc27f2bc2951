import { readdirSync } from 'node:fs';
import t from 'tap';
import { until } from '../support/patience.js';
import { lacks, launch, launcherFor } from './support.js';

t.test('a child', { skip: lacks }, async (t) => {
  const launcher = launcherFor(t);

  await t.test('is locked while it runs', async (t) => {
    const guest = await launch(launcher);
    t.equal(await guest.ask('ping'), 'pong');
    t.equal(guest.status('Threads'), '1');
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
      t.equal(guest.status(set), '0'.repeat(16), set);
    t.equal(guest.status('NoNewPrivs'), '1');
    t.equal(guest.status('Seccomp'), '2');
    t.equal(guest.status('Uid'), Array(4).fill(guest.uid).join('\t'));
    t.equal(guest.status('Gid'), Array(4).fill(guest.uid).join('\t'));
    t.equal(guest.status('Groups')?.trim(), '');
    t.strictSame(readdirSync(`/proc/${guest.child.pid}/fd`), ['3']);
    t.strictSame(readdirSync(`/proc/${guest.child.pid}/root`), []);
    t.notMatch(guest.proc('maps'), /^\S+ ..s/m, 'no memory is shared with anybody');
    t.match(guest.proc('limits'), /Max core file size\s+0 /);
    t.match(guest.proc('limits'), /Max file size\s+0 /);
    t.match(guest.proc('limits'), /Max processes\s+1 /);
    t.match(guest.proc('limits'), /Max open files\s+4 /);
    t.equal(await guest.ask('ping'), 'pong');
    guest.child.signal('SIGKILL');
    t.match(await guest.child.ended, { exitCode: null, signal: 'SIGKILL', heapExhausted: false, zygoteDied: false });
  });

  await t.test('has what a runtime needs', async (t) => {
    const guest = await launch(launcher);
    t.equal(await guest.ask('prepared'), 1, 'the runtime was prepared once, before the fork');
    t.equal(await guest.ask('microtasks'), 'ab');
    t.equal(await guest.ask('compute', 3e6), 999718);
    t.equal(await guest.ask('garbage', 20_000), 1000);
    t.equal(await guest.ask('recurse'), 'RangeError');
    t.equal(await guest.ask('poll', 1), false);
    t.match(await guest.ask('outside'), /outside of the array/);
    const { locked, now } = (await guest.ask('times')) as { locked: number; now: number };
    t.ok(guest.child.requestedAt <= guest.child.forkedAt && guest.child.requestedAt <= locked * 1000 && locked < now);
    t.equal(await guest.ask('openFile'), 'ENOENT');
    t.equal(await guest.ask('exit', 7), undefined);
    const ending = await guest.child.ended;
    t.match(ending, { exitCode: 7, signal: null, heapExhausted: false });
    t.ok((ending.used?.cpuSeconds ?? 0) > 0 && (ending.used?.maxRssBytes ?? 0) > 1 << 20);
  });

  await t.test('ends by SIGSYS at a forbidden system call', async (t) => {
    const guest = await launch(launcher);
    t.equal(await guest.ask('forbidden'), undefined);
    t.match(await guest.child.ended, { signal: 'SIGSYS' });
  });

  await t.test('ends with heapExhausted when V8 gives up', async (t) => {
    const guest = await launch(launcher);
    t.equal(await guest.ask('fillHeap'), undefined);
    t.match(await guest.child.ended, { heapExhausted: true, signal: null });
  });

  await t.test('ends when the runtime throws, without a hang', async (t) => {
    const guest = await launch(launcher);
    t.equal(await guest.ask('fail'), undefined);
    t.match(await guest.child.ended, { exitCode: 121, heapExhausted: false });
  });

  await t.test('ends when the engine aborts, without a hang', async (t) => {
    const guest = await launch(launcher);
    t.equal(await guest.ask('abort'), undefined);
    t.match(await guest.child.ended, { exitCode: 121, heapExhausted: false });
  });

  await t.test('ends when its channel does', async (t) => {
    const guest = await launch(launcher);
    t.equal(await guest.ask('ping'), 'pong');
    guest.child.channel.destroy();
    t.match(await guest.child.ended, { exitCode: 120 });
  });

  await t.test('stops and continues', async (t) => {
    const guest = await launch(launcher);
    t.equal(await guest.ask('ping'), 'pong');
    guest.child.signal('SIGSTOP');
    const answer = guest.ask('ping');
    t.ok(await until(() => guest.status('State')?.startsWith('T') === true));
    guest.child.signal('SIGCONT');
    t.equal(await answer, 'pong');
    guest.child.signal('SIGKILL');
    await guest.child.ended;
    t.doesNotThrow(() => guest.child.signal('SIGKILL'), 'a signal to an ended child is lost');
  });
});
