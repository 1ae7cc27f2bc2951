import fc from 'fast-check';
import t from 'tap';
import { Timers } from '../../../child-runtime/javascript/timers.js';

const nothing = (): void => {};

t.test('timers come out by time, and in the order of setting where equal', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.record({ due: fc.integer({ min: 0, max: 20 }), cancel: fc.boolean() })), (wanted) => {
      const timers = new Timers();
      const ids = wanted.map(({ due }) => timers.add(due, nothing));
      wanted.forEach(({ cancel }, at) => {
        if (cancel) timers.cancel(ids[at]);
      });
      const left = wanted
        .map(({ due, cancel }, at) => ({ due, cancel, order: ids[at]! }))
        .filter(({ cancel }) => !cancel)
        .sort((a, b) => a.due - b.due || a.order - b.order);
      const fired: number[] = [];
      for (let timer = timers.takeDue(100); timer !== undefined; timer = timers.takeDue(100)) fired.push(timer.order);
      return timers.pending === 0 && fired.join() === left.map(({ order }) => order).join();
    }),
    { seed: 1 },
  );
  t.pass();
});

t.test('a timer is due at its time, not before', async (t) => {
  const timers = new Timers();
  t.equal(timers.next(), Number.POSITIVE_INFINITY);
  timers.add(5, nothing);
  t.equal(timers.next(), 5);
  t.equal(timers.takeDue(4.999), undefined);
  t.ok(timers.takeDue(5));
  t.equal(timers.pending, 0);
});

t.test('a repeating timer keeps its number until it is cancelled', async (t) => {
  const timers = new Timers();
  const id = timers.add(1, nothing, 2);
  t.equal(timers.takeDue(1)?.order, id);
  t.equal(timers.next(), 3);
  t.equal(timers.pending, 1);
  timers.cancel(id);
  timers.cancel(id);
  timers.cancel('nonsense');
  t.equal(timers.pending, 0);
  t.equal(timers.next(), Number.POSITIVE_INFINITY);
});
