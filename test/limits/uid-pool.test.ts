import t from 'tap';
import { UidPool } from '../../supervisor/limits/uid-pool.js';

t.test('each live child has its own', (t) => {
  const pool = new UidPool(1_600_000_000, 3);
  t.same([pool.allocate(), pool.allocate()], [1_600_000_000, 1_600_000_001]);
  t.equal(pool.taken, 2);
  t.end();
});

t.test('a released one comes round last', (t) => {
  const pool = new UidPool(10, 3);
  t.equal(pool.allocate(), 10);
  pool.release(10);
  t.same([pool.allocate(), pool.allocate(), pool.allocate()], [11, 12, 10]);
  t.end();
});

t.test('exhaustion is a typed error, and passes', (t) => {
  const pool = new UidPool(10, 2);
  pool.allocate();
  pool.allocate();
  t.throws(() => pool.allocate(), { name: 'LimitsError', code: 'EXHAUSTED', message: /all 2 uids from 10 on/ });
  pool.release(11);
  t.equal(pool.allocate(), 11);
  t.end();
});

t.test('releasing what is not allocated is a mistake of ours', (t) => {
  const pool = new UidPool(10, 2);
  t.throws(() => pool.release(10), RangeError);
  pool.release(pool.allocate());
  t.throws(() => pool.release(10), RangeError, 'twice');
  t.end();
});
