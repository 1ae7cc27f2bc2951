import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { PsTable, parsePs } from '../../supervisor/limits/ps-meter.js';

t.test("macOS' and Linux' lines are read", async (t) => {
  const readings = parsePs(
    '  501  1200   0:00.03\n77 2048 01:02:03\n 9 1 2-00:00:01\n12 0 100:00.50\nPID RSS TIME\n\n',
  );
  t.same(
    [...readings],
    [
      [501, { cpuSeconds: 0.03, anonymousBytes: 1200 * 1024 }],
      [77, { cpuSeconds: 3723, anonymousBytes: 2048 * 1024 }],
      [9, { cpuSeconds: 172_801, anonymousBytes: 1024 }],
      [12, { cpuSeconds: 6000.5, anonymousBytes: 0 }],
    ],
  );
});

t.test('a process is read until it has gone', async (t) => {
  const child = spawn('sleep', ['30']);
  const table = new PsTable();
  const meter = table.watch(child.pid!);
  const first = meter.read();
  t.ok(first !== undefined && first.anonymousBytes > 100_000, 'at once');
  child.kill('SIGKILL');
  for (let waited = 0; meter.read() !== undefined && waited < 10_000; waited += 20) await delay(20);
  t.equal(meter.read(), undefined);
  meter.close();
});

t.test('without ps nothing runs unwatched', async (t) => {
  t.throws(() => new PsTable('/nonexistent/ps').watch(process.pid), {
    code: 'UNAVAILABLE',
    message: /ps can't be run/,
  });
});
