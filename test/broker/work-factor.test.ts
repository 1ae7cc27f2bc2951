import t from 'tap';
import { WorkFactor } from '../../supervisor/broker/work-factor.js';

t.test('what the process uses is charged in proportion to the turns, within bounds', (t) => {
  let used = 10;
  const factor = new WorkFactor(0, () => used);
  let now = 0;
  /** A quarter of a second in ten turns, in which so much was measured and used. */
  const quarter = (measured: number, usedSeconds: number) => {
    used += usedSeconds;
    for (let turn = 0; turn < 10; turn++) {
      now += 25;
      factor.note(measured / 10, now);
    }
  };
  t.equal(factor.value, 1);
  quarter(0.05, 0.1);
  t.equal(factor.value.toFixed(3), '2.000', 'half of the work is done outside of turns');
  quarter(0.1, 0.05);
  t.equal(factor.value.toFixed(3), '0.500', 'half of the turns was spent waiting for a processor');
  quarter(0.05, 0.9);
  t.equal(factor.value, 3, 'more is not for them');
  quarter(0.2, 0);
  t.equal(factor.value, 0.3);
  quarter(0.001, 0.1);
  t.equal(factor.value, 1, 'what the supervisor does while it hardly serves is its own');
  factor.note(0.02, now + 10);
  t.equal(factor.value, 1, 'until the next quarter of a second');
  t.end();
});
