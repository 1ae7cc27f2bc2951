/** How long a program may take to give memory back. */
import '../support/untapped.js';
import t from 'tap';
import { GiveBackTime } from '../../supervisor/give-back.js';

/** The first moment, in steps of 20 ms, at which the time of a program that works `share` of a core is over. */
function endOf(share: (ms: number) => number): number {
  const time = new GiveBackTime(5000, 7);
  let worked = 7;
  for (let ms = 0; ; ms += 20) {
    if (time.isOver(5000 + ms, worked)) return ms;
    worked += share(ms) * 0.02;
  }
}

t.test('a program that does nothing has three seconds', async (t) => {
  t.equal(
    endOf(() => 0),
    3000,
  );
});

t.test('one that works has a second of processor time', async (t) => {
  t.equal(
    endOf(() => 1),
    3000,
  );
  t.ok(Math.abs(endOf(() => 0.25) - 4000) <= 20);
});

t.test('one that stops working has three seconds from then on, whatever is left', async (t) => {
  t.ok(Math.abs(endOf((ms) => (ms < 1500 ? 0.1 : 0)) - 4500) <= 20);
});

t.test('nobody has more than ten seconds', async (t) => {
  t.equal(
    endOf(() => 0.05),
    10_000,
  );
});
