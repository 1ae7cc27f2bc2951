/** Holding a process to processors: by a mask that must read back. */
import t from 'tap';
import { LimitsError } from '../../../supervisor/limits/errors.js';
import { holdToProcessors } from '../../../supervisor/platform/windows/affinity.js';
import { FakeWindows } from './fake-windows.js';

t.test('a mask of the processors', async (t) => {
  const windows = new FakeWindows();
  holdToProcessors(windows.win32, 4, [0, 2], 4);
  t.equal(windows.affinity, 0b101n);
  holdToProcessors(windows.win32, 4, undefined, 4);
  t.equal(windows.affinity, 0b1111n);
  holdToProcessors(windows.win32, 4, undefined, 200);
  t.equal(windows.affinity, 2n ** 64n - 1n, 'the first group');
  t.same(windows.leaks(), []);
});

t.test('what is not there, not kept or not allowed is refused', async (t) => {
  const windows = new FakeWindows();
  t.throws(() => holdToProcessors(windows.win32, 4, [4], 4), LimitsError);
  windows.manner = 'ignores';
  t.throws(
    () => holdToProcessors(windows.win32, 4, [1], 4),
    new LimitsError('LIMIT_REFUSED', 'cpuset 1: it was accepted, but does not read back'),
  );
  windows.manner = 'refuses';
  t.throws(
    () => holdToProcessors(windows.win32, 4, [1], 4),
    /SetProcessAffinityMask failed with error ERROR_ACCESS_DENIED/,
  );
  t.same(windows.leaks(), []);
});
