import { readFileSync } from 'node:fs';
import t from 'tap';
import { lacks, runGuest } from '../support.js';

t.test('the program in docs/javascript.md does what the text says', { skip: lacks }, async (t) => {
  const page = readFileSync(new URL('../../../../docs/javascript.md', import.meta.url), 'utf8');
  const source = page
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .join('\n');
  const { output, end } = await runGuest(source);
  t.equal(end.reason, 'exited', end.report);
  t.equal(Buffer.from(output, 'latin1').toString(), 'naïve ☃');
});
