import t from 'tap';
import { parseRepyV2Text } from '../../restrictions/repyv2-text.js';
import { LineDisplay } from '../../supervisor/cli/display.js';
import { bytes, cores, seconds } from '../../supervisor/cli/figures.js';
import { type Glimpse, LiveTable } from '../../supervisor/cli/live-table.js';
import { outcomeLines } from '../../supervisor/cli/outcome-table.js';
import { refusal } from '../../supervisor/cli/refusal.js';
import { sanitiseLine, sanitiseText } from '../../supervisor/cli/sanitise.js';
import { cut } from '../../supervisor/cli/table.js';

const restrictions = parseRepyV2Text(
  'resource cpu 0.25\nresource memory 15000000\nresource diskused 1e7'.replace('1e7', '10000000') +
    '\nresource events 1\nresource lograte 30000\n',
);
const noUse = refusal('', '', 0).usage;

function running(name: string, use: Partial<Glimpse['usage']> = {}): Glimpse {
  return { name, state: 'running', restrictions, usage: { ...noUse, ...use } };
}

function ended(name: string): Glimpse {
  return { ...running(name), state: 'ended', outcome: { ...refusal(name, 'done', 0), reason: 'exited' } };
}

t.test('figures', async (t) => {
  t.same([0, 999, 1000, 8250, 15e6, 120e6, 2e9, Number.POSITIVE_INFINITY].map(bytes), [
    '0',
    '999',
    '1.0k',
    '8.2k',
    '15.0M',
    '120M',
    '2.0G',
    '-',
  ]);
  t.equal(bytes(999_999), '999k', 'never rounded up past a limit');
  t.equal(cores(0.25), '0.25');
  t.equal(seconds(1.26), '1.3s');
});

t.test('control characters of a guest are shown, not obeyed', async (t) => {
  t.equal(sanitiseLine('a\u001b[2Jb\nc\u202ed\u0085\u200b'), 'a<U+001B>[2Jb<U+000A>c<U+202E>d<U+0085><U+200B>');
  t.equal(sanitiseText('a\n\tb\r\u0007'), 'a\n\tb<U+000D><U+0007>');
  t.equal(sanitiseLine('Grüße, 世界'), 'Grüße, 世界');
});

t.test('use against quota, rates between two looks', async (t) => {
  const table = new LiveTable();
  const size = { width: 120, height: 20 };
  const use = {
    cpuSeconds: 1,
    serviceSeconds: 0,
    memoryBytes: 3_100_000,
    diskBytes: 8200,
    throttledSeconds: 1.2,
    tallied: { lograte: 0 },
  };
  table.lines([running('weblog', use)], 10, size);
  const later = { ...use, cpuSeconds: 1.24, tallied: { lograte: 29_000 } };
  const lines = table.lines([running('weblog', later)], 11, size);
  t.match(lines[0], /^1 programs: 1 running; cpu 1\.2s, throttled 1\.2s, memory 3\.1M, disk 8\.2k, log 29\.0k$/);
  t.match(lines[1], /^PROGRAM +STATE +CPU +MEMORY +DISK +LOG\/S +THROTTLED$/);
  t.match(lines[2], /^weblog +running +0\.24\/0\.25 +3\.1M\/15\.0M +8\.2k\/10\.0M +29\.0k\/30\.0k +1\.2s$/);
  t.match(table.lines([running('weblog', later)], 11.2, size)[2], /0\.24\/0\.25/, 'a rate holds between samples');
});

t.test('no line is wider and no table higher than asked', async (t) => {
  const programs = Array.from({ length: 30 }, (_, index) => (index < 20 ? ended(`p${index}`) : running(`p${index}`)));
  for (const [width, height] of [
    [79, 10],
    [20, 5],
    [1, 3],
    [200, 40],
  ] as const) {
    const lines = new LiveTable().lines(programs, 0, { width, height });
    t.ok(lines.length <= height, `${lines.length} lines of ${height}`);
    t.ok(lines.every((line) => line.length <= width));
  }
  const lines = new LiveTable().lines(programs, 0, { width: 79, height: 10 });
  t.match(lines[2], /^p20 +running/, 'those that run come first');
  t.equal(lines.at(-1), '... and 23 more');
  t.equal(cut('abcdef', 4), 'abc…');
});

t.test('without a terminal: a line for each change, and a summary every few seconds', async (t) => {
  let text = '';
  const display = new LineDisplay({
    write: (part: string) => {
      text += part;
    },
  });
  display.show([running('a'), running('b')], 0);
  display.show([running('a'), ended('b')], 1);
  display.show([running('a'), ended('b')], 3.5);
  display.finish([ended('a'), ended('b')], 4);
  t.equal(
    text,
    'a: running\nb: running\nb: exited\n' +
      '2 programs: 1 running, 1 ended; cpu 0.0s, throttled 0.0s, memory 0, disk 0, log 0\na: exited\n',
  );
});

t.test('outcomes: what was expected, and why it ended', async (t) => {
  const base = refusal('hog', 'memory: the kernel killed it at the limit', 98);
  const limit = { resource: 'memory', allowed: 15_000_000, used: 15_000_000 };
  const hog = { ...base, reason: 'limit', limit } as const;
  const thrown = { ...base, program: 'bad', reason: 'uncaught', message: 'an exception was not caught' } as const;
  const report = '---\nUncaught exception!\n---\nError: \u001b[31mred\n---\n';
  const lines = outcomeLines([
    { outcome: hog, restrictions, expected: { reasons: ['limit'], limit: 'memory' } },
    { outcome: hog, restrictions, expected: { reasons: ['limit'], limit: 'diskused' } },
    { outcome: { ...thrown, report }, restrictions, expected: { reasons: ['exited', 'exitall'] } },
  ]);
  t.match(lines[1], /^hog +limit memory +yes .*the kernel killed it at the limit$/);
  t.match(lines[2], /^hog +limit memory +no: limit diskused/);
  t.match(lines[3], /^bad +uncaught +no: exited or exitall .*not caught: Error: <U\+001B>\[31mred$/);
  t.equal(lines[4], 'hog: memory: the kernel killed it at the limit');
  t.match(lines[5], /^bad: an exception was not caught: Error: <U/);
  t.equal(lines[6], '3 programs ended, 2 not as expected');
});
