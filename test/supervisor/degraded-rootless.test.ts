/** Every way for a program to end, as an ordinary user with nothing but STOP, CONT and /proc. */
import t from 'tap';
import { ordinaryUserLacks, runAsOrdinaryUser } from '../support/ordinary-user.js';

t.test('as an ordinary user', { skip: ordinaryUserLacks() }, async (t) => {
  await runAsOrdinaryUser(t, new URL('outcomes.test.js', import.meta.url).href, { REPYARD_TEST_LIMITER: 'polling' });
});
