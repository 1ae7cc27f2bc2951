/**
 * Runs the test files through tap and ends with `N passed, N failed, N skipped`, counted from the TAP stream itself.
 * Prints one line a file while it runs, and the whole report of what failed. What the tests leave on the host is a failure too.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { Parser } from 'tap-parser';
import { abandonedGroups, readLeftovers } from './support/leftovers.js';
import { count, countsLine, noCounts } from './support/tap-counts.js';

/** Shows one line for each finished file; a failing file's lines are shown whole. */
function showFiles(line: string, held: string[]): string[] {
  const closing = /^(ok|not ok) \d+ - (.*?)(?: # (?:time=(.*)|(SKIP.*)))?$/.exec(line);
  if (closing === null) {
    if (held.length < 5000) held.push(line);
    return held;
  }
  const [, verdict, file = '', time = '', skip = ''] = closing;
  if (verdict === 'not ok') process.stdout.write(`${held.join('\n')}\n`);
  for (const skipped of held.filter((text) => /# SKIP/.test(text)))
    process.stdout.write(`  skipped: ${skipped.trim()}\n`);
  process.stdout.write(`${verdict === 'ok' ? 'ok    ' : 'FAILED'} ${file.replace(/^dist\//, '')} ${time}${skip}\n`);
  return [];
}

const files = process.argv.slice(2);
const temporary = mkdtempSync(join(tmpdir(), 'repyard-tests-'));
const groupsBefore = abandonedGroups();
const tap = execa('node_modules/.bin/tap', ['run', '--reporter=tap', ...files], {
  reject: false,
  buffer: false,
  stderr: 'inherit',
  stdin: 'ignore',
  env: { TMPDIR: temporary },
});
const counts = noCounts();
const parser = new Parser();
count(parser, counts);

let held: string[] = [];
for await (const line of tap.iterable()) {
  parser.write(`${line}\n`);
  held = showFiles(line, held);
}
parser.end();
const { exitCode } = await tap;
if (exitCode !== 0 && counts.failed === 0) {
  console.error(`tap ended with ${exitCode} though no test failed:\n${held.join('\n')}`);
  counts.failed += 1;
}
const left = await readLeftovers(temporary, groupsBefore);
for (const [kind, names] of Object.entries(left)) {
  if (names.length === 0) continue;
  console.error(`FAILED the tests left ${kind}:\n  ${names.join('\n  ')}`);
  counts.failed += 1;
}
rmSync(temporary, { recursive: true, force: true });
console.log(countsLine(counts));
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
