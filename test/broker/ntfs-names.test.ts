import * as fc from 'fast-check';
import t from 'tap';
import { checkFileName } from '../../supervisor/broker/file-names.js';
import { ntfsRefusal } from '../../supervisor/broker/ntfs-names.js';

/** What RepyV2's rule lets through, and then this one. */
function verdict(name: string): string {
  try {
    checkFileName(name, ntfsRefusal);
    return 'allowed';
  } catch (error) {
    return (error as Error).message;
  }
}

t.test('names of devices are refused, whatever extension they have', async (t) => {
  const devices = ['con', 'prn', 'aux', 'nul', ...[0, 1, 5, 9].flatMap((n) => [`com${n}`, `lpt${n}`])];
  for (const name of devices) {
    for (const tail of ['', '.txt', '.tar.gz', '.']) t.match(verdict(name + tail), /reserved|ends in/, name + tail);
    for (const near of [`${name}x`, `x${name}`, `a.${name}`, `${name}-1`, `${name}_`])
      t.equal(verdict(near), 'allowed', near);
  }
  for (const name of ['com10', 'lpt', 'com', 'console', 'null', 'auxiliary.txt'])
    t.equal(verdict(name), 'allowed', name);
});

t.test('a period at the end, which Windows drops, is refused', async (t) => {
  for (const name of ['a.', 'a..', 'a.txt.']) t.match(verdict(name), /ends in a period/, name);
  for (const name of ['a.b', 'a..b', 'a-', '_']) t.equal(verdict(name), 'allowed', name);
});

t.test('what RepyV2 refuses everywhere is refused by this rule, too, should it ever get here', async (t) => {
  const refused = [
    'file.txt:stream',
    'file::$DATA',
    'a b ',
    'nul .txt',
    'NUL',
    'Con.txt',
    'conin$',
    'CONOUT$.x',
    'com\u00b9',
    'longfi~1.txt',
    'a/b',
    'a\\b',
    '\\\\.\\c:',
    '\\\\?\\x',
    'a\u0000b',
    'a*',
    'a?',
    'a|b',
    '<',
  ];
  for (const name of refused) {
    t.type(ntfsRefusal(name), 'string', JSON.stringify(name));
    t.not(verdict(name), 'allowed', JSON.stringify(name));
  }
});

t.test("RepyV2's own words come first", async (t) => {
  t.equal(verdict('NUL'), "Filename has disallowed character 'N'");
  t.equal(verdict('..'), 'Illegal filename provided!');
  t.equal(verdict('.nul'), 'Filename starts with a period, this is not allowed!');
});

/** How Windows reads the last part of a path (Microsoft, "Naming Files, Paths, and Namespaces"), written down another way. */
function asWindowsReads(name: string): string {
  const dropped = name.toLowerCase().replace(/[. ]+$/, '');
  const stem = dropped.split('.')[0]!.replace(/ +$/, '');
  const devices = ['con', 'prn', 'aux', 'nul', ...'0123456789'.split('').flatMap((n) => [`com${n}`, `lpt${n}`])];
  return devices.includes(stem) ? `device ${stem}` : dropped;
}

t.test('a name that is allowed means itself, and no two mean the same', async (t) => {
  const part = fc.constantFrom('nul', 'con', 'com1', 'a', 'b', '.', '..', '-', '_', '1', 'lpt9', 'aux', 'txt');
  const names = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(names, (name) => verdict(name) !== 'allowed' || asWindowsReads(name) === name),
    { seed: 7, numRuns: 3000 },
  );
  t.pass();
});
