/** Each command line of probe_cli.txt, through `repyard run`. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { unable } from '../cli/repyard.js';
import { until } from '../support/patience.js';
import { codes, programs, stopFiles } from './cli-programs.js';
import { type Files, openRepy, type Ran } from './support/repy.js';
import { wide } from './support/restrictions.js';
import { fixture, Tally, withoutOwnFrames } from './support/tally.js';

interface Recorded {
  readonly name: string;
  readonly words: readonly string[];
  readonly out: string;
  readonly err: string;
  /** `NAME (SIZE)` each. */
  readonly files: string;
}

function recordings(): Recorded[] {
  const cases: Recorded[] = [];
  for (const part of fixture('probe_cli.txt')
    .split(/^#### /m)
    .slice(1)) {
    const head = /^(\S+) :: repy\.py ?(.*?) *-> rc 143\n/.exec(part)!;
    const section = (name: string): string => {
      const text = new RegExp(`^--${name}:?\n((?:  .*\n|\n)*)`, 'm').exec(part)?.[1] ?? '';
      return text.replace(/^ {2}/gm, '').replace(/\n+$/, '\n').replace(/^\n$/, '');
    };
    cases.push({
      name: head[1]!,
      words: head[2]!.split(' ').filter((word) => word !== ''),
      out: section('stdout'),
      err: section('stderr'),
      files: section('new files'),
    });
  }
  return cases;
}

/** Both sides in one form: what was printed, the new files, times and counts that no two runs share left out. */
function form(out: string, err: string, files: string): string {
  const ticks = out.replace(/^(tick\n)+/, 'tick...\n').replace(/\n*$/, '\n');
  const stamps = files.replace(/-\d+\.\d+ /g, '-TIME ');
  return `out: ${ticks}err: ${err}\nfiles: ${stamps}`;
}

/** The new files of a run, as the recording lists them. A log's size varies with the frames and ticks that are in it. */
function listed(ran: Ran, before: Files): string {
  const made = [...ran.files].filter(([name]) => !(name in before) && !name.startsWith('sub/'));
  const lines = made.map(([name, text]) => `${name} (${name.startsWith('lg.') ? 'LOG' : text.length})`);
  if (Object.keys(before).includes('sub')) lines.push('sub (4096)');
  return lines.sort().join('\n');
}

/** What has been written to the log file so far. */
async function logOf(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.startsWith('lg.'));
  return (await Promise.all(names.map((name) => readFile(join(directory, name), 'latin1').catch(() => '')))).join('');
}

const skip = unable();

t.test('probe_cli.txt', { skip }, async (t) => {
  const tally = new Tally('probe_cli', {
    noargs: 'usage text',
    help: 'usage text',
    onearg: 'usage text',
    badopt: 'usage text',
    servicelog: 'service log',
  });
  const repy = await openRepy();
  t.teardown(() => repy.close());

  for (const recorded of recordings()) {
    const { name, words } = recorded;
    const files: Files = {
      ...programs,
      'restrictions.bench1': wide(),
      ...(name === 'cwd' ? { sub: { 'h2.r2py': programs['h2.r2py']!, 'restrictions.bench1': wide() } } : {}),
      ...(name === 'stop-exists' ? { sf: '' } : {}),
    };
    const stopText = stopFiles[name];
    const ran = await repy.run(words, files, async (directory, saw) => {
      if (stopText === undefined) return;
      const ticks = async () => saw().includes('tick') || (await logOf(directory)).includes('tick');
      t.ok(await until(ticks), `${name}: it runs`);
      await writeFile(join(directory, 'sf'), stopText);
    });
    t.equal(ran.code, codes[name] ?? 0, `${name}: exit status`);
    const logged = recorded.files.replace(/(lg\.\w+) \(\d+\)/g, '$1 (LOG)').trim();
    const answer = form(ran.out, ran.err, listed(ran, name === 'stop-exists' ? { ...files, sf: {} } : files));
    const expectedFiles = name === 'stop-exists' ? '' : logged;
    tally.compare(t, name, answer, form(recorded.out, withoutOwnFrames(recorded.err), expectedFiles));
    if (name === 'logfile')
      t.match(ran.files.get('lg.old'), /^before\n---\nUncaught exception!\n[\s\S]*'int' and 'str'\n---\n$/);
    if (name === 'logfile-execinfo')
      t.match(ran.files.get('lg.old'), /^={40}\nRunning program: hello\.r2py\n[\s\S]*initialize \n$/);
    if (name === 'stop-7-nomsg') t.match(ran.files.get('lg.old'), /^(tick\n)+$/);
  }
  tally.finish(t as never);
});

t.test("what Python's compiler refuses after the check is a failure in set-up", { skip }, async (t) => {
  const repy = await openRepy();
  t.teardown(() => repy.close());
  const { code, err } = await repy.run(['r', 'p.r2py'], { r: wide(), 'p.r2py': 'log(1)\nreturn 1\n' });
  t.equal(code, 3);
  t.match(err, /^---\nUncaught exception!\n---\n/);
  t.match(err, /\(with type 'exceptions\.SyntaxError'\): 'return' outside function \(p\.r2py, line 4\)\n---\n$/);
});

t.test('--execinfo is charged to lograte', { skip }, async (t) => {
  const repy = await openRepy();
  t.teardown(() => repy.close());
  // The announcement is more than a second's worth: the first word waits for it.
  const { code, out, files } = await repy.run(['--execinfo', '--outcome', 'o', 'r', 'p.r2py'], {
    r: wide({ lograte: 100 }),
    'p.r2py': 'log("word\\n")\n',
  });
  t.equal(code, 0);
  t.match(out, /^={40}\nRunning program: p\.r2py\nArguments: \[\]\n={40}\nword\n$/);
  const { usage, timings } = JSON.parse(files.get('o') ?? '');
  t.equal(usage.tallied.lograte, out.length);
  const seconds = (timings.ended - timings.firstInstruction) / 1000;
  t.ok(seconds > (out.length - 100) / 100 - 0.1, `${seconds} s for ${out.length} bytes at 100 a second`);
});
