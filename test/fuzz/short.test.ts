/** One round of each target that no other test has, from a fixed seed. `make fuzz` goes on from other seeds. */
import t from 'tap';
import { lacks } from '../launch/support.js';
import { targets } from './targets.js';

const seed = 1;
const needEngine = ['javascript-names'];

for (const [name, target] of Object.entries(targets(false))) {
  // Those have tests of their own.
  if (name.startsWith('python')) continue;
  t.test(name, { skip: needEngine.includes(name) && lacks }, async (t) => {
    await target.fuzz(seed, target.runs);
    t.pass(`${target.runs} runs from seed ${seed}`);
  });
}
