/** The cpu limit of a whole program: its share, its stalls, and what getresources says of them. */
import '../support/untapped.js';
import t from 'tap';
import { watchLoad, watchPauses } from '../support/idle.js';
import { virtual } from '../support/virtual.js';
import { narrowRestrictions, openYard, type TestYard } from '../support/yard.js';

let yard: TestYard;
t.before(async () => {
  yard = await openYard();
});
t.teardown(() => yard?.close());

const withCpu = (cpu: number) => narrowRestrictions.replace('cpu 2', `cpu ${cpu}`);

t.test('a busy loop at a tenth of a core: its share, and one stop a second as RepyV2 would report it', async (t) => {
  const load = watchLoad();
  const pauses = watchPauses();
  const log = await yard.output(
    `
    let longest = 0;
    const begun = getruntime();
    for (let last = begun, now = begun; now < begun + 4.5; last = now) {
      now = getruntime();
      longest = Math.max(longest, now - last);
    }
    const [, usage, stops] = await getresources();
    log(JSON.stringify({ begun, ended: getruntime(), used: usage.cpu, longest, stops }));
  `,
    { restrictions: withCpu(0.1) },
  );
  const { begun, ended, used, longest, stops } = JSON.parse(log);
  const busy = load();
  const pause = pauses();
  // The first period's quota is free, and so is a slice of 5 ms on each processor.
  t.ok(used <= 0.1 * ended * 1.02 + 0.02, `${used} s used of ${0.1 * ended}`);
  t.ok(stops.length <= ended, `${stops.length} entries`);
  for (const [at, seconds] of stops) t.ok(at >= 0 && at < ended && seconds > 0 && seconds <= 1, `${at}: ${seconds}`);
  // The rest holds where the processor is to be had: a program that waits for it is not stopped, and gets less.
  if (busy !== undefined) return t.comment(busy);
  t.ok(stops.length >= 2, `${stops.length} entries`);
  t.ok(used >= 0.1 * (ended - begun) * 0.9, `${used} s used of ${0.1 * ended}`);
  const last = stops.at(-1)[1];
  t.ok(last >= 0.76 && last <= 1.05, `the last entry says ${last} s`);
  // A step of 10 ms is paid back for 0.1 s; and where one processor is shared with a whole host, it may come late.
  t.ok(longest <= (virtual ? 0.5 : 0.1) + pause, `stalled for ${longest} s at most`, { pause });
});

t.test('what the supervisor works for a program is charged to it', async (t) => {
  const program = await yard.start('for (;;) await getresources();', { restrictions: withCpu(0.2) });
  await yard.running([program]);
  const before = program.status().usage;
  const since = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const seconds = (performance.now() - since) / 1000;
  program.stop();
  const { usage } = await program.outcome;
  const own = usage.cpuSeconds - before.cpuSeconds;
  const served = usage.serviceSeconds - before.serviceSeconds;
  t.comment(`${own.toFixed(2)} s its own, ${served.toFixed(2)} s the supervisor's, in ${seconds.toFixed(2)} s`);
  t.ok(served > 0.01, 'it is measured');
  t.ok(usage.tallied.events !== undefined);
  // In the first second nothing has been measured yet, and the service may burst: half of the limit, twice.
  t.ok(own + served <= 0.2 * (seconds * 1.05 + 1), `${own + served} s in ${seconds} s`);
});
