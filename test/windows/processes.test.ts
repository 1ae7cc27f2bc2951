/** Processes in jobs, on a real Windows API: what they get, and how they end. */
import '../support/untapped.js';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { leastOf } from '../support/patience.js';
import { isAlive, isInJobOf, pause, startInJob, systemRoot, textOf, untilGone } from './host.js';

/** Says its own pid, then waits for ever. */
const waits = 'console.log(process.pid); setInterval(() => {}, 1000);';

t.test('a process gets its arguments, its environment and its pipes, and nothing else', async (t) => {
  const args = ['plain', '', 'two words', 'quo"te', 'back\\slash\\', '\\\\"', 'größe €'];
  const { job, child } = await startInJob(
    `const { readFileSync } = require('node:fs');
     const { argv, env, cwd } = process;
     console.log(JSON.stringify({ args: argv.slice(1), given: env.GIVEN, path: env.PATH, cwd: cwd(), input: readFileSync(0, 'utf8') }));
     console.error('a complaint');
     process.exitCode = 23;`,
    args,
  );
  child.input.end('asked: ö');
  t.match(JSON.parse(await textOf(child.output)), { args, given: 'yes', cwd: systemRoot, input: 'asked: ö' });
  t.same(await child.ended, { exitCode: 23, signal: null });
  job.close();
});

t.test('its output is read to the end after it has gone', async (t) => {
  const { job, child } = await startInJob(`process.stdout.write('x'.repeat(300_000)); process.exitCode = 0;`);
  t.equal((await textOf(child.output)).length, 300_000);
  t.equal((await child.ended).exitCode, 0);
  job.close();
});

t.test('killing ends what it started, too', async (t) => {
  const { job, child } = await startInJob(
    `const { spawn } = require('node:child_process');
     const grandchild = spawn(process.execPath, ['-e', ${JSON.stringify(waits)}], { stdio: ['ignore', 'inherit', 'ignore'] });
     grandchild.on('error', (error) => console.log(error.code));
     setInterval(() => {}, 1000);`,
  );
  const first = await firstLine(child.output);
  const pid = Number(first);
  if (Number.isNaN(pid)) t.match(first, /EPERM|EACCES|UNKNOWN/, 'Windows lets it start nothing');
  else t.ok(isAlive(pid), 'the grandchild runs');
  child.signal('SIGKILL');
  t.same(await child.ended, { exitCode: null, signal: 'SIGKILL' });
  if (!Number.isNaN(pid)) t.ok(await untilGone(pid), 'the grandchild has gone');
  t.notOk(isAlive(child.pid));
  job.close();
});

t.test('closing the job ends what is in it', async (t) => {
  const { job, child } = await startInJob(waits);
  t.equal(Number(await firstLine(child.output)), child.pid);
  t.ok(isInJobOf(job, child.pid));
  job.close();
  t.equal((await child.ended).signal, null);
  t.ok(await untilGone(child.pid));
});

t.test('programs die with a supervisor that is killed', async (t) => {
  const doomed = spawn(process.execPath, [fileURLToPath(new URL('./doomed.js', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = Number(await firstLine(doomed.stdout));
  t.ok(isAlive(pid), 'the program runs');
  doomed.kill('SIGKILL');
  t.ok(await untilGone(pid), 'the program has gone');
});

t.test('a suspended process stands still', async (t) => {
  const { job, child } = await startInJob(`setInterval(() => console.log('tick'), 20)`);
  let ticks = 0;
  child.output.on('data', () => {
    ticks += 1;
  });
  while (ticks < 3) await pause(50);
  child.signal('SIGSTOP');
  const ticksOf = async () => {
    const before = ticks;
    await pause(500);
    return ticks - before;
  };
  // What it had said before is read meanwhile.
  t.equal(await leastOf(0, ticksOf), 0, 'no tick');
  child.signal('SIGCONT');
  const before = ticks;
  while (ticks < before + 3) await pause(50);
  t.pass('it goes on');
  child.signal('SIGSTOP');
  child.signal('SIGKILL');
  t.equal((await child.ended).signal, 'SIGKILL', 'also while it is suspended');
  job.close();
});

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('no line');
}
