import t from 'tap';
import { ProcessFiles } from '../../supervisor/limits/process-files.js';
import { errno, MemoryFiles } from './memory-files.js';

const statm = '5000 3000 1000 1 0 900 0\n';

t.test('schedstat and statm', (t) => {
  const files = new MemoryFiles({ '/proc/7/statm': statm, '/proc/7/schedstat': '1500000000 7 3\n' });
  const process = new ProcessFiles(7, files);
  t.same(process.read(), { cpuSeconds: 1.5, anonymousBytes: 2000 * 4096 });
  process.close();
  process.close();
  t.equal(files.openDescriptors.size, 0);
  t.equal(process.read(), undefined, 'after close');
  t.end();
});

t.test('without schedstat: stat, whatever the program is called', (t) => {
  const fields = Array.from({ length: 40 }, (_, index) => index + 4);
  fields[10] = 130;
  fields[11] = 20;
  const files = new MemoryFiles({
    '/proc/7/statm': statm,
    '/proc/7/stat': `7 (a) R 1 2) (b) S ${fields.join(' ')}\n`,
  });
  t.equal(new ProcessFiles(7, files).read()?.cpuSeconds, 1.5);
  t.end();
});

t.test('a process that has gone, one that has exited, one that can not be read', (t) => {
  const files = new MemoryFiles({ '/proc/7/statm': statm, '/proc/7/schedstat': '1 7 3\n' });
  const process = new ProcessFiles(7, files);
  files.texts.set('/proc/7/statm', '0 0 0 0 0 0 0\n');
  t.equal(process.read(), undefined, 'a zombie has no memory');
  files.texts.set('/proc/7/statm', 'nonsense');
  t.throws(() => process.read(), { code: 'UNAVAILABLE' });
  t.throws(() => new ProcessFiles(8, files), { code: 'UNAVAILABLE', message: /process 8 can't be watched: ENOENT/ });
  const reread = files.reread.bind(files);
  files.reread = () => {
    throw errno('ESRCH');
  };
  t.equal(process.read(), undefined, 'reaped');
  files.reread = reread;
  t.end();
});
