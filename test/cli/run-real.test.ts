import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { execa } from 'execa';
import t from 'tap';
import type { Outcome } from '../../supervisor/outcome.js';
import { command, limits, repyard, unable } from './repyard.js';

const skip = unable();

function outcome(directory: string): Outcome {
  return JSON.parse(readFileSync(join(directory, 'outcome.json'), 'utf8'));
}

const programs: readonly (readonly [
  title: string,
  source: string,
  code: number,
  out: RegExp,
  err: RegExp,
  reason: string,
])[] = [
  ['end', 'await log("hello", callargs.join("+"), "\\n");', 0, /^hello a\+b \n$/, /^$/, 'exited'],
  ['exitall', 'await log("a"); exitall();', 200, /^a$/, /^$/, 'exitall'],
  ['uncaught', 'await log("a"); null.x;', 6, /^a$/, /TypeError/, 'uncaught'],
  ['unsafe', '\nprocess.exit();', 5, /^Specified repy program is unsafe!\n.*'process' in line 2/, /^$/, 'unsafe'],
  [
    'memory',
    'const k = []; for (;;) k.push(new Uint8Array(65536).fill(1));',
    98,
    /^$/,
    /^Memory use '\d+' over limit '15000000'/,
    'limit',
  ],
];

for (const [title, source, code, out, err, reason] of programs) {
  t.test(`a real program: ${title}`, { skip }, async (t) => {
    const directory = t.testdir({ limits, 'p.js': source });
    const result = await repyard(directory, 'run', '--outcome', 'outcome.json', 'limits', 'p.js', 'a', 'b');
    t.equal(result.code, code);
    t.match(result.out, out);
    t.match(result.err, err);
    t.match(outcome(directory), { program: 'p.js', reason, exitCode: code });
  });
}

t.test('arguments and names are bytes', { skip }, async (t) => {
  const name = 'a name\nof two lines.r2py';
  const directory = t.testdir({ limits, [name]: 'log(repr(callargs))', 'p.js': 'log(callargs.join(""))' });
  const shell = (program: string) =>
    execa(
      'sh',
      ['-c', `exec "$0" "$@" "$(printf '\\377\\303')" '' \u00e9`, process.execPath, command, 'run', 'limits', program],
      {
        cwd: directory,
      },
    );
  t.equal((await shell(name)).stdout, String.raw`['\xff\xc3', '', '\xc3\xa9']`);
  t.equal((await shell('p.js')).stdout, '\ufffd\ufffd\u00e9', 'text has nothing else for what is no UTF-8');
});

t.test('files are in --cwd, and stay there', { skip }, async (t) => {
  const directory = t.testdir({
    home: { limits, 'p.js': 'const f = await openfile("made", true); await f.writeat("x", 0);' },
  });
  const { code } = await repyard(directory, 'run', '--cwd', 'home', 'limits', 'p.js');
  t.equal(code, 0);
  t.equal(readFileSync(join(directory, 'home', 'made'), 'utf8'), 'x');
});

const endless = 'await log("ready\\n"); for (;;) {}';

t.test('SIGTERM stops the program: outcome stopped, then exit status 44', { skip }, async (t) => {
  const directory = t.testdir({ limits, 'p.js': endless });
  const args = [command, 'run', '--outcome', 'outcome.json', 'limits', 'p.js'];
  const running = execa(process.execPath, args, { cwd: directory, reject: false });
  running.stdout.once('data', () => running.kill('SIGTERM'));
  t.equal((await running).exitCode, 44);
  t.match(outcome(directory), { reason: 'stopped', exitCode: 44 });
});

t.test(
  'an interrupt from the keyboard reaches all processes of the terminal, and still the program is stopped',
  { skip },
  async (t) => {
    const directory = t.testdir({ limits, 'p.js': endless });
    const args = [command, 'run', '--outcome', 'outcome.json', 'limits', 'p.js'];
    const terminal = spawn(process.execPath, args, { cwd: directory, cols: 80, rows: 24 });
    terminal.onData((data) => data.includes('ready') && terminal.write('\u0003'));
    const code = await new Promise((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    t.equal(code, 44);
    t.match(outcome(directory), { reason: 'stopped' });
  },
);

t.test('a reader that closes the output stops the program', { skip }, async (t) => {
  const directory = t.testdir({ limits, 'p.js': 'for (;;) await log("y\\n".repeat(1000));' });
  const args = [command, 'run', '--outcome', 'outcome.json', 'limits', 'p.js'];
  const running = execa(process.execPath, args, { cwd: directory, reject: false, buffer: false });
  running.stdout.once('data', () => running.stdout.destroy());
  t.equal((await running).exitCode, 44);
  t.match(outcome(directory), { reason: 'stopped' });
});
