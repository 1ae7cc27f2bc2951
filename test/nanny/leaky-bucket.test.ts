import t from 'tap';
import { Cancelled, LimitFault } from '../../supervisor/nanny/faults.js';
import { LeakyBucket } from '../../supervisor/nanny/leaky-bucket.js';
import { hostPulse } from '../../supervisor/nanny/pulse.js';
import { FakePulse } from './fake-pulse.js';

/** A bucket of 100 per second, and a log of who was let go when. */
function bench(limit = 100) {
  const pulse = new FakePulse();
  const bucket = new LeakyBucket('fileread', limit, pulse);
  const start = pulse.now();
  const done: [string, number][] = [];
  const charge = (name: string, amount: number): void => {
    const waited = bucket.charge(amount);
    const note = () => done.push([name, Math.round((pulse.now() - start) * 1e6) / 1e6]);
    if (waited === undefined) note();
    else waited.then(note, (error: Error) => done.push([`${name}: ${error.name}`, 0]));
  };
  return { pulse, bucket, done, charge };
}

t.test('a burst of one second is free', async (t) => {
  const { bucket, done, charge } = bench();
  charge('a', 60);
  charge('b', 40);
  t.same(done, [
    ['a', 0],
    ['b', 0],
  ]);
  t.equal(bucket.used, 100);
});

t.test('a charge that overshoots waits (used - limit) / limit seconds', async (t) => {
  const { pulse, bucket, done, charge } = bench();
  charge('a', 350);
  t.same(done, []);
  t.equal(bucket.used, 350, 'it is added at once');
  await pulse.advance(2.4);
  t.same(done, []);
  await pulse.advance(0.2);
  t.same(done, [['a', 2.5]]);
  t.equal(bucket.used, 100, 'drained to the limit when the wait ended, and no further');
  t.equal(bucket.total, 350);
});

t.test('use decays only when the next charge looks', async (t) => {
  const { pulse, bucket, charge } = bench(10_000);
  charge('a', 4096);
  await pulse.advance(0.1);
  t.equal(bucket.used, 4096);
  charge('nothing', 0);
  t.ok(Math.abs(bucket.used - 3096) < 1e-6);
  await pulse.advance(60);
  charge('b', 4096);
  t.equal(bucket.used, 4096, 'it never drains below nothing');
});

t.test('a charge of nothing waits when the bucket is too full, and no longer', async (t) => {
  const { pulse, done, charge } = bench();
  charge('big', 200);
  charge('nothing', 0);
  await pulse.advance(1);
  t.same(done, [
    ['big', 1],
    ['nothing', 1],
  ]);
});

t.test('whoever waits holds the bucket; later charges are added in their turn', async (t) => {
  const { pulse, bucket, done, charge } = bench();
  charge('first', 150);
  charge('second', 100);
  charge('third', 10);
  t.equal(bucket.used, 150, 'what queues is not added yet');
  t.equal(pulse.pending, 1, 'one timer for all who wait');
  await pulse.advance(0.5);
  t.equal(bucket.used, 200, 'second was added when first was let go');
  await pulse.advance(10);
  t.same(done, [
    ['first', 0.5],
    ['second', 1.5],
    ['third', 1.6],
  ]);
  t.equal(pulse.pending, 0);
});

t.test('over t seconds no more than limit x (t + 1) plus one call', async (t) => {
  const { pulse, bucket } = bench(1000);
  let calls = 0;
  let running = true;
  const guest = (async () => {
    while (running) {
      await bucket.charge(0);
      await bucket.charge(70);
      calls += 1;
    }
  })();
  for (let i = 0; i < 40; i += 1) await pulse.advance(0.1);
  running = false;
  await pulse.advance(1);
  await guest;
  // The loop ran one more call after the four seconds, when `running` was looked at.
  t.ok(calls * 70 <= 1000 * 5 + 2 * 70, `${calls} calls`);
  t.ok(calls * 70 >= 1000 * 5 - 70, `${calls} calls`);
});

t.test('a limit that is not positive never drains', async (t) => {
  for (const limit of [0, -1, Number.NaN]) {
    const { bucket } = bench(limit);
    for (const amount of [0, 1]) {
      t.throws(() => bucket.charge(amount), LimitFault);
    }
  }
  t.throws(() => bench().bucket.charge(-1), RangeError);
  t.throws(() => bench().bucket.charge(Number.NaN), RangeError);
});

t.test('an infinite limit never waits', async (t) => {
  const { pulse, bucket, done, charge } = bench(Number.POSITIVE_INFINITY);
  charge('a', 1e300);
  charge('b', 1);
  t.equal(done.length, 2);
  t.equal(bucket.used, 1);
  t.equal(pulse.asked, 0);
});

t.test('a new limit counts at once for those who wait', async (t) => {
  const { pulse, bucket, done, charge } = bench();
  charge('a', 1100);
  await pulse.advance(1);
  bucket.change(1000);
  t.equal(bucket.used, 1000, 'drained at the old rate until the change');
  await pulse.advance(0);
  t.same(done, [['a', 1]]);

  charge('b', 500);
  bucket.change(100);
  await pulse.advance(1);
  t.equal(done.length, 1, 'now it takes longer');
  await pulse.advance(13);
  t.same(done[1], ['b', 15]);

  charge('c', 500);
  bucket.change(0);
  await pulse.advance(0);
  t.same(done[2], ['c: LimitFault', 0]);
  t.equal(pulse.pending, 0);
});

t.test('dispose takes the timer back and rejects whoever waits', async (t) => {
  const { pulse, bucket, done, charge } = bench();
  charge('a', 500);
  charge('b', 1);
  bucket.dispose();
  await pulse.advance(0);
  t.same(done, [
    ['a: Cancelled', 0],
    ['b: Cancelled', 0],
  ]);
  t.equal(pulse.pending, 0);
  t.ok(new Cancelled() instanceof Error);
});

t.test('the host pulse wakes not before its time', async (t) => {
  const start = hostPulse.now();
  await new Promise<void>((resolve) => hostPulse.after(0.0203, resolve));
  t.ok(hostPulse.now() - start >= 0.0203);
  const takeBack = hostPulse.after(1e9, () => t.fail('woken'));
  takeBack();
});
