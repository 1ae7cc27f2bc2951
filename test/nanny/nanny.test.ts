import t from 'tap';
import { RepyError } from '../../protocol/exceptions.js';
import { countNames, Nanny, rateNames } from '../../supervisor/nanny/nanny.js';
import { FakePulse } from './fake-pulse.js';
import { restrict } from './limits.js';

t.test('it walks the resource table', async (t) => {
  t.same(
    [...rateNames].sort(),
    ['fileread', 'filewrite', 'lograte', 'looprecv', 'loopsend', 'netrecv', 'netsend', 'random'],
    'every rate but cpu, which the operating system keeps',
  );
  t.same(countNames, ['events', 'filesopened', 'insockets', 'outsockets']);
});

t.test('resources of one program do not wait for each other', async (t) => {
  const pulse = new FakePulse();
  const nanny = new Nanny(restrict({ fileread: 10, lograte: 10 }), pulse);
  t.type(nanny.charge('fileread', 1000), Promise);
  t.equal(nanny.charge('lograte', 10), undefined);
  t.equal(nanny.used('fileread'), 1000);
  t.equal(nanny.used('lograte'), 10);
  t.throws(() => nanny.charge('random', 1), {
    name: 'LimitFault',
    limit: { resource: 'random', allowed: 0, used: 1 },
  });
});

t.test('counts', async (t) => {
  const nanny = new Nanny(restrict({ filesopened: 2 }), new FakePulse());
  nanny.acquire('filesopened');
  nanny.acquire('filesopened');
  const full = new RepyError('ResourceExhaustedError', "Resource 'filesopened' limit exceeded!!");
  t.throws(() => nanny.acquire('filesopened'), full);
  t.throws(() => nanny.acquire('insockets'), { message: "Resource 'insockets' limit exceeded!!" });
  nanny.release('filesopened');
  nanny.acquire('filesopened');
  t.equal(nanny.used('filesopened'), 2);
  t.throws(() => nanny.release('insockets'), /nobody held/);

  nanny.change(restrict({ filesopened: 1 }));
  nanny.release('filesopened');
  t.throws(() => nanny.acquire('filesopened'), full, 'a lowered limit holds for the next one');
});

t.test('ports', async (t) => {
  const nanny = new Nanny(restrict({}, { messport: new Set([12345]) }), new FakePulse());
  nanny.usePort('messport', 12345);
  t.same([...nanny.usedPorts('messport')], [12345]);
  const forbidden = {
    repyName: 'ResourceForbiddenError',
    message: 'Provided localport is not allowed! Port: 9999',
  };
  t.throws(() => nanny.usePort('messport', 9999), { name: 'ResourceForbiddenError', ...forbidden });
  t.throws(() => nanny.usePort('connport', 12345), { name: 'ResourceForbiddenError' });
});

t.test('tallies: totals of rates, current counts', async (t) => {
  const pulse = new FakePulse();
  const nanny = new Nanny(restrict({ lograte: 100, filesopened: 5 }), pulse);
  nanny.charge('lograte', 50);
  await pulse.advance(100);
  nanny.charge('lograte', 50);
  nanny.acquire('filesopened');
  t.match(nanny.tallies(), { lograte: 100, filesopened: 1, random: 0 });
});

t.test('a change of limits reaches every bucket; dispose frees every waiter', async (t) => {
  const pulse = new FakePulse();
  const nanny = new Nanny(restrict({ lograte: 10, random: 10 }), pulse);
  const log = nanny.charge('lograte', 100);
  const random = nanny.charge('random', 100);
  nanny.change(restrict({ lograte: 1000, random: 1 }));
  await log;
  t.equal(nanny.restrictions.limits.lograte, 1000);
  nanny.dispose();
  await t.rejects(random ?? Promise.resolve(), { name: 'Cancelled' });
  t.equal(pulse.pending, 0);
});
