/**
 * A child that is started instead of forked: one process of the engine for one program, where the system has no zygotes. This thread
 * is the pump. It moves bytes between the two pipes and the memory that it shares with the guest's thread, and notices the end of
 * either side: when the supervisor has gone, standard input ends, and so does the process, whatever the guest is doing.
 *
 * Arguments: the heap that the guest's thread may have, in MiB: old generation, young generation.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { readyMark } from '../../protocol/ready-mark.js';
import { reservedExitCodes } from '../../seccomp/native/addon.js';
import { Rings, ringBytes, sharedBytes } from './rings.js';

const [oldMiB, youngMiB] = process.argv.slice(2).map(Number);
if (oldMiB === undefined || youngMiB === undefined || !(oldMiB > 0) || !(youngMiB > 0)) {
  throw new Error('spawned: the sizes of the heap are missing');
}

const memory = new SharedArrayBuffer(sharedBytes);
const rings = new Rings(memory);

/** At once and without any handler: a guest that computes can't hold it up. */
function abandon(): never {
  process.kill(process.pid, 'SIGKILL');
  return process.exit(reservedExitCodes.abandoned);
}

function fail(why: string): never {
  writeSync(2, `spawned: ${why}\n`);
  return process.exit(reservedExitCodes.engineFailed);
}

const input = new Socket({ fd: 0, readable: true, writable: false });
const output = new Socket({ fd: 1, readable: false, writable: true });
/** What of the last chunk didn't fit the ring. */
let rest: Uint8Array = new Uint8Array();

function feed(): void {
  const count = rings.towardsGuest.put(rest, 0, rest.length);
  rest = rest.subarray(count);
  const full = rest.length > 0;
  // Before looking again: the guest's thread may have read meanwhile without knowing that somebody waits.
  rings.pump(full);
  if (full && rings.towardsGuest.used < ringBytes) return feed();
  if (full !== input.isPaused()) input[full ? 'pause' : 'resume']();
}

input.on('data', (chunk) => {
  rest = chunk;
  feed();
});
for (const stream of [input, output]) stream.on('error', abandon);
input.on('end', abandon);

/** Whether a write is under way: one at a time, so that a supervisor that doesn't read holds the guest up. */
let writing = false;

function drain(): void {
  if (writing) return;
  const count = rings.fromGuest.used;
  if (count === 0) {
    if (rings.exitCode !== undefined) process.exit(rings.exitCode);
    return;
  }
  const bytes = new Uint8Array(count);
  rings.fromGuest.take(bytes, 0, count);
  rings.pump(rest.length > 0);
  writing = true;
  output.write(bytes, () => {
    writing = false;
    drain();
  });
}

const guest = new Worker(new URL('./guest.js', import.meta.url), {
  workerData: memory,
  env: {},
  stdout: true,
  stderr: true,
  resourceLimits: { maxOldGenerationSizeMb: oldMiB, maxYoungGenerationSizeMb: youngMiB },
});
guest.on('error', (error: Error & { code?: string }) => {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY' && rings.ready) process.exit(reservedExitCodes.heapExhausted);
  fail(error.stack ?? error.message);
});
guest.on('exit', () => {
  if (rings.exitCode === undefined) fail('its thread has ended');
});

let told = false;
for (;;) {
  const seen = rings.acted;
  if (rings.ready && !told) {
    told = true;
    output.write(readyMark);
  }
  if (rest.length > 0) feed();
  drain();
  await rings.untilActed(seen);
}
