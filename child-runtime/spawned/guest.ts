/**
 * The guest's thread of a spawned child: hardens itself, says that it is ready, and runs the one program that comes. It holds no
 * descriptor; V8 ends it, and not the process, when its heap is full, so that the pump can say so.
 */
import process from 'node:process';
import { setImmediate } from 'node:timers';
import { workerData } from 'node:worker_threads';
import { reservedExitCodes } from '../../seccomp/native/addon.js';
import { prepare, runChild } from '../main.js';
import { nativeOf } from './native.js';
import { Rings } from './rings.js';

const rings = new Rings(workerData as SharedArrayBuffer);

// Out of the promise job that a module body is: V8 runs no checkpoint inside of another one.
setImmediate(() => {
  prepare({ warm: false });
  const native = nativeOf(rings);
  rings.ready = true;
  try {
    runChild(native);
  } catch {
    // Only an error of the runtime leads here.
  }
  native.exit(reservedExitCodes.engineFailed);
});

// Node's own reports print; whatever reaches Node is an error of the runtime, and fatal.
process.on('uncaughtException', (error) => {
  throw error;
});
