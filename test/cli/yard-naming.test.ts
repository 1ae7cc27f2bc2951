/** What two programs of a yard would share on systems that read names in another way. */
import t from 'tap';
import { conflict } from '../../supervisor/cli/yard-conflicts.js';
import { byteNaming, caselessNaming, ntfsNaming } from '../../supervisor/platform/naming.js';

const program = (name: string, directory: string, log = `/logs/${name}`) => ({ name, directory, log });

t.test('directories that differ in case alone', async (t) => {
  const programs = [program('a', '/yard/Data'), program('b', '/yard/data')];
  t.equal(conflict(programs, byteNaming), undefined);
  for (const naming of [caselessNaming, ntfsNaming])
    t.match(conflict(programs, naming), /'b' and 'a' have the same directory/);
  const nested = [program('a', '/yard/Data'), program('b', '/yard/data/b')];
  for (const naming of [caselessNaming, ntfsNaming]) t.match(conflict(nested, naming), /'b' is inside that of 'a'/);
});

t.test('two spellings of one letter', async (t) => {
  const programs = [program('a', '/yard/\u00e9'), program('b', '/yard/e\u0301')];
  t.equal(conflict(programs, byteNaming), undefined);
  t.match(conflict(programs, caselessNaming), /same directory/);
});

t.test('what Windows drops, and what it has no file for', async (t) => {
  t.equal(ntfsNaming.fold('C:\\Yard. \\A.b..\\c. .'), 'c:\\yard\\a.b\\c');
  t.match(conflict([program('a', '/yard/a', '/logs/x'), program('b', '/yard/b', '/logs/X')], ntfsNaming), /same log/);
  t.match(conflict([program('a', '/yard/nul')], ntfsNaming), /'a' can't have .*nul: .*reserved/);
  t.match(conflict([program('a', '/yard/a', '/yard/con.log')], ntfsNaming), /con\.log: .*reserved/);
  t.match(conflict([program('a', '/yard/a.')], ntfsNaming), /ends in a period/);
  t.equal(conflict([program('nul', '/yard/nul')], byteNaming), undefined);
});
