import t from 'tap';
import { ServiceTime } from '../../supervisor/broker/service-time.js';
import { until } from '../support/patience.js';
import { lack, plenty, stage } from './fake-child.js';

/** Nothing but turns costs anything. */
const alone = { value: 1, note: () => undefined };

t.test('a burst of one second of half the limit, then at that rate', (t) => {
  let now = 1000;
  const service = new ServiceTime(0.1, () => now, alone);
  const work = (ms: number) => {
    const delay = service.begin();
    now += ms;
    service.end();
    return delay;
  };
  for (let turn = 0; turn < 10; turn++) t.equal(work(5), 0);
  work(5);
  // 55 ms were worked, of which 55 ms x 0.05 have drained; 50 ms are the burst.
  t.equal(service.begin(), 45);
  now += 45;
  t.equal(service.begin(), 0);
  now += 10_000;
  work(400);
  t.equal(service.total.toFixed(3), '0.060', 'a pause of the supervisor counts as 5 ms');
  t.end();
});

t.test('without limit nobody waits', (t) => {
  let now = 0;
  const service = new ServiceTime(Number.POSITIVE_INFINITY, () => now++, alone);
  for (let turn = 0; turn < 1000; turn++) {
    service.begin();
    service.end();
  }
  t.equal(service.begin(), 0);
  t.equal(service.total.toFixed(3), '1.000');
  t.end();
});

t.test('a program with little cpu is served little, and goes on being served', { skip: lack }, async (t) => {
  const scene = await stage(t.testdir(), { ...plenty, cpu: 0.002 });
  t.teardown(() => scene.close());
  // 1 ms may be worked at once, then 1 ms a second: a thousand calls need several seconds.
  let answered = 0;
  const since = performance.now();
  for (let call = 0; call < 1000; call++) void scene.child.call('getresources').then(() => (answered += 1));
  while (performance.now() - since < 1000 && answered < 1000) await new Promise((resolve) => setTimeout(resolve, 10));
  t.ok(answered < 1000, `${answered} calls answered within a second`);
  const earlier = answered;
  t.ok(await until(() => answered > earlier), 'more are answered later');
});
