/** Real programs that talk to each other in pairs. */
import t from 'tap';
import { runPairs } from '../../support/pairs.js';
import { openYard } from '../../support/yard.js';
import { descriptors } from './net-stage.js';

const rate = 60_000;
/** One send's bytes and headers. */
const oneCall = 2048 + 64;

t.test('ten pairs: no byte is lost, each keeps to its rate, no descriptor is left', async (t) => {
  const yard = await openYard();
  t.teardown(() => yard.close());
  await yard.output('await log("warm")');
  const before = descriptors();
  const talked = await runPairs(yard, { pairs: 10, seconds: 1.5, rate });
  for (const [left, right] of talked) {
    t.equal(left.received, right.sent);
    t.equal(right.received, left.sent);
    t.equal(left.wrong + right.wrong, 0);
    for (const { sent, outcome, seconds } of [left, right]) {
      t.ok(sent > oneCall, `${sent} bytes in ${seconds.toFixed(2)} s`);
      for (const name of ['loopsend', 'looprecv']) {
        const used = outcome.usage.tallied[name]!;
        // The bucket's burst is one second's worth, and the last call may overshoot.
        t.ok(used <= rate * (seconds + 1) + oneCall, `${used} ${name} in ${seconds.toFixed(2)} s`);
      }
    }
  }
  t.equal(descriptors(), before);
});
