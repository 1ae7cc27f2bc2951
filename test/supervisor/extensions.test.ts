/** Limits that RepyV2 doesn't know, through the whole yard: each is enforced, or the program is refused. */
import '../support/untapped.js';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import t from 'tap';
import { loadRestrictions } from '../../restrictions/load.js';
import { bandwidthOf } from '../support/bandwidth.js';
import { leastOf, until } from '../support/patience.js';
import { virtual } from '../support/virtual.js';
import { openYard, type TestYard } from '../support/yard.js';

let yard: TestYard;
t.before(async () => {
  yard = await openYard();
});
t.teardown(() => yard?.close());

const base = {
  cpu: 1,
  memory: 15_000_000,
  diskused: 1_000_000,
  events: 1,
  filesopened: 2,
  fileread: 1e9,
  filewrite: 1e9,
  lograte: 1e9,
};
const policy = (more: object, rest: object = {}) => JSON.stringify({ resources: { ...base, ...more }, ...rest });
const run = async (source: string, restrictions: string) => {
  const program = await yard.start(source, { restrictions });
  const outcome = await program.outcome;
  return { outcome, log: yard.logged(program) };
};
/** The name of the exception that `call` ends with, or `none`. */
const trying = (call: string) => `let error = 'none'; try { ${call} } catch (e) { error = e.name; } log(error);`;

t.test('processor time in all', async (t) => {
  const spend = async () => {
    const { outcome } = await run('for (;;);', policy({ cputime: 0.4 }));
    t.match(outcome, { reason: 'limit', limit: { resource: 'cputime', allowed: 0.4 }, exitCode: 98 });
    const { usage, limit } = outcome;
    t.ok((limit?.used ?? 0) >= 0.4, `${limit?.used} s used`);
    return usage.cpuSeconds;
  };
  // The next look is 20 ms later, a tick of the kernel's 4; the rest is how late a timer may be on a busy host.
  const most = 0.4 + (virtual ? 0.5 : 0.2);
  const spent = await leastOf(most, spend);
  t.ok(spent <= most, `${spent} s used`);
  t.equal((await run('await sleep(0.1);', policy({ cputime: 5 }))).outcome.reason, 'exited', 'far below it');
});

t.test('time on the wall; the limit changes live', async (t) => {
  const sleep = async () => {
    const { outcome } = await run('await sleep(60);', policy({ walltime: 0.3 }));
    t.match(outcome, { reason: 'limit', limit: { resource: 'walltime', allowed: 0.3 } });
    return outcome.limit?.used ?? Number.POSITIVE_INFINITY;
  };
  const slept = await leastOf(1, sleep);
  t.ok(slept >= 0.3 && slept < 1, `ended after ${slept} s`);
  const program = await yard.start('await sleep(60);', { restrictions: policy({ walltime: 50 }) });
  await yard.running([program]);
  await program.change(loadRestrictions(Buffer.from(policy({ walltime: 0.2 }))));
  t.match(await program.outcome, { reason: 'limit', limit: { resource: 'walltime', allowed: 0.2 } });
});

t.test('exact bytes and a number of files on disk: an error, or the end', async (t) => {
  const write = `const f = await openfile('a', true); await f.writeat('x'.repeat(1000), 0); ${trying(`await f.writeat('y', 1000);`)}`;
  const bytes = await run(write, policy({ diskbytes: 1000 }));
  t.equal(bytes.log, 'ResourceExhaustedError');
  t.equal(bytes.outcome.usage.diskBytes, 5096, 'not one byte more');
  t.match((await run(write, policy({ diskbytes: 1000 }, { atLimit: { diskbytes: 'stop' } }))).outcome, {
    limit: { resource: 'diskbytes', allowed: 1000, used: 1001 },
  });
  const make = `await openfile('a', true); ${trying(`await openfile('b', true);`)}`;
  t.equal((await run(make, policy({ diskfiles: 1 }))).log, 'ResourceExhaustedError');
  t.match((await run(make, policy({ diskfiles: 1 }, { atLimit: { diskfiles: 'stop' } }))).outcome, {
    limit: { resource: 'diskfiles', allowed: 1, used: 2 },
  });
  t.equal(
    (await run(make, policy({ diskused: 5000 }, { atLimit: { diskused: 'error' } }))).log,
    'ResourceExhaustedError',
  );
});

t.test('a rate can make calls fail or end the program, a count can end it', async (t) => {
  const read = `const f = await openfile('a', true); await f.writeat('x'.repeat(50000), 0); await f.readat(50000, 0); ${trying('await f.readat(1, 0);')}`;
  t.equal(
    (await run(read, policy({ fileread: 20_000 }, { atLimit: { fileread: 'error' } }))).log,
    'ResourceExhaustedError',
  );
  t.match((await run(read, policy({ fileread: 20_000 }, { atLimit: { fileread: 'stop' } }))).outcome, {
    reason: 'limit',
    limit: { resource: 'fileread', allowed: 20_000 },
  });
  const open = `const held = []; for (const name of ['a', 'b', 'c']) held.push(await openfile(name, true));`;
  t.match((await run(open, policy({}, { atLimit: { filesopened: 'stop' } }))).outcome, {
    limit: { resource: 'filesopened', allowed: 2, used: 3 },
  });
});

const few = availableParallelism() < 2 && 'needs two processors';
t.test('processors of its own; others are refused', { skip: few }, async (t) => {
  const { outcome } = await run('for (let n = 0; n < 1e6; n++);', policy({ cpuset: [1] }));
  t.equal(outcome.reason, 'exited');
  t.match(
    outcome.enforcement.find(({ resource }) => resource === 'cpuset'),
    { state: 'enforced' },
  );
  const refused = await run('log(1)', policy({ cpuset: [0, 1000] }));
  t.match(refused.outcome, { reason: 'refused', message: /cpuset 0,1000/ });
  t.equal(refused.log, '');
});

t.test('weights decide who gets a contended processor', async (t) => {
  const spin = 'for (;;);';
  const start = (cpuweight: number) => yard.start(spin, { restrictions: policy({ cpuweight, cpuset: [0] }) });
  const programs = await Promise.all([start(300), start(100)]);
  await yard.running(programs);
  const used = () => programs.map((program) => bandwidthOf(program.status().pid!).used) as [number, number];
  const before = used();
  let [heavy, light] = [0, 0];
  // On a busy host each gets its turn seldom: so long that there were many.
  await until(() => {
    const now = used();
    [heavy, light] = [now[0] - before[0], now[1] - before[1]];
    return heavy + light > 2.5;
  });
  for (const program of programs) program.stop();
  await Promise.all(programs.map((program) => program.outcome));
  // 3 to 1 while both run; turns that aren't over, and a host that stands still between the two readings, blur it.
  const ratio = heavy / light;
  t.ok(ratio > 1.7 && ratio < 5, `${heavy} s and ${light} s`);
});

t.test('memory above which the program is slowed down: on cgroup v2, elsewhere refused', async (t) => {
  const source = `const held = []; for (let n = 0; n < 60; n++) { held.push(new Uint8Array(100_000).fill(1)); } log('all');`;
  const { outcome, log } = await run(source, policy({ memory: 30_000_000, memoryhigh: 14_000_000, walltime: 20 }));
  const line = outcome.enforcement.find(({ resource }) => resource === 'memoryhigh');
  if (line?.state === 'enforced') {
    t.match(line.mechanism, /v2/);
    t.equal(log, 'all');
    return;
  }
  t.match(outcome, { reason: 'refused', message: /memoryhigh is not enforced \(cgroup v1 has nothing like it\)/ });
  t.match(await run('log(1)', policy({ memoryhigh: 9_000_000 }, { allowDegraded: true })), {
    outcome: { reason: 'exited' },
  });
});

t.test('a thread too many ends the program where its policy says so, also since a change', async (t) => {
  const ends = { atLimit: { events: 'stop' } };
  const tooMany = { reason: 'limit', limit: { resource: 'events', allowed: 2, used: 3 }, exitCode: 98 };
  const more = (times: number) =>
    `for (let i = 0; i < ${times}; i++) try { createthread(() => sleep(60)); } catch (e) { log(e.name); }`;
  const { outcome, log } = await run(`await log('first'); ${more(2)} log('no');`, policy({ events: 2 }, ends));
  t.match(outcome, tooMany);
  t.equal(log, 'first');
  const python = await yard.start('def f():\n  sleep(60)\nlog("first")\ncreatethread(f)\ncreatethread(f)\n', {
    language: 'python',
    restrictions: policy({ events: 2 }, ends),
  });
  t.match(await python.outcome, tooMany);
  t.equal(yard.logged(python), 'first');
  const changed = await yard.start(`${more(2)} while (callargs) { await sleep(0.01); ${more(1)} }`, {
    restrictions: policy({ events: 2 }),
  });
  await yard.logs(changed, 'ResourceExhaustedError');
  await changed.change(loadRestrictions(Buffer.from(policy({ events: 2 }, ends))));
  t.match(await changed.outcome, tooMany);
});

t.test('what could not be enforced at the start is refused to a running program, too', async (t) => {
  const more = policy({ memoryhigh: 10_000_000, cpuset: [0, 999] });
  const program = await yard.start('await sleep(60);', { restrictions: policy({}) });
  await yard.running([program]);
  const allowed = () =>
    /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync(`/proc/${program.status().pid}/status`, 'utf8'))?.[1];
  const before = allowed();
  await t.rejects(program.change(loadRestrictions(Buffer.from(more))), /memoryhigh is not enforced|this host gives/);
  await t.rejects(
    program.change(loadRestrictions(Buffer.from(policy({ cpuset: [0, 999] })))),
    /this host gives 0 of it/,
  );
  await t.rejects(
    program.change(loadRestrictions(Buffer.from(policy({ cpuset: [999] })))),
    /this host has the processors \d/,
  );
  t.equal(allowed(), before, 'and nothing of it is left');
  program.stop();
  const { enforcement } = await program.outcome;
  t.notOk(enforcement.some(({ resource }) => resource === 'memoryhigh' || resource === 'cpuset'));
});
