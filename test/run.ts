/**
 * Runs the test files through tap and ends with `N passed, N failed, N skipped`, counted from the TAP stream itself.
 * Prints one line a file while it runs, and the whole report of what failed.
 */

import { execa } from 'execa';
import { Parser } from 'tap-parser';
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
const tap = execa('node_modules/.bin/tap', ['run', '--reporter=tap', ...files], {
  reject: false,
  buffer: false,
  stderr: 'inherit',
  stdin: 'ignore',
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
console.log(countsLine(counts));
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
