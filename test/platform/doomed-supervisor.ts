/** Hosts an idle, a busy and a stopped guest by the portable platform, says which processes they are, and waits to be killed. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { portableOptions } from '../support/portable.js';
import { narrowRestrictions, openYard } from '../support/yard.js';

const yard = await openYard(portableOptions());
const guests = await Promise.all([
  yard.start('await sleep(60);'),
  yard.start('for (;;);'),
  yard.start('for (;;);', { restrictions: narrowRestrictions.replace('cpu 2', 'cpu 0.01') }),
]);
await yard.running(guests);
const pids = guests.map((program) => program.status().pid!);
const state = () => /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pids[2]}/status`, 'utf8'))?.[1];
while (state() !== 'T') await delay(5);
console.log(JSON.stringify({ pids }));
