/** Memory hogs: how far above the limit each gets, and how long it lives on. */

import { openYard as openLimits, startIn } from '../../test/limits/live-yard.js';
import type { TestYard } from '../../test/support/yard.js';
import { spread } from '../statistics.js';
import { busyBelow, watchIdle } from './idle-cores.js';
import { limitsText, type Part, type Row } from './part.js';

const limits = [15_000_000, 100_000_000];
const killLimit = 100_000_000;
const hogs = {
  slow: `const held = []; for (;;) { held.push(new Uint8Array(100_000).fill(1)); await log(getruntime() + '\\n'); }`,
  fast: 'const held = []; for (;;) held.push(new Uint8Array(100_000).fill(1));',
  objects: 'const held = []; for (;;) held.push({ a: held.length, b: [held.length] });',
} as const;
/** Ends by itself: a single allocation beyond the limit fails, and the program can catch that. */
const single = (limit: number) => `const held = new Uint8Array(${4 * limit}).fill(1); log(held.length);`;

export async function memory(yard: TestYard): Promise<Part> {
  const rows: Row[] = [];
  const peaks: number[] = [];
  for (const limit of limits) {
    const restrictions = limitsText({ memory: limit });
    for (const [kind, source] of Object.entries({ ...hogs, single: single(limit) })) {
      const program = await yard.start(source, { restrictions });
      const at = { releasing: 0, ended: 0 };
      program.on('state', (state) => {
        if (state === 'releasing' || state === 'ended') at[state] = performance.now();
      });
      const { reason, usage, timings } = await program.outcome;
      const peak = usage.memoryPeakBytes;
      peaks.push(peak / limit);
      /** Milliseconds since its start when the process was gone; then its group and directory are given back. */
      const gone = timings.ended - (at.ended - at.releasing);
      const note = `${reason} after ${(gone / 1000).toFixed(2)} s`;
      rows.push([`memory, ${kind} hog`, limit, peak, peak / limit, note]);
    }
  }
  const worst = Math.max(...peaks);
  const idleCores = watchIdle();
  const lived = await killTime();
  const busy = idleCores() < busyBelow;
  rows.push([
    'memory, killed by the kernel',
    killLimit,
    killLimit,
    1,
    `${lived.map((ms) => ms.toFixed(1)).join(', ')} ms later`,
  ]);
  const median = spread(lived).median;
  return {
    rows,
    promises: [
      { what: 'memory peak at most 1.02 of the limit', figure: worst.toFixed(3), kept: worst <= 1.02 },
      {
        what: 'killed within 10 ms of crossing the memory limit (median)',
        figure: `${median.toFixed(1)} ms${busy ? ', machine busy' : ''}`,
        kept: median <= 10 || busy,
      },
    ],
  };
}

/** Milliseconds until the kernel had killed a hog that was first seen at 99 % of its limit: it takes the rest within a millisecond. */
async function killTime(): Promise<number[]> {
  const yard = await openLimits();
  if (typeof yard === 'string') throw new Error(yard);
  const lived: number[] = [];
  try {
    for (let turn = 0; turn < 5; turn++) {
      const group = await yard.limiter.create(`hog-${turn}`, { cpu: 2, memory: killLimit, processes: 32 });
      const hog = startIn(
        group,
        process.execPath,
        '-e',
        'const held = []; for (;;) held.push(Buffer.alloc(1 << 16, 1));',
      );
      let crossedAt = Number.POSITIVE_INFINITY;
      let killedAt = Number.NaN;
      const look = () => {
        const { memoryBytes, memoryKills } = group.usage();
        if (memoryBytes >= 0.99 * killLimit) crossedAt = Math.min(crossedAt, performance.now());
        if (memoryKills === 0) setImmediate(look);
        else killedAt = performance.now();
      };
      look();
      await hog;
      // Killed between two looks: no time that could be told.
      lived.push(Math.max(0, killedAt - crossedAt));
      await group.remove();
    }
  } finally {
    await yard.close();
  }
  return lived;
}
