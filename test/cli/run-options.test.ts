import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commandLine } from '../../supervisor/cli/command-line.js';
import { StatusFiles, statusOf } from '../../supervisor/cli/status-files.js';
import { parseStopFile } from '../../supervisor/cli/stop-file.js';
import { until } from '../support/patience.js';
import { FakeHost, type Script } from './fake-host.js';
import { surroundings, type Tried } from './streams.js';

const limits = 'resource cpu 1\nresource memory 15000000\nresource diskused 1000\nresource events 1\n';
const exited: Script = { end: { reason: 'exited' } };

/** Runs `repyard run --cwd DIRECTORY OPTIONS limits p.js` with a fake supervisor. */
async function ran(directory: string, script: Script, options: string[], act?: (tried: Tried) => void) {
  writeFileSync(join(directory, 'limits'), limits);
  writeFileSync(join(directory, 'p.js'), '');
  const host = new FakeHost({ 'p.js': script });
  const tried = surroundings(host);
  if (act !== undefined) void host.running().then(() => act(tried));
  const code = await commandLine(['run', '--cwd', directory, ...options, 'limits', 'p.js'], tried);
  return { code, out: tried.out.text, err: tried.err.text, host };
}

t.test('--ip, --iface and --nootherips become the network policy', async (t) => {
  const directory = t.testdir();
  const words = ['--ip', '10.0.0.1', '--iface=eth0', '--nootherips', '--ip', '10.0.0.2'];
  const { code, host } = await ran(directory, exited, words);
  t.equal(code, 0);
  t.same(host.started[0]?.network, { addresses: ['10.0.0.1', '10.0.0.2'], interfaces: ['eth0'], onlyListed: true });
  t.equal((await ran(directory, exited, [])).host.started[0]?.network, undefined);
});

// [content, code, message], as RepyV2's monitor reads them.
const contents: readonly (readonly [string, number, string])[] = [
  ['', 44, ''],
  ['44;bye', 44, 'bye'],
  ['3;bye three', 3, 'bye three'],
  ['7;', 7, ''],
  [' +7\n;a;b\n', 7, 'a;b\n'],
  ['56;no', 44, ''],
  ['garbage', 44, ''],
  ['x;y', 44, ''],
  ['0x10;y', 44, ''],
  [`${'9'.repeat(30)};y`, 44, ''],
];
for (const [text, code, message] of contents) {
  t.test(`stop file '${text.slice(0, 20)}'`, async (t) => t.same(parseStopFile(text), { code, message }));
}

t.test('a stop file stops the program, with its code and message', async (t) => {
  const directory = t.testdir();
  const { code, out, err } = await ran(directory, { logs: 'tick\n' }, ['--stop', 'sf', '--status', 'a-b'], () =>
    writeFileSync(join(directory, 'sf'), '3;bye three'),
  );
  t.same([code, out, err], [3, 'tick\nbye three\n', '']);
  t.match(statusFiles(directory), [/^a-b-Terminated-/]);
});

t.test('code 44 is Stopped, also of a file that is filled a moment later', async (t) => {
  const directory = t.testdir();
  const { code, out } = await ran(directory, {}, ['--stop', 'sf', '--status', 'st'], () => {
    writeFileSync(join(directory, 'sf'), '');
    setTimeout(() => writeFileSync(join(directory, 'sf'), '44;late'), 20);
  });
  t.same([code, out], [44, 'late\n']);
  t.match(statusFiles(directory), [/^st-Stopped-/]);
});

t.test('a stop file that is there already', async (t) => {
  const directory = t.testdir({ sf: '' });
  const { code, err, host } = await ran(directory, exited, ['--stop', 'sf', '--status', 'st']);
  t.equal(code, 3);
  t.match(err, /\nException \(with type 'exceptions\.Exception'\): Stop file already exists! File:sf\n---\n$/);
  t.same([host.started, statusFiles(directory)], [[], []]);
});

t.test('the status files of one prefix, and no others, are replaced', async (t) => {
  const directory = t.testdir({
    'st-Started-1.5': '',
    'st-Terminated-1795385790.1': '',
    'st-x-Started-1.5': '',
    'st-note': '',
    'st-Started-x': '',
  });
  const { code } = await ran(directory, exited, ['--status', 'st']);
  t.equal(code, 0);
  const left = statusFiles(directory);
  t.match(left, ['st-Started-x', /^st-Terminated-\d{10}\.\d{1,2}$/, 'st-note', 'st-x-Started-1.5']);
  t.equal(readFileSync(join(directory, left[1]!), 'utf8'), '');
});

t.test('a running program has one status file, which is renewed', async (t) => {
  const directory = t.testdir();
  const warnings: string[] = [];
  const status = await StatusFiles.open(join(directory, 'st'), (message) => warnings.push(message));
  const first = statusFiles(directory);
  t.match(first, [/^st-Started-/]);
  // While it is renewed there are two, or none.
  t.ok(await until(() => statusFiles(directory).length === 1 && statusFiles(directory)[0] !== first[0]));
  t.match(statusFiles(directory), [/^st-Started-/]);
  await status.close('Terminated');
  t.match(statusFiles(directory), [/^st-Terminated-/]);
  t.same(warnings, []);
});

t.test('which status an end has', async (t) => {
  t.equal(statusOf({ reason: 'stopped', exitCode: 44 }), 'Stopped');
  t.equal(statusOf({ reason: 'stopped', exitCode: 44 }, 300), 'Terminated');
  t.equal(statusOf({ reason: 'exited', exitCode: 44 }), 'Terminated');
});

t.test('a refused program has a status; one without a directory has none', async (t) => {
  const directory = t.testdir({ sub: {} });
  const tried = surroundings(new FakeHost({}));
  t.equal(await commandLine(['run', '--cwd', directory, '--status', 'st', 'none', 'p.js'], tried), 3);
  t.match(statusFiles(directory), [/^st-Terminated-/, 'sub']);
  t.equal((await ran(join(directory, 'sub'), exited, ['--status', 'none/st'])).code, 3);
});

t.test('a status that can no longer be written is a warning', async (t) => {
  const directory = t.testdir({ sub: {} });
  const warnings: string[] = [];
  const status = await StatusFiles.open(join(directory, 'sub', 'st'), (message) => warnings.push(message));
  const [name] = statusFiles(join(directory, 'sub'));
  t.ok(name);
  rmSync(join(directory, 'sub'), { recursive: true });
  await status.close('Terminated');
  t.match(warnings, [/^the status can't be written: ENOENT/]);
});

t.test('--servicelog keeps internal errors, and only those', async (t) => {
  const before = process.cwd();
  const directory = t.testdir({ home: {} });
  process.chdir(directory);
  t.teardown(() => process.chdir(before));
  const home = join(directory, 'home');
  const uncaught: Script = { end: { reason: 'uncaught', report: 'oh\n' } };
  t.equal((await ran(home, uncaught, ['--servicelog'])).code, 6);
  t.equal(readFileSync(join(directory, 'internalerror.old'), 'utf8'), '');
  const crashed: Script = { end: { reason: 'crashed', message: 'killed by\nseccomp', exitCode: 70 } };
  t.equal((await ran(home, crashed, ['--servicelog'])).code, 70);
  const line = /^\d{4}-\d\d-\d\dT[\d:.]+Z \d+ p\.js: crashed: killed by<U\+000A>seccomp\n$/;
  t.match(readFileSync(join(directory, 'internalerror.old'), 'utf8'), line);
  t.notOk(existsSync(join(home, 'internalerror.old')));
});

t.test('no link is followed where the program could have planted one', async (t) => {
  const directory = t.testdir({ victim: 'keep' });
  mkdirSync(join(directory, 'd'));
  symlinkSync('../victim', join(directory, 'd', 'lg.old'));
  const { code, err } = await ran(join(directory, 'd'), exited, ['--logfile', join(directory, 'd', 'lg')]);
  t.equal(code, 3);
  t.match(err, /exceptions\.IOError'\): \[Errno 40\] Too many levels of symbolic links/);
  t.equal(readFileSync(join(directory, 'victim'), 'utf8'), 'keep');
});

function statusFiles(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.includes('-') || name === 'sub')
    .sort();
}

t.test('--version shows the version', async (t) => {
  const tried = surroundings(new FakeHost({}));
  t.equal(await commandLine(['--version'], tried), 0);
  t.match(tried.out.text, /^\d+\.\d+\.\d+\n$/);
});
