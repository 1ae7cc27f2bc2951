import { readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { WireFloat } from '../../protocol/values.js';
import { lack, plenty, stage } from './fake-child.js';

t.test('a file is written, read, closed, removed', { skip: lack }, async (t) => {
  const path = t.testdir({});
  const { child, close } = await stage(path);
  t.teardown(close);
  const file = await child.value('openfile', 'c.txt', true);
  t.equal(await child.value('file.writeat', file, 'hello', 0), null);
  t.equal(await child.value('file.readat', file, null, 0), 'hello');
  t.equal(await child.value('file.readat', file, 3, 1), 'ell');
  t.equal(await child.value('file.readat', file, 0, 0), '');
  t.equal(await child.value('file.readat', file, 10, 5), '');
  t.equal(readFileSync(`${path}/c.txt`, 'latin1'), 'hello');
  t.equal(await child.value('file.close', file), null);
  t.same(await child.value('listfiles'), ['c.txt']);
  t.equal(await child.value('removefile', 'c.txt'), null);
  t.same(await child.value('listfiles'), []);
});

t.test('every byte value survives', { skip: lack }, async (t) => {
  const { child, close } = await stage(t.testdir({}));
  t.teardown(close);
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString('latin1');
  const file = await child.value('openfile', 'bytes', true);
  await child.value('file.writeat', file, all, 0);
  t.equal(await child.value('file.readat', file, 256, 0), all);
});

t.test('bytes may come as such', { skip: lack }, async (t) => {
  const path = t.testdir({});
  const { child, log, close } = await stage(path);
  t.teardown(close);
  const name = Buffer.from('raw.name');
  const file = await child.value('openfile', name, true);
  await child.value('file.writeat', file, new Uint8Array([104, 255]), 0);
  await child.value('file.writeat', file, Buffer.alloc(100_000, 'x'), 2);
  t.equal(await child.value('file.readat', file, 3, 0), 'h\xffx');
  t.match(await child.error('removefile', name), /^FileInUseError: .*"raw.name"/);
  await child.value('log', Buffer.from([1, 2]), 'three');
  t.equal(log.text, '\x01\x02three');
  t.equal(readFileSync(`${path}/raw.name`).length, 100_002);
});

t.test('misuse raises what RepyV2 raises', { skip: lack }, async (t) => {
  const { child, close } = await stage(t.testdir({ 'here.txt': 'x', directory: {} }));
  t.teardown(close);
  const a = await child.value('openfile', 'a.txt', true);
  const cases: [string, string][] = [
    [
      await child.error('openfile', 'a.txt', false),
      'FileInUseError: Cannot open file "a.txt" because it is already open!',
    ],
    [
      await child.error('openfile', 'b.txt', false),
      'FileNotFoundError: Cannot openfile non-existent file "b.txt" without creating it!',
    ],
    [await child.error('openfile', 'b.txt', 1), "RepyArgumentError: Invalid type <type 'int'>"],
    [await child.error('openfile', 'b.txt', null), "RepyArgumentError: Invalid type <type 'NoneType'>"],
    [await child.error('openfile', 3, true), "RepyArgumentError: Invalid type <type 'int'>"],
    [await child.error('openfile', '', true), 'RepyArgumentError: Illegal filename provided!'],
    [await child.error('openfile', '.', true), 'RepyArgumentError: Illegal filename provided!'],
    [await child.error('openfile', '..', true), 'RepyArgumentError: Illegal filename provided!'],
    [
      await child.error('openfile', '.hid', true),
      'RepyArgumentError: Filename starts with a period, this is not allowed!',
    ],
    [await child.error('openfile', 'Upper', true), "RepyArgumentError: Filename has disallowed character 'U'"],
    [await child.error('openfile', 'a/b', true), "RepyArgumentError: Filename has disallowed character '/'"],
    [await child.error('openfile', 'a\0b', true), "RepyArgumentError: Filename has disallowed character '\0'"],
    [await child.error('openfile', 'a'.repeat(121), true), 'RepyArgumentError: Max string length is 120'],
    [
      await child.error('openfile', 'a'),
      "RepyArgumentError: Function 'emulated_open' takes 2 arguments, not 1 as you provided.",
    ],
    [
      await child.error('openfile', 'a', true, true),
      "RepyArgumentError: Function 'emulated_open' takes 2 arguments, not 3 as you provided.",
    ],
    [
      await child.error('openfile', 'directory', false),
      'FileNotFoundError: Cannot openfile "directory" because it is not a regular file!',
    ],
    [
      await child.error('openfile', 'directory', true),
      'FileNotFoundError: Cannot openfile "directory" because it is not a regular file!',
    ],
    [await child.error('removefile', 'nope'), 'FileNotFoundError: Cannot remove non-existent file "nope".'],
    [await child.error('removefile', 'directory'), 'FileNotFoundError: Cannot remove non-existent file "directory".'],
    [await child.error('removefile', 'A'), "RepyArgumentError: Filename has disallowed character 'A'"],
    [await child.error('removefile', 'a.txt'), 'FileInUseError: Cannot remove file "a.txt" because it is in use!'],
    [
      await child.error('listfiles', 1),
      "RepyArgumentError: Function 'listfiles' takes 0 arguments, not 1 as you provided.",
    ],
    [await child.error('file.readat', a, 10, 1), 'SeekPastEndOfFileError: Seek offset extends past the EOF!'],
    [await child.error('file.readat', a, -1, 0), 'RepyArgumentError: Negative sizelimit specified!'],
    [await child.error('file.readat', a, 1, -1), 'RepyArgumentError: Min value is 0.'],
    [await child.error('file.readat', a, -1, -1), 'RepyArgumentError: Min value is 0.'],
    [await child.error('file.readat', a, false, 0), "RepyArgumentError: Invalid type <type 'bool'>"],
    [await child.error('file.readat', a, new WireFloat(1.5), 0), "RepyArgumentError: Invalid type <type 'float'>"],
    [await child.error('file.readat', a, 1, null), "RepyArgumentError: Invalid type <type 'NoneType'>"],
    [
      await child.error('file.readat', a, 1),
      "RepyArgumentError: Function 'readat' takes 2 arguments, not 1 as you provided.",
    ],
    [await child.error('file.writeat', a, 'x', 1), 'SeekPastEndOfFileError: Seek offset extends past the EOF!'],
    [await child.error('file.writeat', a, '', 99), 'SeekPastEndOfFileError: Seek offset extends past the EOF!'],
    [await child.error('file.writeat', a, 5, 0), "RepyArgumentError: Invalid type <type 'int'>"],
    [
      await child.error('file.close', a, 1),
      "RepyArgumentError: Function 'close' takes 0 arguments, not 1 as you provided.",
    ],
    [String(await child.value('file.close', a)), 'null'],
    [await child.error('file.close', a), "FileClosedError: File 'a.txt' is already closed!"],
    [await child.error('file.readat', a, 1, 0), "FileClosedError: File 'a.txt' is already closed!"],
    [await child.error('file.writeat', a, 'x', 0), "FileClosedError: File 'a.txt' is already closed!"],
  ];
  for (const [got, expected] of cases) t.equal(got, expected);
  t.equal(await child.value('openfile', 'a'.repeat(120), true), 2, 'the longest name');
});

t.test('costs: blocks of 4096, shown exactly right after the call', { skip: lack }, async (t) => {
  const { child, nanny, close } = await stage(t.testdir({}));
  t.teardown(close);
  const totals = (): [number, number] => {
    const { fileread, filewrite } = nanny.tallies();
    return [(fileread ?? 0) / 4096, (filewrite ?? 0) / 4096];
  };
  await child.error('openfile', 'f', false);
  t.same(totals(), [1, 0], 'not found: looked');
  const file = await child.value('openfile', 'f', true);
  t.same(totals(), [2, 1], 'created');
  t.equal(nanny.used('filewrite'), 4096);
  await child.error('openfile', 'f', true);
  t.same(totals(), [2, 1], 'in use: free');
  await child.value('file.writeat', file, 'x'.repeat(4096), 0);
  t.same(totals(), [2, 2]);
  await child.value('file.writeat', file, 'xx', 4095);
  t.same(totals(), [2, 4], 'two blocks touched');
  await child.value('file.writeat', file, '', 4096);
  t.same(totals(), [2, 4], 'nothing at an aligned offset');
  await child.value('file.writeat', file, '', 1);
  t.same(totals(), [2, 5], 'nothing at an unaligned offset');
  await child.value('file.readat', file, null, 0);
  t.same(totals(), [4, 5]);
  await child.value('file.readat', file, 1, 4097);
  t.same(totals(), [5, 5], 'one block for no bytes read at the unaligned end');
  await child.value('file.close', file);
  await child.value('listfiles');
  t.same(totals(), [6, 5]);
  await child.error('removefile', 'g');
  t.same(totals(), [7, 5]);
  await child.value('removefile', 'f');
  t.same(totals(), [8, 6]);
});

t.test('a call waits for its resource, others go on', { skip: lack }, async (t) => {
  const { child, pulse, close } = await stage(t.testdir({}), { ...plenty, filewrite: 4096, fileread: 4096 });
  t.teardown(close);
  const file = await child.value('openfile', 'f', true);
  const done: string[] = [];
  const wrote = child.value('file.writeat', file, 'x'.repeat(4096), 0).then(() => done.push('write'));
  const read = child.value('file.readat', file, 1, 0).then(() => done.push('read'));
  await child.value('log', 'meanwhile');
  t.same(done, []);
  await pulse.advance(1);
  await Promise.all([wrote, read]);
  t.same(done.sort(), ['read', 'write']);
});

t.test('filesopened bounds the open files', { skip: lack }, async (t) => {
  const { child, nanny, close } = await stage(t.testdir({}), { ...plenty, filesopened: 2 });
  t.teardown(close);
  const a = await child.value('openfile', 'a', true);
  await child.value('openfile', 'b', true);
  const full = "ResourceExhaustedError: Resource 'filesopened' limit exceeded!!";
  t.equal(await child.error('openfile', 'c', true), full);
  t.equal(await child.error('openfile', 'b', true), 'FileInUseError: Cannot open file "b" because it is already open!');
  t.equal(nanny.tallies().fileread, 2 * 4096, 'neither cost anything');
  await child.error('openfile', 'missing', false);
  await child.value('file.close', a);
  await child.error('openfile', 'missing', false);
  t.equal(nanny.used('filesopened'), 1, 'a failed open gives its item back');
  await child.value('openfile', 'a', false);
});

t.test('reads and writes beyond the direct size go through the thread pool', { skip: lack }, async (t) => {
  const path = t.testdir({});
  const { child, directory, close } = await stage(path);
  t.teardown(close);
  const big = Buffer.from(Array.from({ length: 1 << 20 }, (_, i) => (i * 31) & 255)).toString('latin1');
  const file = await child.value('openfile', 'big', true);
  await child.value('file.writeat', file, big, 0);
  await child.value('file.writeat', file, 'tail', big.length);
  t.equal(directory.disk.used, 4096 + big.length + 4);
  t.equal(await child.value('file.readat', file, 100_000, 7), big.slice(7, 100_007));
  t.equal(await child.value('file.readat', file, null, 0), big, 'never more than one frame carries');
  t.equal(await child.value('file.readat', file, null, big.length), 'tail');
  t.equal(readFileSync(`${path}/big`, 'latin1'), `${big}tail`);
});

t.test('operations on one file keep their order', { skip: lack }, async (t) => {
  const path = t.testdir({});
  const { child, close } = await stage(path);
  t.teardown(close);
  const file = await child.value('openfile', 'f', true);
  const big = 'x'.repeat(200_000);
  const replies = [
    child.call('file.writeat', file, big, 0),
    child.call('file.writeat', file, 'end', big.length),
    child.call('file.readat', file, 3, big.length),
    child.call('file.close', file),
    child.call('file.readat', file, 3, 0),
  ];
  const got = await Promise.all(replies);
  t.match(got[2], { type: 'answer', value: 'end' });
  t.match(got[3], { type: 'answer', value: null });
  t.match(got[4], { type: 'failure', exception: 'FileClosedError' });
  t.equal(readFileSync(`${path}/f`, 'latin1'), `${big}end`);
});

t.test('an existing file keeps its size', { skip: lack }, async (t) => {
  const path = t.testdir({ data: 'twelve bytes' });
  const { child, close } = await stage(path);
  t.teardown(close);
  const file = await child.value('openfile', 'data', true);
  t.equal(await child.value('file.readat', file, null, 7), 'bytes');
  writeFileSync(`${path}/data`, 'twelve bytes and more');
  t.equal(await child.value('file.readat', file, null, 12), ' and more', 'what was appended by others can be read');
});
