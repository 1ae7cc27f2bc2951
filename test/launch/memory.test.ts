import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import type { Launcher } from '../../supervisor/launch/launcher.js';
import { Guest, lacks, launch, launcherFor, smallMemory } from './support.js';

const controller = '/sys/fs/cgroup/memory';
const skip =
  lacks || (existsSync(`${controller}/memory.limit_in_bytes`) ? false : 'needs the memory controller of cgroup v1');
const uid = 980_000_000 + process.pid;

/** A child in a memory cgroup of its own with this limit. */
async function launchLimited(t: Test, launcher: Launcher, memory: number): Promise<[Guest, () => number]> {
  const path = `${controller}/repyard-test-memory-${process.pid}`;
  mkdirSync(path);
  t.teardown(() => rmdirSync(path));
  writeFileSync(`${path}/memory.limit_in_bytes`, String(memory));
  const tasks = openSync(`${path}/tasks`, 'w');
  const guest = new Guest(await launcher.launch({ memory, uid, door: { joinFiles: [tasks] } }), uid);
  closeSync(tasks);
  return [guest, () => Number(readFileSync(`${path}/memory.max_usage_in_bytes`, 'utf8'))];
}

t.test('memory', { skip }, async (t) => {
  const launcher = launcherFor(t);

  for (const memory of [smallMemory, 60_000_000]) {
    await t.test(`V8 collects garbage before the cgroup of ${memory} bytes kills`, async (t) => {
      const [guest, peak] = await launchLimited(t, launcher, memory);
      t.type(await guest.ask('churn', { live: memory * 0.2, rounds: 1500 }), 'number');
      t.ok(peak() < memory, `peak ${peak()}`);
      guest.child.signal('SIGKILL');
      await guest.child.ended;
    });
  }

  await t.test('a hog of objects meets V8 own limit, below the quota', async (t) => {
    const [guest, peak] = await launchLimited(t, launcher, smallMemory);
    t.equal(await guest.ask('fillHeap'), undefined);
    t.match(await guest.child.ended, { heapExhausted: true });
    t.ok(peak() <= smallMemory, `peak ${peak()}`);
  });

  await t.test(
    'what the engine lacks for itself ends the child, what it lacks for a buffer is an exception',
    async (t) => {
      // It may map 200 MB.
      const guest = await launch(launcher, 100_000_000);
      t.equal(await guest.ask('decompose', 1_000_000), 2_000_000);
      t.equal(await guest.ask('buffer', 50_000_000), 50_000_000);
      t.match(await guest.ask('buffer', 500_000_000), /allocation failed/);
      t.equal(await guest.ask('decompose', 40_000_000), undefined);
      t.match(await guest.child.ended, { heapExhausted: true, exitCode: 123, signal: null });
    },
  );

  await t.test('a hog of buffers meets V8 own limit or the cgroup, at its quota', async (t) => {
    const [guest, peak] = await launchLimited(t, launcher, smallMemory);
    t.equal(await guest.ask('fillBuffers'), undefined);
    const ending = await guest.child.ended;
    t.ok(ending.heapExhausted || ending.signal === 'SIGKILL', JSON.stringify(ending));
    t.ok(peak() <= smallMemory, `peak ${peak()}`);
  });
});
