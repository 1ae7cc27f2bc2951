import t from 'tap';
import { memoryClasses, memoryClassOf } from '../../supervisor/launch/memory-classes.js';

t.test('every quota has a class', async (t) => {
  t.equal(memoryClassOf(1).name, '16 MiB');
  t.equal(memoryClassOf(15_000_000).name, '16 MiB');
  t.equal(memoryClassOf(16 << 20).name, '16 MiB');
  t.equal(memoryClassOf((16 << 20) + 1).name, '32 MiB');
  t.equal(memoryClassOf(2 ** 40).name, 'above 1 GiB');
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
