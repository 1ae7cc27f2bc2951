import t from 'tap';
import {
  childFlagsOf,
  flagsOf,
  memoryClasses,
  memoryClassOf,
  roomFor,
} from '../../supervisor/launch/memory-classes.js';

t.test('every quota has a class', async (t) => {
  t.equal(memoryClassOf(1).name, 'small');
  t.equal(memoryClassOf(15_000_000).name, 'small');
  t.equal(memoryClassOf(100_000_000).name, 'medium');
  t.equal(memoryClassOf(2 ** 40).name, 'large');
  t.throws(() => memoryClassOf(Number.NaN), RangeError);
});

t.test('classes ascend', async (t) => {
  const limits = memoryClasses.map(({ upTo }) => upTo);
  t.same(
    limits,
    [...limits].sort((a, b) => a - b),
  );
  t.equal(limits.at(-1), Number.POSITIVE_INFINITY);
});

t.test("V8's limits lie below every quota", async (t) => {
  const inherited = 16 << 20;
  for (const memory of [12e6, 15e6, 50 << 20, 100e6, 256 << 20, 2 ** 30, 2 ** 35]) {
    const { heap, buffers, data } = roomFor(memory, inherited);
    t.ok(heap > 1e6 && heap + buffers < memory && data > memory, `${memory}`);
  }
  t.ok(roomFor(15e6, inherited).heap < roomFor(15e6, inherited / 2).heap, 'what a child inherits costs it copies');
  t.ok(roomFor(1, inherited).heap > 1 << 20, 'a quota that is too small for anything is left to the cgroup');
});

t.test("a zygote's own heap limit is above every quota", async (t) => {
  t.ok(flagsOf(memoryClassOf(15e6), 'jit').includes('--max-old-space-size=262144'));
});

t.test('a hardened engine has no compiler, in no class', async (t) => {
  for (const memoryClass of memoryClasses) {
    t.ok(flagsOf(memoryClass, 'hardened').includes('--jitless'));
    t.notOk(flagsOf(memoryClass, 'jit').includes('--jitless'));
    const flags = childFlagsOf(memoryClass, 'hardened');
    t.notOk(
      flags.some((flag) => /maglev|turbofan|osr|bytecode/.test(flag)),
      `${flags}`,
    );
    t.ok(childFlagsOf(memoryClass, 'jit').some((flag) => /bytecode/.test(flag)));
  }
});
