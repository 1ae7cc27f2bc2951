import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadYard, YardFileError } from '../../supervisor/cli/yard-file.js';

const policy = { resources: { cpu: 1, memory: 15000000, diskused: 1000, events: 1 } };
const restrictionsText = 'resource cpu 1\nresource memory 15000000\nresource diskused 1000\nresource events 1\n';

type Test = Pick<typeof t, 'testdir'>;

function yardIn(t: Test, yard: unknown): string {
  const directory = t.testdir({
    'a.js': 'log(1)',
    'b.ts': '',
    'c.r2py': '',
    'd.txt': '',
    limits: restrictionsText,
    broken: 'x',
  });
  const file = join(directory, 'yard.json');
  writeFileSync(file, typeof yard === 'string' ? yard : JSON.stringify(yard, null, 1));
  return file;
}

const entry = { name: 'a', program: 'a.js', restrictions: 'limits' };

t.test('paths are relative to the yard file, and there are defaults', async (t) => {
  const file = yardIn(t, { programs: [{ ...entry, args: ['x'] }] });
  const base = join(file, '..');
  const [program] = await loadYard(file);
  t.match(program, {
    name: 'a',
    file: join(base, 'a.js'),
    language: 'javascript',
    args: ['x'],
    directory: join(base, 'yard', 'a'),
    log: join(base, 'yard', 'a.log'),
    expected: { reasons: ['exited', 'exitall'] },
  });
  t.equal(Buffer.from(program?.source ?? []).toString(), 'log(1)');
  t.equal(program?.restrictions.limits.memory, 15000000);
});

t.test('copies have names, directories and logs of their own', async (t) => {
  const file = yardIn(t, {
    directory: 'homes',
    programs: [
      { ...entry, copies: 2, stopAfter: 1, restrictions: policy },
      { name: 'b', program: 'b.ts', restrictions: policy, directory: 'x/b', log: 'logs/b', copies: 2 },
    ],
  });
  const base = join(file, '..');
  const programs = await loadYard(file);
  t.same(
    programs.map(({ name }) => name),
    ['a-1', 'a-2', 'b-1', 'b-2'],
  );
  t.same(
    programs.map(({ directory }) => directory),
    ['homes/a-1', 'homes/a-2', 'x/b-1', 'x/b-2'].map((path) => join(base, path)),
  );
  t.same(
    programs.map(({ log }) => log),
    ['homes/a-1.log', 'homes/a-2.log', 'logs/b-1', 'logs/b-2'].map((path) => join(base, path)),
  );
  t.same(programs[0]?.expected.reasons, ['exited', 'exitall', 'stopped']);
});

const refused: readonly (readonly [title: string, yard: unknown, message: RegExp])[] = [
  ['no programs', { programs: [] }, /yard\.json:2: Field 'programs' is \[\]; give a list of 1 to 10000 programs/],
  ['no list', {}, /Field 'programs' is missing/],
  [
    'misspelt field',
    { programs: [{ ...entry, restrctions: 'x' }] },
    /:\d+: Unknown field 'programs\[0\]\.restrctions'; did you mean 'restrictions'\?/,
  ],
  [
    'no name',
    { programs: [{ ...entry, name: undefined }] },
    /Field 'programs\[0\]\.name' is missing; give 1 to 40 letters/,
  ],
  [
    'escape in a name',
    { programs: [{ ...entry, name: '\u001b[2J' }] },
    /'programs\[0\]\.name' is .*; give 1 to 40 letters/,
  ],
  ['path as a name', { programs: [{ ...entry, name: '../x' }] }, /give 1 to 40 letters/],
  [
    'copies',
    { programs: [{ ...entry, copies: 0 }] },
    /'programs\[0\]\.copies' is 0; give a whole number from 1 to 10000/,
  ],
  [
    'too many copies',
    {
      programs: [
        { ...entry, copies: 9999 },
        { ...entry, name: 'b', copies: 2 },
      ],
    },
    /more than 10000 programs in all/,
  ],
  [
    'unknown reason',
    { programs: [{ ...entry, expected: { reason: 'killed' } }] },
    /'programs\[0\]\.expected\.reason' is "killed"; give one of exited, exitall/,
  ],
  [
    'unknown limit',
    { programs: [{ ...entry, expected: { reason: 'limit', limit: 'ram' } }] },
    /is "ram"; give one of cpu, memory/,
  ],
  [
    'limit of no limit',
    { programs: [{ ...entry, expected: { reason: 'exited', limit: 'memory' } }] },
    /only goes with the reason 'limit'/,
  ],
  [
    'missing program',
    { programs: [{ ...entry, program: 'none.js' }] },
    /'programs\[0\]\.program': can't read 'none\.js': ENOENT/,
  ],
  [
    'no language',
    { programs: [{ ...entry, program: 'd.txt' }] },
    /Can't tell the language of 'd\.txt': its name must end in \.r2py, \.repy, \.js/,
  ],
  [
    'missing restrictions',
    { programs: [{ ...entry, restrictions: 'none' }] },
    /'programs\[0\]\.restrictions': can't read 'none'/,
  ],
  [
    'broken restrictions',
    { programs: [{ ...entry, restrictions: 'broken' }] },
    /'programs\[0\]\.restrictions': broken:1: Line 'x' not understood\./,
  ],
  [
    'broken policy',
    { programs: [{ ...entry, restrictions: { resources: { ...policy.resources, cpu: 'all' } } }] },
    /yard\.json:\d+: in 'programs\[0\]\.restrictions': Field 'resources\.cpu' is "all"; give a number above 0/,
  ],
  ['same name', { programs: [entry, { ...entry, directory: 'x' }] }, /two programs are called 'a'/],
  [
    'same directory',
    { programs: [entry, { ...entry, name: 'b', directory: 'yard/a' }] },
    /'b' and 'a' have the same directory/,
  ],
  [
    'directory in a directory',
    {
      programs: [
        { ...entry, directory: 'yard' },
        { ...entry, name: 'b' },
      ],
    },
    /the directory of 'b' is inside that of 'a'/,
  ],
  ['same log', { programs: [entry, { ...entry, name: 'b', log: 'yard/a.log' }] }, /'b' and 'a' have the same log/],
  [
    'log in a directory',
    { programs: [entry, { ...entry, name: 'b', log: 'yard/a/x' }] },
    /the log of 'b' is inside the directory of 'a'/,
  ],
  ['not JSON', '{"programs": [\n}', /yard\.json:2: Not valid JSON/],
  ['a field twice', '{"programs": [],\n"programs": []}', /yard\.json:2: Field 'programs' is given twice/],
];

for (const [title, yard, message] of refused) {
  t.test(title, async (t) => {
    const file = yardIn(t, yard);
    await t.rejects(loadYard(file), { name: 'YardFileError', message });
  });
}

t.test('a missing yard file, and a directory', async (t) => {
  const directory = t.testdir();
  mkdirSync(join(directory, 'dir.json'));
  await t.rejects(loadYard(join(directory, 'none.json')), YardFileError);
  await t.rejects(loadYard(join(directory, 'dir.json')), YardFileError);
});
