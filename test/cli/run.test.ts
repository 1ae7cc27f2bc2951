import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commandLine } from '../../supervisor/cli/command-line.js';
import type { Outcome } from '../../supervisor/outcome.js';
import { FakeHost, type Script } from './fake-host.js';
import { surroundings, type Tried } from './streams.js';

type Test = Pick<typeof t, 'testdir'>;

const limits = 'resource cpu 1\nresource memory 15000000\nresource diskused 1000\nresource events 1\n';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly directory: string;
  readonly host: FakeHost;
  readonly outcome: () => Outcome;
}

/** Runs `repyard run OPTIONS limits p.js ARGS` against a fake supervisor in which p.js follows the script. */
async function ran(
  t: Test,
  script: Script,
  words: (directory: string) => string[],
  act?: (tried: Tried) => void,
): Promise<Ran> {
  const directory = t.testdir({
    limits,
    broken: 'resorce cpu 1\n',
    'p.js': 'log(1)',
    'p.txt': '',
    sub: { 'p.js': '' },
  });
  const host = new FakeHost({ 'p.js': script });
  const tried = surroundings(host);
  if (act !== undefined) void host.running().then(() => act(tried));
  const code = await commandLine(['run', ...words(directory)], tried);
  const outcome = () => JSON.parse(readFileSync(join(directory, 'outcome.json'), 'utf8'));
  return { code, out: tried.out.text, err: tried.err.text, directory, host, outcome };
}

const here = (directory: string) => ['--cwd', directory, '--outcome', join(directory, 'outcome.json')];
const plain = (directory: string) => [...here(directory), 'limits', 'p.js'];

t.test('a program that ends: its log on standard output, exit status 0', async (t) => {
  const { code, out, err, host, directory, outcome } = await ran(
    t,
    { logs: 'hello\n', end: { reason: 'exited' } },
    (directory) => [...plain(directory), 'a', '--logfile', 'x', '--', '-h'],
  );
  t.same([code, out, err], [0, 'hello\n', '']);
  t.match(host.started, [
    { name: 'p.js', language: 'javascript', args: ['a', '--logfile', 'x', '--', '-h'], directory },
  ]);
  t.equal(host.closed, true);
  t.match(outcome(), { program: 'p.js', reason: 'exited', exitCode: 0 });
});

const endings: readonly (readonly [title: string, end: Script['end'], code: number, out: string, err: string])[] = [
  ['exitall', { reason: 'exitall' }, 200, '', ''],
  [
    'uncaught',
    { reason: 'uncaught', report: '---\nUncaught exception!\n---\n' },
    6,
    '',
    '---\nUncaught exception!\n---\n',
  ],
  ['uncaught in a thread', { reason: 'uncaught', exitCode: 30, report: 'x' }, 30, '', 'x\n'],
  [
    'unsafe',
    { reason: 'unsafe', report: "Unsafe call 'Import' in line 1" },
    5,
    "Specified repy program is unsafe!\nStatic-code analysis failed with error: Unsafe call 'Import' in line 1\n",
    '',
  ],
  [
    'memory',
    { reason: 'limit', limit: { resource: 'memory', allowed: 1000000, used: 12312576 } },
    98,
    '',
    "Memory use '12312576' over limit '1000000'. Impolitely killing child!\n",
  ],
  [
    'disk',
    { reason: 'limit', limit: { resource: 'diskused', allowed: 1000, used: 8312 } },
    98,
    '',
    "Disk use '8312' over limit '1000'. Impolitely killing child!\n",
  ],
  [
    'another limit',
    { reason: 'limit', message: 'random: no', limit: { resource: 'random', allowed: 1, used: 2 } },
    98,
    '',
    'random: no\n',
  ],
  ['crashed', { reason: 'crashed', message: 'killed by seccomp' }, 70, '', 'repyard: crashed: killed by seccomp\n'],
  ['refused', { reason: 'refused', message: 'no cgroup' }, 3, '', 'repyard: refused: no cgroup\n'],
];

for (const [title, end, code, out, err] of endings) {
  t.test(title, async (t) => {
    const result = await ran(t, end === undefined ? {} : { end }, plain);
    t.same([result.code, result.out, result.err], [code, out, err]);
    t.match(result.outcome(), { reason: end?.reason, exitCode: code });
  });
}

t.test('an interrupt stops the program', async (t) => {
  const { code, err, outcome, host } = await ran(t, {}, plain, (tried) => tried.interrupt());
  t.equal(code, 44);
  t.equal(err, 'repyard: stopped: SIGINT\n');
  t.match(outcome(), { reason: 'stopped', exitCode: 44 });
  t.equal(host.closed, true);
});

t.test('--execinfo comes before the first word', async (t) => {
  const { out } = await ran(t, { logs: 'hello\n', end: { reason: 'exited' } }, (directory) => [
    '--execinfo',
    ...plain(directory),
    '1',
    "it's",
  ]);
  const line = '='.repeat(40);
  t.equal(out, `${line}\nRunning program: p.js\nArguments: ['1', "it's"]\n${line}\nhello\n`);
});

t.test('--logfile takes all output, and is relative to where the command was given', async (t) => {
  const { code, out, err, directory } = await ran(
    t,
    { logs: 'hello\n', end: { reason: 'uncaught', report: 'oh\n' } },
    (directory) => ['--logfile', join(directory, 'log'), '--cwd', join(directory, 'sub'), '../limits', 'p.js'],
  );
  t.same([code, out, err], [6, '', '']);
  t.equal(readFileSync(join(directory, 'log.old'), 'utf8'), 'hello\noh\n');
});

const setups: readonly (readonly [title: string, words: string[], code: number, out: RegExp, err: RegExp])[] = [
  ['no words', [], 4, /^Repy requires a resource file and the program to run!\nUsage: repyard run /, /^$/],
  ['one word', ['limits'], 4, /^Repy requires a resource file/, /^$/],
  ['help', ['--help'], 4, /--execinfo/, /^$/],
  ['unknown option', ['--bogus', 'limits', 'p.js'], 4, /^$/, /unknown option '--bogus'/],
  ['no address', ['--ip', '1.2.3', 'limits', 'p.js'], 4, /^$/, /'1\.2\.3', given with --ip, is not an address/],
];

for (const [title, words, code, out, err] of setups) {
  t.test(title, async (t) => {
    const tried = surroundings(new FakeHost({}));
    t.equal(await commandLine(['run', ...words], tried), code);
    t.match(tried.out.text, out);
    t.match(tried.err.text, err);
  });
}

const unusable: readonly (readonly [title: string, words: string[], code: number, out: RegExp, err: RegExp])[] = [
  [
    'bad restrictions',
    ['broken', 'p.js'],
    3,
    /^$/,
    /^---\nUncaught exception!\n---\nFollowing [\s\S]*\nUser traceback:\n {2}"broken", line 1\n\nException \(with class 'resourcemanipulation\.ResourceParseError'\): Line 'resorce cpu 1' not understood\.\n---\n$/,
  ],
  [
    'no restrictions',
    ['none', 'p.js'],
    3,
    /^$/,
    /Exception \(with type 'exceptions\.IOError'\): \[Errno 2\] No such file or directory: 'none'/,
  ],
  [
    'no program',
    ['limits', 'none.js'],
    4,
    /^FATAL ERROR: Unable to read the specified program file: 'none\.js'\n$/,
    /^$/,
  ],
  ['no language', ['limits', 'p.txt'], 4, /^$/, /Can't tell the language of 'p\.txt'/],
  ['no room', ['limits', 'sub/p.js'], 3, /^$/, /^repyard: refused: no room for sub\/p\.js\n$/],
];

for (const [title, words, code, out, err] of unusable) {
  t.test(`${title}: refused, and the outcome says so`, async (t) => {
    const result = await ran(t, {}, (directory) => [...here(directory), ...words]);
    t.equal(result.code, code);
    t.match(result.out, out);
    t.match(result.err, err);
    t.match(result.outcome(), { program: words[1], reason: 'refused', exitCode: code });
    t.equal(result.outcome().timings.firstInstruction, null);
  });
}

t.test('an empty value is none, as in RepyV2', async (t) => {
  const { code, err, directory } = await ran(t, { end: { reason: 'exited' } }, (directory) => [
    ...['--logfile', '', '--stop', '', '--status', ''],
    ...plain(directory),
  ]);
  t.same([code, err], [0, '']);
  t.same(readdirSync(directory).sort(), ['broken', 'limits', 'outcome.json', 'p.js', 'p.txt', 'sub']);
});

t.test('an outcome that could not be written is refused before anything runs', async (t) => {
  const directory = t.testdir({ limits, 'p.js': '', there: {} });
  for (const [file, code, told] of [
    ['', 4, /--outcome needs the name of a file/],
    [join(directory, 'there'), 3, /Is a directory/],
  ] as const) {
    const host = new FakeHost({ 'p.js': {} });
    const tried = surroundings(host);
    t.equal(await commandLine(['run', '--outcome', file, '--cwd', directory, 'limits', 'p.js'], tried), code);
    t.match(tried.err.text, told);
    t.same(host.started, []);
  }
});

t.test('a missing directory, and one for the outcome', async (t) => {
  const directory = t.testdir({ limits });
  const tried = surroundings(new FakeHost({}));
  t.equal(await commandLine(['run', '--cwd', join(directory, 'none'), 'limits', 'p.js'], tried), 3);
  t.match(tried.err.text, /exceptions\.OSError'\): \[Errno 2\] No such file or directory/);
  t.equal(await commandLine(['run', '--outcome', join(directory, 'none', 'o'), 'limits', 'p.js'], tried), 3);
});

t.test('a host that can not confine anything', async (t) => {
  const directory = t.testdir({ limits, 'p.js': '' });
  const tried = surroundings(new Error('no cgroup for memory'));
  t.equal(await commandLine(['run', '--cwd', directory, 'limits', 'p.js'], tried), 3);
  t.equal(tried.err.text, 'repyard: refused: no cgroup for memory\n');
});
