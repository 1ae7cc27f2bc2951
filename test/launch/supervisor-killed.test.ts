import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import t from 'tap';
import { until } from '../support/patience.js';
import { fixture, lacks } from './support.js';

function runs(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
  t.test(`${signal} of the supervisor leaves no process`, { skip: lacks }, async (t) => {
    const supervisor = execa(process.execPath, [fixture('supervisor.mjs')], { reject: false });
    const [line] = await once(createInterface({ input: supervisor.stdout }), 'line');
    const pids = JSON.parse(line) as number[];
    t.equal(pids.length, 4);
    t.ok(pids.every(runs), 'three children and a zygote run');
    supervisor.kill(signal);
    await supervisor;
    // The kernel passes the deaths on at once, as far as the processes get to die.
    t.ok(await until(() => !pids.some(runs)));
  });
}
