/** The commands on Windows, as an operator runs them. */
import '../support/untapped.js';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { repyard } from '../cli/repyard.js';

const samples = fileURLToPath(new URL('../../../restrictions/samples/', import.meta.url));
const repyv2 = join(samples, 'default.restrictions');
const directory = mkdtempSync(join(tmpdir(), 'repyard-commands-'));
t.teardown(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return name;
}

const guests = {
  'hello.js': `const f = await openfile('js.txt', true); await f.writeat('hello, ' + callargs[0], 0); log(await f.readat(99, 0) + '\\n'); await f.close();`,
  'hello.ts': `const f: unknown = null; const file = await openfile('ts.txt', true); await file.writeat(\`hello, \${callargs[0]}\`, 0); log(await file.readat(99, 0) + '\\n'); await file.close();`,
  'hello.r2py': `f = openfile("py.txt", True)\nf.writeat("hello, " + callargs[0], 0)\nlog(f.readat(99, 0) + "\\n")\nf.close()\n`,
};

for (const [name, source] of Object.entries(guests)) {
  t.test(`repyard run ${name}, with RepyV2's restrictions file`, async (t) => {
    write(name, source);
    const outcome = `${name}.json`;
    const { code, out, err } = await repyard(
      directory,
      'run',
      '--allow-degraded',
      '--outcome',
      outcome,
      repyv2,
      name,
      'world',
    );
    t.equal(code, 0, err);
    t.equal(out, 'hello, world\n');
    t.match(JSON.parse(readFileSync(join(directory, outcome), 'utf8')), { reason: 'exited', exitCode: 0 });
  });
}

t.test('without --allow-degraded nothing runs, and it says why', async (t) => {
  const { code, out, err } = await repyard(directory, 'run', repyv2, 'hello.js', 'world');
  t.equal(code, 3);
  t.match(out + err, /system calls is not enforced[\s\S]*isolation is not enforced[\s\S]*--allow-degraded/);
  t.notMatch(out, /hello, world/);
});

t.test('repyard check', async (t) => {
  write('unsafe.r2py', 'import os\n');
  const [good, bad] = await Promise.all(['hello.js', 'unsafe.r2py'].map((name) => repyard(directory, 'check', name)));
  t.same([good?.code, bad?.code], [0, 5], `${good?.err}${bad?.err}`);
  t.match(bad?.out, /unsafe|Unsafe/);
});

t.test('repyard up: a small yard, each program as expected', async (t) => {
  write('wrong.r2py', 'x = 1\nx.nothing\n');
  write('eval.js', 'eval("1");\n');
  write('spin.js', 'for (;;);');
  write('hog.js', 'const held = []; for (;;) held.push(new Array(1000).fill(0));');
  const resources = {
    cpu: 0.2,
    memory: 15_000_000,
    diskused: 100_000,
    events: 2,
    lograte: 10_000,
    fileread: 100_000,
    filewrite: 100_000,
    filesopened: 2,
  };
  const restrictions = { resources, allowDegraded: true };
  const programs = [
    { name: 'hello', program: 'hello.js', args: ['yard'], restrictions },
    { name: 'python', program: 'wrong.r2py', restrictions, expected: { reason: 'uncaught' } },
    { name: 'hog', program: 'hog.js', restrictions, expected: { reason: 'limit', limit: 'memory' } },
    { name: 'spin', program: 'spin.js', restrictions, stopAfter: 3, expected: { reason: 'stopped' } },
    { name: 'eval', program: 'eval.js', restrictions, expected: { reason: 'unsafe' } },
  ];
  write('yard.json', JSON.stringify({ programs }));
  const { code, out, err } = await repyard(directory, 'up', 'yard.json');
  t.equal(code, 0, out + err);
  t.match(out, /5 programs ended, each as expected/);
});

t.test('repyard doctor tells of the job, the token, and that there is no filter', async (t) => {
  const { code, out, err } = await repyard(directory, 'doctor', '--json', '--allow-degraded');
  const { host, layers } = JSON.parse(out) as {
    host: { system: string };
    layers: { name: string; state: string; what: string }[];
  };
  t.equal(host.system, 'Windows_NT', err);
  const seen = new Map(layers.map(({ name, state, what }) => [name, `${state}: ${what}`]));
  t.match(seen.get('system calls'), /^weaker: none: Windows has no filter/);
  t.match(seen.get('isolation'), /^weaker/);
  t.match(seen.get("the engine's files, processes and network"), /^enforced/);
  for (const name of ['cpu', 'memory', 'processes', 'user interface'])
    t.match(seen.get(name), /job object|NtSuspend|TerminateJob/, name);
  // The engine that stands in for the pinned one is found out.
  t.match(seen.get('engine'), /^missing: .* says that it is v22/);
  t.equal(code, 3);
});
