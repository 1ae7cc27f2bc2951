import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { loadYard } from '../../supervisor/cli/yard-file.js';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));

t.test('the example yard loads: at least 12 programs, good and hostile', async (t) => {
  const programs = await loadYard(join(examples, 'yard.json'));
  t.ok(programs.length >= 12);
  const reasons = new Set(programs.flatMap(({ expected }) => expected.reasons));
  for (const reason of ['exited', 'limit', 'stopped', 'unsafe', 'uncaught'] as const) t.ok(reasons.has(reason), reason);
});

t.test('the access log is the same each time, and of a real size', async (t) => {
  const directory = t.testdir();
  const make = async (name: string) => {
    const file = join(directory, 'made', name);
    await execa(process.execPath, [join(examples, 'make-access-log.js'), file]);
    return readFileSync(file);
  };
  const first = await make('a');
  t.ok(first.byteLength > 4_000_000, `${first.byteLength} bytes`);
  t.ok(first.equals(await make('b')));
});
