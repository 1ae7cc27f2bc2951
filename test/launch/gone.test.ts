import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { untilGone } from '../../supervisor/launch/gone.js';

t.test(
  'a process is gone when the kernel says so',
  { skip: process.platform !== 'linux' && 'needs /proc' },
  async (t) => {
    const uid = process.getuid!();

    await t.test('not while it lives', async (t) => {
      const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
      let gone = false;
      const waited = untilGone(child.pid!, uid).then(() => {
        gone = true;
      });
      await delay(50);
      t.equal(gone, false);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await waited;
    });

    await t.test('at once, when another uid has its pid by now', async () => {
      await untilGone(process.pid, uid + 1);
    });

    await t.test('not because there is no descriptor to look with', async (t) => {
      const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
      await once(child, 'spawn');
      const held: number[] = [];
      try {
        for (;;) held.push(openSync('/dev/null', 'r'));
      } catch (error) {
        t.equal((error as NodeJS.ErrnoException).code, 'EMFILE');
      }
      let gone = false;
      const waited = untilGone(child.pid!, uid).then(() => {
        gone = true;
      });
      await delay(50);
      const early = gone;
      for (const fd of held) closeSync(fd);
      t.equal(early, false);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await waited;
    });
  },
);
