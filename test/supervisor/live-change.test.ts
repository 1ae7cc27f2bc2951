/** New limits for a running program: all or none, at once, and known to the program. */
import '../support/untapped.js';
import { readFileSync } from 'node:fs';
import t from 'tap';
import { loadRestrictions } from '../../restrictions/load.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import { bandwidthOf } from '../support/bandwidth.js';
import { settledUse } from '../support/patience.js';
import { narrowRestrictions, openYard, type TestYard } from '../support/yard.js';

let yard: TestYard;
t.before(async () => {
  yard = await openYard();
});
t.teardown(() => yard?.close());

const restrict = (changes: Record<string, string> = {}): Restrictions => {
  let text = narrowRestrictions;
  for (const [name, value] of Object.entries(changes)) {
    text = text.replace(new RegExp(`^resource ${name} .*\n`, 'm'), '');
    text += `resource ${name} ${value}\n`;
  }
  return loadRestrictions(Buffer.from(text));
};

t.test('every kind of limit changes in one call, and getresources tells the program', async (t) => {
  const program = await yard.start(`
    const show = async () => log(JSON.stringify((await getresources())[0]) + '\\n');
    await show();
    while ((await getresources())[0].cpu !== 0.5) await sleep(0.01);
    await show();
  `);
  await yard.logs(program, '\n');
  const next = restrict({
    cpu: '0.5',
    memory: '14000000',
    diskused: '70000',
    fileread: '11',
    filewrite: '12',
    lograte: '30000',
    random: '13',
    events: '7',
    filesopened: '3',
    insockets: '4',
    outsockets: '5',
    netsend: '14',
    netrecv: '15',
    loopsend: '16',
    looprecv: '17',
    messport: '12345',
  });
  await program.change(next);
  t.same(program.status().restrictions, next);
  const { reason } = await program.outcome;
  t.equal(reason, 'exited');
  const [before, after] = yard
    .logged(program)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.match(before, { cpu: 2, memory: 15_000_000, filesopened: 10 });
  for (const [name, limit] of Object.entries(next.limits)) t.equal(after[name], limit, name);
});

t.test('a program may have as many threads as its limit says now, in each language', async (t) => {
  const sources = {
    javascript: `
      const more = () => { try { createthread(() => sleep(60)); return 'ok'; } catch (e) { return e.name; } };
      const events = async () => (await getresources()).map((each) => each.events).slice(0, 2).join();
      log(more(), more(), await events(), '\\n');
      while ((await getresources())[0].events !== 4) await sleep(0.01);
      log(more(), more(), more(), await events(), '\\n');
      while ((await getresources())[0].events !== 3) await sleep(0.01);
      log(more(), await events());
      exitall();`,
    python: `
def wait():
  sleep(60)
def more():
  try:
    createthread(wait)
    return 'ok'
  except ResourceExhaustedError:
    return 'ResourceExhaustedError'
def events():
  limits, usage, stops = getresources()
  return str(limits['events']) + ',' + str(usage['events'])
log(more(), more(), events(), '\\n')
while getresources()[0]['events'] != 4:
  sleep(0.01)
log(more(), more(), more(), events(), '\\n')
while getresources()[0]['events'] != 3:
  sleep(0.01)
log(more(), events())
exitall()
`,
  } as const;
  for (const [language, source] of Object.entries(sources)) {
    const program = await yard.start(source, {
      language: language as keyof typeof sources,
      restrictions: narrowRestrictions.replace(/events .*/, 'events 2'),
    });
    await yard.logs(program, '\n');
    await program.change(restrict({ events: '4' }));
    await yard.logs(program, '4,4');
    await program.change(restrict({ events: '3' }));
    t.match(await program.outcome, { reason: 'exitall' });
    const full = 'ResourceExhaustedError';
    t.equal(yard.logged(program), `ok ${full} 2,2 \nok ok ${full} 4,4 \n${full} 3,4`, language);
  }
});

t.test('a lower cpu limit holds from then on, a higher rate frees who waits', async (t) => {
  const busy = await yard.start('for (;;);', { restrictions: `${narrowRestrictions}`.replace('cpu 2', 'cpu 0.5') });
  const waiting = await yard.start(`await log('x'.repeat(2000)); await log('done');`, {
    restrictions: narrowRestrictions.replace('lograte 1000000000', 'lograte 1'),
  });
  await yard.running([busy, waiting]);
  await busy.change(restrict({ cpu: '0.05' }));
  const since = performance.now();
  const kernel = () => bandwidthOf(busy.status().pid!).used;
  const before = kernel();
  await waiting.change(restrict({ lograte: '1000000' }));
  t.equal((await waiting.outcome).reason, 'exited', 'it would have waited for 2000 seconds');
  const look = () => ({ used: kernel() - before, seconds: (performance.now() - since) / 1000 });
  // At 0.05, but for the quota of the period in which the limit changed, and a tick.
  const { used, seconds, most } = await settledUse(look, { share: 0.05 * 1.05, slack: 0.03, atLeast: 1 });
  busy.stop();
  await busy.outcome;
  t.ok(used <= most, `${used} s in ${seconds} s`);
});

t.test('what the operating system refuses changes nothing', async (t) => {
  const program = await yard.start(`
    const held = new Uint8Array(6_000_000).fill(1);
    log('full\\n');
    await sleep(600);
    log(held.length);
  `);
  await yard.logs(program, 'full');
  const before = program.status().restrictions;
  const tooLittle = restrict({ memory: '3000000', lograte: '77', diskused: '0', cpu: '0.0001' });
  await t.rejects(program.change(tooLittle), { code: 'LIMIT_REFUSED', message: /smallest share/ });
  await t.rejects(program.change(restrict({ memory: '900000000000000' })), { message: /not enough memory/ });
  t.equal(program.status().restrictions, before);
  t.equal(program.state, 'running');
  program.stop();
  const { enforcement } = await program.outcome;
  t.match(
    enforcement.find(({ resource }) => resource === 'cpu'),
    { state: 'enforced', accuracy: /about 0 ms/ },
    'cpu as before',
  );
});

/** Holds so many MB of objects or buffers, in steps, and says each. */
const holder = `
  const held = [];
  const mb = { objects: () => Array.from({ length: 12500 }, (_, i) => [i, i, i, i]), buffers: () => new Uint8Array(1e6).fill(1) };
  const hold = (kind, count) => {
    while (held.length < count) held.push(mb[kind]());
  };
`;

t.test('memory that is raised while a program runs is there for it, whatever it does', async (t) => {
  const programs = {
    'objects, by a program that asks': `${holder}
      hold('objects', 3); log('small;');
      while ((await getresources())[0].memory < 6e7) await sleep(0.01);
      hold('objects', 30); log('large'); await sleep(600);`,
    'buffers, by a program that asks': `${holder}
      hold('buffers', 3); log('small;');
      while ((await getresources())[0].memory < 6e7) await sleep(0.01);
      hold('buffers', 35); log('large'); await sleep(600);`,
    // It reads nothing that the supervisor sends.
    'objects, by a program that never waits': `${holder}
      hold('objects', 3); log('small;');
      for (const end = getruntime() + 1.5; getruntime() < end; ) Math.sqrt(2);
      hold('objects', 30); log('large'); await sleep(600);`,
  };
  for (const [kind, source] of Object.entries(programs)) {
    const program = await yard.start(source);
    await yard.logs(program, 'small');
    await program.change(restrict({ memory: '60000000' }));
    await yard.logs(program, 'large');
    program.stop();
    const { reason, usage } = await program.outcome;
    t.equal(reason, 'stopped', kind);
    // The kernel's own count: what `status` says is from the poller's last look, which may be from before the raise.
    const { memoryPeakBytes: peak } = usage;
    t.ok(peak > 30e6 && peak <= 60e6, `${kind}: peak ${peak}`);
  }
});

t.test('raised memory is a limit like any other', async (t) => {
  for (const kind of ['objects', 'buffers']) {
    const program = await yard.start(
      `${holder} hold('${kind}', 3); log('small'); await sleep(0.3); hold('${kind}', 1000);`,
    );
    await yard.logs(program, 'small');
    await program.change(restrict({ memory: '60000000' }));
    const { reason, limit, usage } = await program.outcome;
    t.match({ reason, limit }, { reason: 'limit', limit: { resource: 'memory', allowed: 60_000_000 } }, kind);
    t.ok(
      usage.memoryPeakBytes > 40e6 && usage.memoryPeakBytes <= 60e6 * 1.02,
      `${kind}: peak ${usage.memoryPeakBytes}`,
    );
  }
});

t.test('from one class of memory to the next and back', async (t) => {
  const program = await yard.start(`${holder}
    hold('objects', 3); log('small;');
    while ((await getresources())[0].memory < 3e8) await sleep(0.01);
    hold('objects', 120); log('large;');
    held.length = 3;
    while ((await getresources())[0].memory > 3e7) await sleep(0.01);
    log('again'); hold('objects', 5); log('done');
  `);
  await yard.logs(program, 'small');
  await program.change(restrict({ memory: '300000000' }));
  await yard.logs(program, 'large');
  await program.change(restrict({ memory: '20000000' }));
  const { reason, usage, message } = await program.outcome;
  t.equal(reason, 'exited', `the engine gave the garbage back: ${message}`);
  t.ok(usage.memoryPeakBytes > 100e6, `peak ${usage.memoryPeakBytes}`);
});

t.test('garbage is given back at once when the limit falls', async (t) => {
  const sources = {
    'a program that waits': `${holder} hold('objects', 28); held.length = 0; log('full'); await sleep(600);`,
    'a program that never waits': `${holder} hold('objects', 28); held.length = 0; log('full'); for (;;) mb.objects();`,
  };
  for (const [kind, source] of Object.entries(sources)) {
    const program = await yard.start(source, { restrictions: narrowRestrictions.replace('15000000', '60000000') });
    await yard.logs(program, 'full');
    const mapped = () =>
      Number(/^Max data size +(\d+)/m.exec(readFileSync(`/proc/${program.status().pid}/limits`, 'utf8'))?.[1]);
    const before = mapped();
    await program.change(restrict({ memory: '25000000' }));
    const { state } = program.status();
    // To the KiB: it is told in these.
    t.ok(
      Math.abs(before - mapped() - 2 * (60_000_000 - 25_000_000)) < 2048,
      `it may map ${mapped()} and not ${before}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    t.equal(program.state, state);
    t.equal(state, 'running', kind);
    program.stop();
    t.match(await program.outcome, { reason: 'stopped' }, kind);
  }
});

t.test('a limit below what a program keeps ends it', async (t) => {
  const program = await yard.start(`${holder} hold('buffers', 30); log('full'); await sleep(600); log(held.length);`, {
    restrictions: narrowRestrictions.replace('15000000', '60000000'),
  });
  await yard.logs(program, 'full');
  await program.change(restrict({ memory: '15000000' }));
  const { reason, limit } = await program.outcome;
  t.match({ reason, limit }, { reason: 'limit', limit: { resource: 'memory', allowed: 15_000_000 } });
  t.ok((limit?.used ?? 0) > 30e6, `${limit?.used}`);
});

t.test('disk below what is there ends the program', async (t) => {
  const program = await yard.start(
    `const f = await openfile('a', true); await f.writeat('x'.repeat(50000), 0); log('full'); await sleep(600);`,
  );
  await yard.logs(program, 'full');
  await program.change(restrict({ diskused: '10000' }));
  t.match(await program.outcome, { reason: 'limit', limit: { resource: 'diskused', allowed: 10_000, used: 54_096 } });
});

t.test('changes of one program come one after another; of one that has ended they are refused', async (t) => {
  const program = await yard.start('await sleep(600);');
  const changes = ['0.5', '0.4', '0.3'].map((cpu) => program.change(restrict({ cpu })));
  await Promise.all(changes);
  t.equal(program.status().restrictions.limits.cpu, 0.3, 'the last');
  program.stop();
  await program.outcome;
  await t.rejects(program.change(restrict()), { code: 'LIMITS', message: /has ended/ });
});
