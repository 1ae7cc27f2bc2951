/** The cpu limit of a whole program: its share, its stalls, and what getresources says of them. */
import '../support/untapped.js';
import t from 'tap';
import type { Usage } from '../../supervisor/outcome.js';
import { bandwidthOf } from '../support/bandwidth.js';
import { settledUse } from '../support/patience.js';
import { virtual } from '../support/virtual.js';
import { narrowRestrictions, openYard, type TestYard } from '../support/yard.js';

let yard: TestYard;
t.before(async () => {
  yard = await openYard();
});
t.teardown(() => yard?.close());

const withCpu = (cpu: number) => narrowRestrictions.replace('cpu 2', `cpu ${cpu}`);

t.test('a busy loop at a tenth of a core: its share, and one stop a second as RepyV2 would report it', async (t) => {
  const since = performance.now();
  const program = await yard.start(
    `
    for (const end = getruntime() + 4.5; getruntime() < end;);
    const asked = getruntime();
    const [, usage, stops] = await getresources();
    log(JSON.stringify({ asked, ended: getruntime(), used: usage.cpu, stops }) + '\\n');
    await sleep(600);
  `,
    { restrictions: withCpu(0.1) },
  );
  const { asked, ended, used, stops } = JSON.parse(await yard.logs(program, '\n'));
  const kernel = bandwidthOf(program.status().pid!);
  const passed = (performance.now() - since) / 1000;
  program.stop();
  t.comment(kernel);
  // The first period's quota is free, and so are a slice of 5 ms on each processor and what the scheduler overran by a tick; that is
  // paid back before the loop sees its end. So is what a host takes from its virtual machine: the kernel takes it for the program's.
  t.ok(used <= 0.1 * ended * 1.02 + (virtual ? 0.04 : 0.02), `${used} s used of ${0.1 * ended}`);
  t.ok(kernel.periods > 0, 'a limit is set');
  // It stands still for at most a period of 20 ms at a time. Half more: each processor may have its own part of a stop.
  t.ok(kernel.throttled <= kernel.throttledPeriods * 0.02 * 1.5, 'in short stops');
  // Before it was held back it had its share, a ninth of that time; less, because a stop grows by what the host stands still in it: of the
  // four seconds here that may be two.
  t.ok(kernel.used >= (0.6 * kernel.throttled) / 9, 'and no earlier than at its share');
  // What it is told of its stops is what the kernel counted, but for the second that was not over, and what came later.
  const told = stops.reduce((sum: number, [, seconds]: [number, number]) => sum + seconds, 0);
  for (const [at, seconds] of stops)
    t.ok(at >= 0 && at < ended && seconds > 0 && seconds <= 1.001, `${at}: ${seconds}`);
  t.ok(told <= kernel.throttled + 0.001, `told of ${told} s`);
  t.ok(told >= kernel.throttled - (passed - Math.floor(asked)) - 0.001 * passed, `told of ${told} s at ${asked}`);
});

t.test('what the supervisor works for a program is charged to it', async (t) => {
  const program = await yard.start('for (;;) await getresources();', { restrictions: withCpu(0.2) });
  await yard.running([program]);
  const before = program.status().usage;
  const since = performance.now();
  const both = ({ cpuSeconds, serviceSeconds }: Usage) => cpuSeconds + serviceSeconds;
  const look = () => ({
    used: both(program.status().usage) - both(before),
    seconds: (performance.now() - since) / 1000,
  });
  // In the first second nothing has been measured yet, and the service may burst: half of the limit, twice.
  const { used, seconds, most } = await settledUse(look, { share: 0.2 * 1.05, slack: 0.2, atLeast: 4 });
  program.stop();
  const { usage } = await program.outcome;
  const served = usage.serviceSeconds - before.serviceSeconds;
  t.comment(`${served.toFixed(2)} s of ${used.toFixed(2)} s are the supervisor's, in ${seconds.toFixed(2)} s`);
  t.ok(served > 0.01, 'it is measured');
  t.ok(usage.tallied.events !== undefined);
  t.ok(used <= most, `${used} s in ${seconds} s`);
});
