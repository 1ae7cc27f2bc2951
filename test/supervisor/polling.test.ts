/** Without cgroups: programs are stopped, continued and killed by what is polled, if the operator says that this will do. */
import '../support/untapped.js';
import t from 'tap';
import { watchLoad } from '../support/idle.js';
import { settledUse, until } from '../support/patience.js';
import { narrowRestrictions, openYard, type TestYard } from '../support/yard.js';

let yard: TestYard;
t.before(async () => {
  yard = await openYard({ limiter: 'polling', allowDegraded: true });
});
t.teardown(() => yard?.close());

t.test('the outcome says what is polled', async (t) => {
  const { enforcement, usage } = await yard.run('for (let n = 0; n < 1e7; n++);');
  const states = Object.fromEntries(enforcement.map(({ resource, state }) => [resource, state]));
  t.match(states, { cpu: 'polled', memory: 'polled', processes: 'enforced', diskused: 'enforced' });
  t.ok(usage.cpuSeconds > 0, `${usage.cpuSeconds} s`);
});

t.test('a busy loop is stopped and continued', async (t) => {
  const load = watchLoad();
  // Before the start: what it takes is held to the share, too.
  const began = performance.now();
  const program = await yard.start('for (;;);', { restrictions: narrowRestrictions.replace('cpu 2', 'cpu 0.2') });
  await yard.running([program]);
  const look = () => ({ used: program.status().usage.cpuSeconds, seconds: (performance.now() - began) / 1000 });
  // 5 % and 0.1 s in advance, as its enforcement line says.
  const { used, seconds, most } = await settledUse(look, { share: 0.2 * 1.05, slack: 0.15, atLeast: 3 });
  program.stop();
  const { reason, usage } = await program.outcome;
  t.equal(reason, 'stopped');
  t.ok(used <= most, `${used} s in ${seconds} s`);
  const busy = load();
  if (busy !== undefined) return t.comment(busy);
  t.ok(usage.throttledSeconds > 0.2, `stopped for ${usage.throttledSeconds} s`);
});

t.test('a memory hog is killed', async (t) => {
  const restrictions = narrowRestrictions.replace(/memory \d+/, 'memory 40000000');
  const source = 'const held = []; for (;;) { held.push(new Uint8Array(100000).fill(1)); await sleep(0.002); }';
  const outcome = await (await yard.start(source, { restrictions })).outcome;
  t.match(outcome, { reason: 'limit', limit: { resource: 'memory', allowed: 40_000_000 } });
});

t.test('limits change live', async (t) => {
  const program = await yard.start('for (;;);');
  await yard.running([program]);
  const { restrictions } = program.status();
  await program.change({ ...restrictions, limits: { ...restrictions.limits, cpu: 0.05 } });
  // At the limit that it began with it would never be stopped.
  t.ok(await until(() => program.status().usage.throttledSeconds > 0.5), 'it is stopped from then on');
  program.stop();
  await program.outcome;
});

t.test('many at once end as they should', async (t) => {
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, async () => (await yard.start('await sleep(0.3); log(1);')).outcome),
  );
  t.ok(outcomes.every(({ reason }) => reason === 'exited'));
});

t.test('refused, with the reason and what to do, unless operator or policy allow it', async (t) => {
  const strict = await openYard({ limiter: 'polling' });
  t.teardown(() => strict.close());
  const refused = await (await strict.start('log(1)')).outcome;
  t.match(refused, {
    reason: 'refused',
    exitCode: 3,
    message: /cpu is polled \(.*memory is polled \(.*--allow-degraded/s,
  });
  const policy = JSON.stringify({
    resources: { cpu: 1, memory: 15_000_000, diskused: 0, events: 1, lograte: 1000 },
    allowDegraded: true,
  });
  t.match(await (await strict.start('log(1)', { restrictions: policy })).outcome, { reason: 'exited' });
});
