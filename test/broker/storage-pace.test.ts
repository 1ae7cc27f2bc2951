import t from 'tap';
import { Device, deviceOf, StoragePace } from '../../supervisor/broker/storage-pace.js';

t.test('after two slow operations on a device all go to the pool for a second', async (t) => {
  let now = 0;
  const device = new Device(() => now);
  const [one, other] = [new StoragePace(device), new StoragePace(device)];
  const run = (pace: StoragePace, milliseconds = 0) =>
    pace.run(
      true,
      () => {
        now += milliseconds;
        return 'direct';
      },
      async () => 'pooled',
    );
  t.equal(run(one), 'direct');
  t.equal(run(one, 20), 'direct', 'a slow one');
  for (let quick = 0; quick < 20; quick += 1) t.equal(run(other), 'direct');
  t.equal(run(one, 20), 'direct', 'one much later counts as the first');
  t.equal(run(other), 'direct');
  t.equal(run(one, 20), 'direct', 'the second');
  t.equal(await run(one), 'pooled');
  t.equal(await run(other), 'pooled');
  now += 1001;
  t.equal(run(other, 20), 'direct', 'still slow');
  t.equal(await run(one), 'pooled', 'one is enough now');
  now += 1001;
  t.equal(run(other), 'direct');
  t.equal(
    await one.run(
      false,
      () => 'direct',
      async () => 'pooled',
    ),
    'pooled',
    'large ones always',
  );
});

t.test('an operation that throws is timed as well', async (t) => {
  let now = 0;
  const device = new Device(() => now);
  for (let failures = 0; failures < 2; failures += 1) {
    t.ok(device.quick);
    t.throws(() =>
      device.timed(() => {
        now += 10;
        throw new Error('EIO');
      }),
    );
  }
  t.notOk(device.quick);
});

t.test('one program has one operation in the pool, in order, whatever fails', async (t) => {
  const pace = new StoragePace(new Device());
  const events: string[] = [];
  const work = (name: string, fails: boolean) => async () => {
    events.push(`${name} begins`);
    await new Promise(setImmediate);
    events.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
  const never = (): string => 'never';
  const first = Promise.resolve(pace.run(false, never, work('a', true)));
  const second = Promise.resolve(pace.run(false, never, work('b', false)));
  await t.rejects(first, /a/);
  t.equal(await second, 'b');
  t.same(events, ['a begins', 'a ends', 'b begins', 'b ends']);
});

t.test('a device is known by its number', async (t) => {
  t.equal(deviceOf(1e9), deviceOf(1e9));
  t.not(deviceOf(1e9), deviceOf(1e9 + 1));
});
