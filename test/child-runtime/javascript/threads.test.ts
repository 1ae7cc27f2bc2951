import t from 'tap';
import { lacks, runGuest } from '../support.js';

t.test('locks: held by one, handed on in order, misused', { skip: lacks }, async (t) => {
  const { output, end } = await runGuest(`
    const lock = createlock();
    const seen = [];
    seen.push(await lock.acquire(true), await lock.acquire(false));
    const waiting = [1, 2, 3].map(async (n) => {
      await lock.acquire(true);
      seen.push(n);
      await sleep(0.01);
      lock.release();
    });
    lock.release();
    await Promise.all(waiting);
    for (const misuse of [
      () => lock.release(),
      () => lock.acquire(),
      () => lock.acquire(1),
      () => lock.acquire.call({}, true),
      () => createlock(1),
      () => lock.release.call(lock, 1),
    ]) {
      try { await misuse(); seen.push('nothing'); } catch (error) { seen.push(error.name + ': ' + error.message); }
    }
    seen.push(String(lock), Object.isFrozen(lock), typeof lock.constructor, Object.keys(lock).length);
    await log(JSON.stringify(seen));
  `);
  t.equal(end.reason, 'exited', end.report);
  t.same(JSON.parse(output), [
    true,
    false,
    1,
    2,
    3,
    'LockDoubleReleaseError: Releasing an un-locked lock!',
    "RepyArgumentError: Function 'acquire' takes 1 arguments, not 0 as you provided.",
    "RepyArgumentError: Invalid type <type 'number'>",
    "RepyArgumentError: Invalid type <type 'Object'>: lock.acquire is called on a lock",
    "RepyArgumentError: Function 'createlock' takes 0 arguments, not 1 as you provided.",
    "RepyArgumentError: Function 'release' takes 0 arguments, not 1 as you provided.",
    '[object RepyLock]',
    true,
    'function',
    0,
  ]);
});

t.test('threads go on by themselves, and keep the program alive', { skip: lacks }, async (t) => {
  const { output, end, seconds } = await runGuest(`
    createthread(async () => { await sleep(0.5); await log('later '); });
    createthread(() => log('soon '));
    await log('first ');
  `);
  t.equal(end.reason, 'exited', end.report);
  t.match(output, /^first\s+soon\s+later\s*$/);
  t.ok(seconds >= 0.5);
});

t.test('events are counted; the body counts until it is done', { skip: lacks }, async (t) => {
  const { output, end } = await runGuest(`
    let started = 0, refused = '';
    try { for (;;) { createthread(() => sleep(1)); started += 1; } } catch (error) { refused = error.name + ': ' + error.message; }
    await log(started, refused);
    await sleep(2);
    for (let i = 0; i < 9; i += 1) createthread(() => undefined);
  `);
  t.equal(end.reason, 'exited', end.report);
  t.equal(output, "9 ResourceExhaustedError: Resource 'events' limit exceeded!!");
});

t.test('a thread that fails ends the program with its own code', { skip: lacks }, async (t) => {
  const { output, end } = await runGuest(`
    createthread(async () => { await sleep(0.1); throw new Error('in a thread'); });
    await sleep(10);
    await log('never');
  `);
  t.equal(output, '');
  t.match(end, { reason: 'uncaught', exitCode: 30, report: /in a thread/ });
});

t.test('only functions can be threads', { skip: lacks }, async (t) => {
  const { output } = await runGuest(`
    const messages = [];
    for (const given of [[], [1], [null], ['x'], [{}], [undefined], [() => 1, 2]]) {
      try { createthread(...given); } catch (error) { messages.push(error.message); }
    }
    await log(JSON.stringify(messages));
  `);
  t.same(JSON.parse(output), [
    "Function 'createthread' takes 1 arguments, not 0 as you provided.",
    "Invalid type <type 'number'>",
    "Invalid type <type 'null'>",
    "Invalid type <type 'string'>",
    "Invalid type <type 'Object'>",
    "Invalid type <type 'undefined'>",
    "Function 'createthread' takes 1 arguments, not 2 as you provided.",
  ]);
});
