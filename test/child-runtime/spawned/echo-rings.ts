/** The guest's side of rings.test.ts: sends back 3,000,000 bytes, then waits for one more and ends with 42. */
import { workerData } from 'node:worker_threads';
import { nativeOf } from '../../../child-runtime/spawned/native.js';
import { Rings } from '../../../child-runtime/spawned/rings.js';

const native = nativeOf(new Rings(workerData as SharedArrayBuffer));
const bytes = new Uint8Array(30_000);
for (let echoed = 0; echoed < 3_000_000; ) {
  const count = native.read(bytes, 0, bytes.length);
  for (let at = 0; at < count; ) at += native.write(bytes, at, count - at);
  echoed += count;
}
native.read(bytes, 0, 1);
native.exit(42);
