/** The lock of a slot on Windows: one holder, and free again when that is gone. */
import '../support/untapped.js';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { claimWindowsSlot } from '../../supervisor/platform/windows/slot-lock.js';
import { win32 } from './host.js';

const directory = mkdtempSync(join(tmpdir(), 'repyard-slots-'));
t.teardown(() => rmSync(directory, { recursive: true, force: true }));

t.test('each supervisor has a slot of its own', async (t) => {
  const first = claimWindowsSlot(win32, directory);
  const second = claimWindowsSlot(win32, directory);
  t.same([first.slot, second.slot], [0, 1]);
  first.record(['C:\\left']);
  first.release();
  first.release();
  const again = claimWindowsSlot(win32, directory);
  t.equal(again.slot, 0);
  t.same(again.inherited, ['C:\\left'], 'what its former holder noted can be read under the lock');
  again.release();
  second.release();
});

t.test("another process' slot is free when that is killed", async (t) => {
  const holder = fileURLToPath(new URL('./slot-holder.js', import.meta.url));
  const other = spawn(process.execPath, [holder, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(other.stdout, 'data')) as [Buffer];
  t.equal(String(said).trim(), '0');
  const second = claimWindowsSlot(win32, directory);
  t.equal(second.slot, 1);
  second.release();
  other.kill('SIGKILL');
  await once(other, 'exit');
  const first = claimWindowsSlot(win32, directory);
  t.equal(first.slot, 0);
  first.release();
});
