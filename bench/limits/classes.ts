/**
 * Programs that allocate as fast as they can beside a live set of half of their memory (a quarter below 50 MB), in every class of memory: the
 * engine must collect garbage before the kernel kills. For seconds of their own processor time, so that what else the machine does is
 * no help to them: fewer than the minute that is promised, unless REPYARD_BENCH_SECONDS says so.
 */
import type { Language } from '../../protocol/messages.js';
import type { TestYard } from '../../test/support/yard.js';
import { limitsText, type Part, pause, type Row } from './part.js';

const sizes = [15e6, 30e6, 50e6, 100e6, 250e6, 500e6, 2 ** 30];
const seconds = Number(process.env.REPYARD_BENCH_SECONDS ?? 10);
/** How much longer than that it may take, where the machine is busy. */
const patience = 20;
const small = 50e6;
/**
 * Bytes of one cell of the live set on V8's heap: an object of two fields (40), an array (32) with eight elements (80) and its place in the
 * set (8). A Python list is an object with such an array.
 */
const cell = 160;

const programs: Readonly<Record<string, { language: Language; source: (cells: number) => string }>> = {
  JavaScript: {
    language: 'javascript',
    source: (cells) => `
      const make = (i) => ({ i, list: [i, i, i, i, i, i, i, i] });
      const live = new Array(${cells});
      for (let i = 0; i < live.length; i++) live[i] = make(i);
      log('.');
      for (let round = 0; ; round++) {
        let last;
        for (let j = 0; j < 10000; j++) {
          last = make(j);
          // One in ten lives on in place of another.
          if (j % 10 === 0) live[(round * 1000 + j * 7) % live.length] = last;
        }
      }`,
  },
  Python: {
    language: 'python',
    source: (cells) => `
def make(i):
  return [i, i, i, i, i, i, i, i]
live = []
for i in range(${cells}):
  live.append(make(i))
log('.')
round = 0
while True:
  for j in range(10000):
    last = make(j)
    if j % 10 == 0:
      live[(round * 1000 + j * 7) % ${cells}] = last
  round += 1
`,
  },
};

export async function classes(yard: TestYard): Promise<Part> {
  const rows: Row[] = [];
  const failed: string[] = [];
  let worst = 0;
  for (const memory of sizes) {
    const cells = Math.floor(memory / (memory < small ? 4 : 2) / cell);
    const ran = await Promise.all(
      Object.entries(programs).map(async ([name, { language, source }]) => {
        const program = await yard.start(source(cells), { language, restrictions: limitsText({ memory }) });
        const used = () => program.status().usage.cpuSeconds;
        for (let waited = 0; waited < seconds * patience && used() < seconds && program.state !== 'ended'; waited++)
          await pause(1);
        const cpuSeconds = used();
        program.stop();
        const { reason, usage, message } = await program.outcome;
        const lived = yard.logged(program) === '.';
        return { name, reason, message, cpuSeconds, peak: usage.memoryPeakBytes, lived };
      }),
    );
    for (const { name, reason, message, cpuSeconds, peak, lived } of ran) {
      const held = reason === 'stopped' && lived && cpuSeconds >= seconds;
      if (!held)
        failed.push(
          `${name} at ${memory}: ${lived ? `${message} after ${cpuSeconds.toFixed(1)} s of cpu` : `its live set wasn't built: ${message}`}`,
        );
      worst = Math.max(worst, peak / memory);
      const note = `live set ${((cells * cell) / 1e6).toFixed(1)} MB, ${cpuSeconds.toFixed(1)} s of cpu${held ? '' : `, ${reason}`}`;
      rows.push([`memory, ${name} making garbage`, memory, peak, peak / memory, note]);
    }
  }
  return {
    rows,
    promises: [
      {
        what: 'programs that allocate fast beside a live set of half of their memory (a quarter below 50 MB) are never killed',
        figure:
          failed.length === 0
            ? `${rows.length} of ${rows.length}, ${seconds} s of cpu each, peak ${worst.toFixed(3)} at most`
            : failed.join('; '),
        kept: failed.length === 0,
      },
    ],
  };
}
