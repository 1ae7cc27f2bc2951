/** The programs that README.md shows, in the languages that it shows them in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { repyard, unable } from './repyard.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

/** The first code block after a mention. */
function block(after: string): string {
  return /```\w*\n([\s\S]*?)```/.exec(readme.slice(readme.indexOf(after)))?.[1] ?? '';
}

const files = {
  'hello.js': block('`hello.js`'),
  'hello.ts': block('`hello.js`'),
  'hello.r2py': block('`hello.r2py`'),
  'small.restrictions': block('And what it may use'),
};

for (const program of ['hello.js', 'hello.ts', 'hello.r2py']) {
  t.test(`README.md: ${program}`, { skip: unable() }, async (t) => {
    const directory = t.testdir(files);
    t.same(await repyard(directory, 'run', 'small.restrictions', program, 'world'), {
      code: 0,
      out: 'hello, world\n',
      err: '',
    });
    t.equal(readFileSync(join(directory, 'greeting.txt'), 'utf8'), 'hello, world\n');
  });
}
