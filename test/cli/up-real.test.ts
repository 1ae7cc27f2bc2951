import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import type { Outcome } from '../../supervisor/outcome.js';
import { examples, repyard, unable } from './repyard.js';

const skip = unable();

t.test('the example yard: each program ends as expected', { skip }, async (t) => {
  const directory = t.testdir();
  for (const part of ['good', 'hostile', 'small.restrictions', 'yard.json', 'make-access-log.js']) {
    cpSync(join(examples, part), join(directory, part), { recursive: true });
  }
  await execa(process.execPath, ['make-access-log.js', 'yard/weblog/access.log'], { cwd: directory });

  const { code, out, err } = await repyard(directory, 'up', 'yard.json', '--outcomes', 'outcomes.json');
  t.equal(code, 0);
  if (code !== 0) t.comment(out + err);

  const outcomes: Outcome[] = JSON.parse(readFileSync(join(directory, 'outcomes.json'), 'utf8'));
  const of = (name: string) => outcomes.find(({ program }) => program === name);
  const log = (name: string) => readFileSync(join(directory, 'yard', `${name}.log.old`), 'utf8');

  t.match(log('weblog'), /^60000 requests, \d+ bytes sent\nstatus 200: \d+\n/);
  t.match(readFileSync(join(directory, 'yard/weblog/report.txt'), 'utf8'), /^60000 requests/);
  t.match(log('primes'), /round 400: 78498 primes below a million/);
  // The promise of the resource table, one period's quota that may be used at once, and a second that a virtual machine's host may have
  // taken from a program while it ran. A busy host gives less: no lower bound.
  for (const [name, quota] of [
    ['primes', 0.25],
    ['endless-loop', 0.1],
    ['slow-pattern', 0.1],
  ] as const) {
    const { usage, timings } = of(name) ?? {};
    const seconds = ((timings?.ended ?? 0) - (timings?.forked ?? 0)) / 1000;
    const most = seconds * quota * 1.05 + 1.1;
    t.ok((usage?.cpuSeconds ?? Number.POSITIVE_INFINITY) <= most, `${name}: ${usage?.cpuSeconds} s of ${most} s`);
  }
  const hog = of('memory-hog');
  t.ok(
    (hog?.usage.memoryPeakBytes ?? Number.POSITIVE_INFINITY) <= 1.05 * 15_000_000,
    `the hog peaked at ${hog?.usage.memoryPeakBytes}`,
  );
  t.ok((of('disk-filler')?.usage.diskBytes ?? Number.POSITIVE_INFINITY) <= 1_000_000);
  // Its time at lograte 30000, the second of burst that RepyV2's leaky bucket gives, and one line.
  const { usage, timings } = of('log-flooder')!;
  t.ok((usage.tallied.lograte ?? 0) <= 30_000 * (timings.ended / 1000 + 1) + 1000, `${usage.tallied.lograte} bytes`);
  t.equal(log('ping-pong'), [1, 2, 3].map((number) => `MainThread got: pong ${number} \n`).join(''));
  t.match(log('thread-hoarder'), /^no more threads: Resource 'events' limit exceeded!! \n$/);
  t.match(log('borrowed-constructors'), /^(.*: (TypeError|EvalError|SyntaxError)\n){7}$/);
  t.match(log('path-climber'), /^(".*": Repy\w+\n){9}$/);
});
