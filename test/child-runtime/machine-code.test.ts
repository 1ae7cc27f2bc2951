/** Machine code that is made in the zygote: of every function that is named for it, of no other, and it fits what they are used for. */
import '../support/untapped.js';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { hotFunctions } from '../../child-runtime/python/hot.js';
import { enginePath } from '../../supervisor/launch/engine.js';
import type { Told } from './compiled-functions.js';

t.test('hot functions are compiled, and stay so in use', async (t) => {
  const program = fileURLToPath(new URL('compiled-functions.js', import.meta.url));
  const { stdout } = await execa(enginePath(), ['--single-threaded', '--no-maglev', program], {
    env: {},
    extendEnv: false,
  });
  const told = JSON.parse(stdout) as Told[];
  t.equal(told.length, hotFunctions.length);
  for (const { name, ...states } of told) {
    t.strictSame(states, { before: false, after: true, used: true, other: false, natives: false }, name);
  }
});
