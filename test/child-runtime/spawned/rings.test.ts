import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import t from 'tap';
import { nativeOf } from '../../../child-runtime/spawned/native.js';
import { Rings, ringBytes, sharedBytes } from '../../../child-runtime/spawned/rings.js';

const rings = (): Rings => new Rings(new SharedArrayBuffer(sharedBytes));
const pattern = (length: number, from = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => ((at + from) * 7) & 255);

t.test('bytes come out as they went in, around the end of the memory', async (t) => {
  const { towardsGuest } = rings();
  let written = 0;
  let read = 0;
  const into = new Uint8Array(100_000);
  while (read < 5 * ringBytes) {
    const size = 1 + ((written * 31) % 70_000);
    written += towardsGuest.put(pattern(size, written), 0, size);
    const count = towardsGuest.take(into, 3, 1 + ((read * 17) % 90_000));
    if (Buffer.compare(into.subarray(3, 3 + count), pattern(count, read)) !== 0) t.fail(`at ${read}`);
    read += count;
  }
  t.equal(towardsGuest.used, written - read);
});

t.test('a full ring takes no more, an empty one gives nothing', async (t) => {
  const { fromGuest } = rings();
  t.equal(fromGuest.take(new Uint8Array(5), 0, 5), 0);
  t.equal(fromGuest.put(new Uint8Array(ringBytes + 10), 0, ringBytes + 10), ringBytes);
  t.equal(fromGuest.put(new Uint8Array(1), 0, 1), 0);
  t.equal(fromGuest.take(new Uint8Array(7), 0, 7), 7);
  t.equal(fromGuest.put(new Uint8Array(10), 0, 10), 7);
});

t.test('waiting has its bounds, and what is written while the pump is full is told', async (t) => {
  const shared = rings();
  const native = nativeOf(shared);
  t.equal(native.poll(0), false);
  const before = native.now();
  t.equal(native.poll(30), false);
  t.ok(native.now() - before >= 0.029);
  shared.towardsGuest.put(pattern(5), 0, 5);
  t.equal(native.poll(Number.POSITIVE_INFINITY), true);
  t.equal(native.write(pattern(ringBytes), 0, ringBytes), ringBytes);
  t.equal(native.write(pattern(1), 0, 1), 0, 'full, and there is something to read');
  t.equal(native.read(new Uint8Array(9), 0, 9), 5);
});

t.test('two threads pass a great deal both ways', async (t) => {
  const memory = new SharedArrayBuffer(sharedBytes);
  const shared = new Rings(memory);
  const url = new URL('./echo-rings.js', import.meta.url);
  const worker = new Worker(fileURLToPath(url), { workerData: memory });
  const total = 3_000_000;
  let sent = 0;
  let received = 0;
  let wrong = 0;
  const into = new Uint8Array(50_000);
  while (received < total) {
    const seen = shared.acted;
    const size = Math.min(40_000, total - sent);
    const put = shared.towardsGuest.put(pattern(size, sent), 0, size);
    sent += put;
    const count = shared.fromGuest.take(into, 0, into.length);
    if (Buffer.compare(into.subarray(0, count), pattern(count, received)) !== 0) wrong += 1;
    received += count;
    shared.pump(put < size);
    if (put === 0 && count === 0) await shared.untilActed(seen);
  }
  t.equal(wrong, 0);
  t.equal(shared.exitCode, undefined);
  shared.towardsGuest.put(Uint8Array.of(255), 0, 1);
  shared.pump(false);
  for (let seen = shared.acted; shared.exitCode === undefined; seen = shared.acted) await shared.untilActed(seen);
  t.equal(shared.exitCode, 42);
  await worker.terminate();
});
