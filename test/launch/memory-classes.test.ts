import t from 'tap';
import { memoryClasses, memoryClassOf } from '../../supervisor/launch/memory-classes.js';

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
