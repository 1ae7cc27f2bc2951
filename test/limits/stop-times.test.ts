import t from 'tap';
import { StopTimes } from '../../supervisor/limits/stop-times.js';

/** Readings every `interval` seconds of a program that stands still for `share` of the time. */
function watch(share: number, interval: number, until: number): StopTimes {
  const stops = new StopTimes();
  for (let now = interval; now <= until + 1e-9; now += interval) stops.observe(now, share * now);
  return stops;
}

const close = (a: number, b: number) => Math.abs(a - b) < 1e-6;

t.test('one entry a second, with the part of it that the program stood still', (t) => {
  for (const interval of [0.1, 0.137, 0.5, 1, 1.6, 3.3]) {
    const { entries } = watch(0.9, interval, 20);
    t.ok(entries.length >= 16, `${entries.length} entries with readings every ${interval} s`);
    entries.forEach(([at, seconds], index) => {
      if (at !== index || !close(seconds, 0.9)) t.fail(`entry ${index}: ${at}, ${seconds}`);
    });
  }
  t.end();
});

t.test('the last 100 are kept, however long nobody looked', (t) => {
  for (const interval of [0.1, 1000]) {
    const { entries } = watch(0.5, interval, 1000);
    t.equal(entries.length, 100);
    t.same([entries[0]![0], entries[99]![0]], [900, 999]);
  }
  t.end();
});

t.test('a program that was never held up has none; nor is any second longer than a second', (t) => {
  t.same(watch(0, 0.1, 10).entries, []);
  t.same(watch(0.0005, 0.1, 10).entries, [], 'a moment here and there');
  const { entries } = watch(1.7, 0.1, 10);
  t.ok(entries.every(([, seconds]) => seconds <= 1 + 1e-9));
  t.end();
});

t.test(
  'a stop that began before the last reading, and is told when it is over, is in the seconds in which it was',
  (t) => {
    const stops = new StopTimes();
    // It stood still from 0.4 to 3.1, and the readings before its end knew nothing of it.
    for (const now of [0.3, 0.9, 1.5, 2.2, 3]) stops.observe(now, 0.1);
    stops.observe(3.2, 2.8);
    stops.observe(5, 2.8);
    const told = stops.entries.map(([at, seconds]) => [at, Number(seconds.toFixed(3))]);
    t.same(told, [
      [0, 0.6],
      [1, 1],
      [2, 1],
      [3, 0.2],
    ]);
    stops.observe(5.1, 1e9);
    t.same(
      stops.entries.map(([at]) => at),
      [0, 1, 2, 3, 4],
      'nothing is before the start',
    );
    t.ok(stops.entries.every(([, seconds]) => seconds <= 1 + 1e-9));
    t.end();
  },
);

t.test('readings out of order, and counters that went back, add nothing', (t) => {
  const stops = new StopTimes();
  stops.observe(1.5, 1);
  stops.observe(1.2, 5);
  stops.observe(2.5, 0.5);
  t.match(stops.entries, [
    [0, Number],
    [1, Number],
  ]);
  t.ok(stops.entries[1]![1] < 0.5);
  t.end();
});
