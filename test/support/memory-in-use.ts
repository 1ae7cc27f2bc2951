/** Memory of this process that is in use: after whole collections of garbage, so that what is merely due isn't counted. */
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What a collection finds to be finalised is given back in a turn of the event loop, and what only that held in the next collection. */
const rounds = 4;

/** Bytes on the heap and in buffers. */
export async function memoryInUse(): Promise<number> {
  for (let round = 0; round < rounds; round += 1) {
    collect();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
