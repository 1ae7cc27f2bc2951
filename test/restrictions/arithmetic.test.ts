import t from 'tap';
import { addRestrictions, excess, fits, subtractRestrictions } from '../../restrictions/arithmetic.js';
import { ResourceMathError } from '../../restrictions/errors.js';
import { parseRepyV2Text } from '../../restrictions/repyv2-text.js';

const small = parseRepyV2Text(
  'resource cpu 0.25\nresource memory 1000\nresource diskused 10\nresource events 1\nresource messport 1\nresource messport 2',
);
const large = parseRepyV2Text(
  'resource cpu 1\nresource memory 4000\nresource diskused 40\nresource events 4\nresource lograte inf\nresource messport 2\nresource messport 3\nresource messport 1',
);

t.test('sums of limits, unions of ports', async (t) => {
  const sum = addRestrictions(small, large);
  t.equal(sum.limits.cpu, 1.25);
  t.equal(sum.limits.memory, 5000);
  t.equal(sum.limits.lograte, Number.POSITIVE_INFINITY);
  t.same([...sum.messport].sort(), [1, 2, 3]);
});

t.test('what is hardened in one is hardened together', async (t) => {
  const hardened = { ...small, profile: 'hardened' } as const;
  t.equal(addRestrictions(hardened, large).profile, 'hardened');
  t.equal(subtractRestrictions(large, hardened).profile, 'hardened');
  t.equal(addRestrictions({ ...small, profile: 'jit' }, large).profile, undefined, 'the usual');
});

t.test('subtraction leaves what is not taken', async (t) => {
  const rest = subtractRestrictions(large, small);
  t.equal(rest.limits.cpu, 0.75);
  t.equal(rest.limits.events, 3);
  t.same([...rest.messport], [3]);
  t.equal(subtractRestrictions(large, large).limits.lograte, 0, 'an endless rate less itself is nothing');
});

t.test('more than there is can not be taken', async (t) => {
  t.throws(
    () => subtractRestrictions(small, { ...large, messport: new Set() }),
    new ResourceMathError("Insufficient quantity: Resource 'cpu' has a negative quantity"),
  );
  t.throws(
    () => subtractRestrictions(small, large),
    new ResourceMathError('Subtracted resource dictionary does not contain all elements'),
  );
  const negative = { ...small, limits: { ...small.limits, random: -1 } };
  t.throws(
    () => addRestrictions(negative, small),
    new ResourceMathError("Insufficient quantity: Resource 'random' has a negative quantity"),
  );
});

t.test('what fits, and what is too much', async (t) => {
  t.ok(fits(small, large));
  t.ok(fits(large, large));
  t.same(excess(large, small), ['cpu', 'memory', 'diskused', 'lograte', 'events', 'messport']);
});
