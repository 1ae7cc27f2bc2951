/** Memory hogs: how far above the limit each gets, and how long it lives on. */
import type { TestYard } from '../../test/support/yard.js';
import { busyBelow, watchIdle } from './idle-cores.js';
import { limitsText, type Part, type Row } from './part.js';

const limits = [15_000_000, 100_000_000];
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
  const ends: number[] = [];
  const idleCores = watchIdle();
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
      let note = `${reason} after ${(gone / 1000).toFixed(2)} s`;
      if (kind === 'slow') {
        // Its last word came before the allocation that crossed the limit: the time from crossing to end is shorter than this.
        const lived = gone - Number(yard.logged(program).trim().split('\n').at(-1)) * 1000;
        ends.push(lived);
        note += `, ${lived.toFixed(1)} ms after its last word`;
      }
      rows.push([`memory, ${kind} hog`, limit, peak, peak / limit, note]);
    }
  }
  const worst = Math.max(...peaks);
  const busy = idleCores() < busyBelow;
  return {
    rows,
    promises: [
      { what: 'memory peak at most 1.02 of the limit', figure: worst.toFixed(3), kept: worst <= 1.02 },
      {
        what: 'ended within 10 ms of crossing the memory limit',
        figure: `${Math.max(...ends).toFixed(1)} ms${busy ? ', machine busy' : ''}`,
        kept: Math.max(...ends) <= 10 || busy,
      },
    ],
  };
}
