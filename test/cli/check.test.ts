import t from 'tap';
import { repyard } from './repyard.js';

const programs: readonly (readonly [file: string, source: string, code: number, out: RegExp])[] = [
  ['safe.js', 'await log("hi");', 0, /^$/],
  ['safe.ts', 'const x: number = 1; await log(x);', 0, /^$/],
  [
    'eval.js',
    '\n\neval("1");',
    5,
    /^Specified repy program is unsafe!\nStatic-code analysis failed with error: .*eval.* in line 3\n$/,
  ],
  ['import.js', 'await import("fs");', 5, /import.* in line 1/],
  ['broken.js', 'let = ;', 5, /in line 1/],
  ['broken.ts', 'let x: = 1;', 5, /unsafe/],
  ['deep.js', `${'['.repeat(100_000)}`, 5, /unsafe/],
];

for (const [file, source, code, out] of programs) {
  t.test(`check ${file}`, async (t) => {
    const result = await repyard(t.testdir({ [file]: source }), 'check', file);
    t.same([result.code, result.err], [code, '']);
    t.match(result.out, out);
  });
}

t.test('what can not be checked', async (t) => {
  const directory = t.testdir({ 'p.txt': '', 'large.js': Buffer.alloc((4 << 20) + 1, 0x20) });
  const none = await repyard(directory, 'check', 'none.js');
  t.same([none.code, none.out], [4, "FATAL ERROR: Unable to read the specified program file: 'none.js'\n"]);
  t.equal((await repyard(directory, 'check', 'p.txt')).code, 4);
  const large = await repyard(directory, 'check', 'large.js');
  t.same([large.code, large.err], [3, "repyard check: 'large.js' is larger than 4194304 bytes\n"]);
});
