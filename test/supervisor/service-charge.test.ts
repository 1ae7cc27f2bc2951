import t from 'tap';
import { ServiceCharge } from '../../supervisor/service-charge.js';

t.test('what the supervisor works for a program is taken off its share, up to a half', (t) => {
  const charge = new ServiceCharge(0);
  t.notOk(charge.observe(0.5, 0.01, 0.1), 'too early');
  t.ok(charge.observe(1, 0.02, 0.1));
  t.equal(charge.cores.toFixed(3), '0.020');
  t.notOk(charge.observe(2, 0.041, 0.1), 'about the same');
  t.ok(charge.observe(3, 0.441, 0.1));
  t.equal(charge.cores, 0.05, 'half of the limit at most');
  t.ok(charge.observe(4, 0.442, 0.1));
  t.equal(charge.cores, 0, 'next to nothing');
  t.notOk(charge.observe(5, 0.442, 0.1), 'still');
  t.notOk(charge.observe(6, 0.9, Number.POSITIVE_INFINITY), 'nothing to speak of');
  t.end();
});
