/** The whole product where there are no zygotes: a started process for each program, limits by what is polled. */
import '../support/untapped.js';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import type { Outcome } from '../../supervisor/index.js';
import { lacks } from '../launch/support.js';
import { watchLoad } from '../support/idle.js';
import { settledUse, until } from '../support/patience.js';
import { portableOptions } from '../support/portable.js';
import { narrowRestrictions, openYard, type StartOptions, type TestYard, wideRestrictions } from '../support/yard.js';

// Other tests have programs at the same time.
process.env.TMPDIR = t.testdir();
const childDirectories = () => readdirSync(tmpdir()).filter((name) => name.startsWith('repyard-child-'));
const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

t.test('programs in processes of their own', { skip: lacks, timeout: 800_000 }, async (t) => {
  const yard: TestYard = await openYard(portableOptions());
  const outcomeOf = async (source: string, options: StartOptions = {}): Promise<Outcome> =>
    (await yard.start(source, options)).outcome;

  await t.test('each language, with its files and its clock', async (t) => {
    const javascript = `
      const file = await openfile('a.txt', true);
      await file.writeat('x'.repeat(300_000) + callargs[0], 0);
      log((await file.readat(5, 299_998)), (await file.readat(null, 0)).length);
      await file.close();
      const before = getruntime();
      await sleep(0.05);
      log(getruntime() - before >= 0.05, await listfiles());
      await removefile('a.txt');`;
    t.equal(await yard.output(javascript, { args: ['end'] }), 'xxend 300003 true ["a.txt"]');
    t.equal(await yard.output('const n: number = 1;\nlog(n satisfies number);', { language: 'typescript' }), '1');
    const python = `
def work():
  mycontext['sum'] += 2
mycontext['sum'] = 0
for n in range(5):
  createthread(work)
sleep(0.05)
f = openfile('b.txt', True)
f.writeat('abc', 0)
log(f.readat(2, 1), mycontext['sum'], len(randombytes()))
f.close()
`;
    t.equal(await yard.output(python, { language: 'python', name: 'guest.r2py' }), 'bc 10 1024');
  });

  await t.test('every way to end that the program has itself', async (t) => {
    t.match(await outcomeOf("exitall(); log('never');"), { reason: 'exitall', exitCode: 200 });
    const uncaught = await outcomeOf('const nothing = null;\nnothing.field;');
    t.match(uncaught, { reason: 'uncaught', exitCode: 6, report: /"guest\.js", line 2, in <module>/ });
    t.match(await outcomeOf("log('ran');\nprocess.exit()"), { reason: 'unsafe', exitCode: 5, report: /line 2/ });
    t.match(await outcomeOf('async function f() { throw new Error("late"); }\nf(); await sleep(1);'), {
      reason: 'uncaught',
      report: /late/,
    });
  });

  await t.test('the start is timed in order', async (t) => {
    const { timings } = await outcomeOf('log(1)');
    const { queued, forked, checked, compiled, firstInstruction, ended } = timings;
    const stages = [queued, forked, checked, compiled, firstInstruction, ended].map(Number);
    t.same(
      stages,
      [...stages].sort((a, b) => a - b),
    );
  });

  await t.test('a full heap is the memory limit, and so is memory that is seen above it', async (t) => {
    const memory = { reason: 'limit', exitCode: 98, limit: { resource: 'memory', allowed: 15_000_000 } };
    t.match(await outcomeOf('const held = []; for (;;) held.push([1, 2, 3]);'), memory);
    const slowly = 'const held = []; for (;;) { held.push(new Uint8Array(50_000).fill(1)); await sleep(0.002); }';
    t.match(await outcomeOf(slowly), memory);
    t.match(await outcomeOf('held = []\nwhile True:\n  held.append([1, 2, 3])', { language: 'python' }), memory);
  });

  await t.test(
    'a program that only thinks gets its share, and what its engine took to start is not counted',
    async (t) => {
      const load = watchLoad();
      const restrictions = narrowRestrictions.replace('cpu 2', 'cpu 0.2');
      // Before the start: nothing that it uses is older than the time that it is held against.
      const began = performance.now();
      const program = await yard.start('for (;;);', { restrictions });
      await yard.running([program]);
      const look = () => ({
        used: program.status().usage.cpuSeconds,
        seconds: (performance.now() - began) / 1000,
      });
      // 5 % and 0.1 s in advance as its enforcement line says, and the clock's ticks of 10 ms.
      const { used, seconds, most } = await settledUse(look, { share: 0.2 * 1.05, slack: 0.15, atLeast: 3 });
      program.stop();
      const { reason, usage } = await program.outcome;
      t.equal(reason, 'stopped');
      t.ok(used <= most, `${used} s in ${seconds} s`);
      const busy = load();
      if (busy !== undefined) return t.comment(busy);
      t.ok(usage.throttledSeconds > 0.2, `stopped for ${usage.throttledSeconds} s`);
    },
  );

  await t.test('many requests that nobody waits for lock nothing up', async (t) => {
    const source = `
      const file = await openfile('big', true);
      await file.writeat('y'.repeat(900_000), 0);
      const reads = [];
      for (let n = 0; n < 40; n++) reads.push(file.readat(800_000, n));
      let bytes = 0;
      for (const each of await Promise.all(reads)) bytes += each.length;
      log(bytes);`;
    t.equal(await yard.output(source, { restrictions: wideRestrictions }), String(40 * 800_000));
    const quick = 'for (let n = 0; n < 5000; n++) log(n % 10); await sleep(0);';
    t.equal((await yard.output(quick, { restrictions: wideRestrictions })).length >= 5000, true);
  });

  await t.test('loopback, by both languages', async (t) => {
    const restrictions = `${wideRestrictions}resource insockets 5\nresource outsockets 5\nresource loopsend 1000000\nresource looprecv 1000000\nresource netsend 1000000\nresource netrecv 1000000\nresource messport 12345\nresource connport 12345\nresource connport 12346\n`;
    const javascript = `
      const server = listenforconnection('127.0.0.1', 12345);
      const ours = await openconnection('127.0.0.1', 12345, '127.0.0.1', 12346, 5);
      let theirs;
      while (theirs === undefined) {
        try { [, , theirs] = server.getconnection(); } catch (error) { await sleep(0.01); }
      }
      await ours.send('hello');
      let text = '';
      while (text.length < 5) { try { text += await theirs.recv(5); } catch (error) { await sleep(0.01); } }
      log(text);`;
    const python = `
server = listenformessage('127.0.0.1', 12345)
sendmessage('127.0.0.1', 12345, 'hello', '127.0.0.1', 12345)
`;
    const outcome = await yard.start(
      javascript
        .replace('listenforconnection(', 'await listenforconnection(')
        .replace('server.get', 'await server.get'),
      { restrictions },
    );
    t.match(await outcome.outcome, { reason: 'exited' });
    t.equal(yard.logged(outcome), 'hello');
    const refused = await outcomeOf(python, { restrictions, language: 'python' });
    t.match(refused, { reason: 'uncaught', report: /cannot match destination socket name/ });
  });

  await t.test('an operator can stop it, and its process goes', async (t) => {
    const program = await yard.start('for (;;);');
    await yard.running([program]);
    const { pid } = program.status();
    program.stop();
    t.match(await program.outcome, { reason: 'stopped', exitCode: 44 });
    t.notOk(isAlive(pid!));
  });

  await t.test('the outcome says what is not enforced', async (t) => {
    const { enforcement } = await outcomeOf('log(1)');
    const states = Object.fromEntries(enforcement.map(({ resource, state }) => [resource, state]));
    t.match(states, {
      'system calls': 'not enforced',
      isolation: 'not enforced',
      cpu: 'polled',
      memory: 'polled',
      processes: 'not enforced',
      diskused: 'enforced',
    });
  });

  await yard.close();
  t.same(childDirectories(), [], 'no directory of a child is left');
});

t.test('refused, with every reason, unless operator or policy accept what is missing', { skip: lacks }, async (t) => {
  const strict = await openYard({ ...portableOptions(), allowDegraded: false });
  t.teardown(() => strict.close());
  t.match(await (await strict.start('log(1)')).outcome, {
    reason: 'refused',
    exitCode: 3,
    message: /system calls is not enforced .*isolation is not enforced .*cpu is polled .*--allow-degraded/s,
  });
  const policy = JSON.stringify({
    resources: { cpu: 1, memory: 15_000_000, diskused: 0, events: 1, lograte: 1000 },
    allowDegraded: true,
  });
  t.match(await (await strict.start('log(1)', { restrictions: policy })).outcome, { reason: 'exited' });
});

t.test('a supervisor that is killed leaves no process: idle, busy or stopped', { skip: lacks }, async (t) => {
  const script = fileURLToPath(new URL('./doomed-supervisor.js', import.meta.url));
  // A killed supervisor can't remove its programs' directories.
  const env = { TMPDIR: t.testdir() };
  const doomed = execa(process.execPath, [script], { reject: false, stderr: 'inherit', env });
  const [line] = (await once(doomed.stdout, 'data')) as [Buffer];
  const { pids } = JSON.parse(line.toString()) as { pids: number[] };
  t.ok(pids.length === 3 && pids.every(isAlive), 'three guests are running');
  doomed.kill('SIGKILL');
  await doomed;
  t.ok(await until(() => !pids.some(isAlive)), 'none is left');
});

t.test(
  'an engine that does not start, or says something else, is a refusal that says why',
  { skip: lacks },
  async (t) => {
    for (const [engine, why] of [
      ['/nonexistent/node', /ENOENT/],
      ['/bin/false', /could not start: exit code 1/],
      ['/bin/echo', /another protocol version|exit code 0/],
    ] as const) {
      const yard = await openYard({ ...portableOptions(), launcher: { engine } });
      t.match(await (await yard.start('log(1)')).outcome, { reason: 'refused', message: why }, engine);
      await yard.close();
    }
    const silent = await openYard({ ...portableOptions(), launcher: { engine: '/bin/cat', startTimeoutMs: 300 } });
    t.match(await (await silent.start('log(1)')).outcome, { reason: 'refused', message: /could not start/ });
    await silent.close();
    t.same(childDirectories(), []);
  },
);
