/**
 * Nine good programs and one hostile one with equal limits: what the nine lose. Together they may have half of the machine: the
 * rest is for the supervisor, which the hostile one may try to keep busy, and for what else runs there.
 */
import { availableParallelism } from 'node:os';
import type { Program } from '../../supervisor/index.js';
import type { TestYard } from '../../test/support/yard.js';
import { busyBelow, watchIdle } from './idle-cores.js';
import { limitsText, type Part, pause, type Row } from './part.js';

const good = 9;
const seconds = 3;
/** Quiet and disturbed by turns, so that what else the machine does falls on both. */
const turns = 3;
/** The hostile one is entitled to a tenth of everything. */
const fairShare = 1 / (good + 1);
/** Of two measurements of the same thing, on a machine with other processes. */
const noise = 0.03;

/** Computes, and asks for something now and then. */
const worker = `
  const f = await openfile('a', true);
  for (let round = 0; ; round++) {
    let sum = 0;
    for (let n = 0; n < 200_000; n++) sum += n % 7;
    await f.writeat(String(sum), 0);
    await log('.');
  }
`;
const hostile = {
  'cpu hog': 'for (;;);',
  'memory churner':
    'for (let held = []; ; ) { held.push(new Uint8Array(50_000).fill(1)); if (held.length > 100) held = []; }',
  'log flooder': `for (;;) await log('x'.repeat(4000));`,
  'disk scribbler': `const f = await openfile('a', true); for (let n = 0; ; n++) await f.writeat('x'.repeat(60_000), (n % 20) * 60_000);`,
  'request flooder': 'for (;;) await Promise.all(Array.from({ length: 100 }, () => getresources()));',
  'file hoarder': `const held = []; for (let n = 0; ; n++) { try { held.push(await openfile('f' + (n % 50), true)); } catch { await log('n'); } }`,
} as const;

export async function neighbours(yard: TestYard): Promise<Part> {
  const restrictions = limitsText({ cpu: availableParallelism() / 2 / (good + 1) });
  const rounds = async (tenth: string): Promise<number> => {
    const bad = await yard.start(tenth, { restrictions });
    const workers = await Promise.all(Array.from({ length: good }, () => yard.start(worker, { restrictions })));
    await yard.running([bad, ...workers]);
    await pause(1);
    const sum = (programs: readonly Program[]) =>
      programs.reduce((total, program) => total + (program.status().usage.tallied.lograte ?? 0), 0);
    const before = sum(workers);
    await pause(seconds);
    const done = sum(workers) - before;
    for (const program of [bad, ...workers]) program.stop();
    await Promise.all([bad, ...workers].map((program) => program.outcome));
    return done;
  };
  const rows: Row[] = [];
  const kept: number[] = [];
  for (const [kind, source] of Object.entries(hostile)) {
    const idleCores = watchIdle();
    let quiet = 0;
    let disturbed = 0;
    for (let turn = 0; turn < turns; turn++) {
      quiet += await rounds('await sleep(600);');
      disturbed += await rounds(source);
    }
    const busy = idleCores() < busyBelow;
    if (!busy) kept.push(disturbed / quiet);
    const note = busy ? 'machine busy' : '';
    rows.push([`nine good beside a ${kind}`, `${quiet} rounds`, `${disturbed} rounds`, disturbed / quiet, note]);
  }
  const least = Math.min(1, ...kept);
  return {
    rows,
    promises: [
      {
        what: 'nine good programs beside a hostile one lose at most its fair share, a tenth',
        figure:
          kept.length === 0
            ? 'not measured: machine busy'
            : `${(100 * (1 - least)).toFixed(1)} % at most, in ${kept.length} of ${rows.length} kinds; else machine busy`,
        kept: least >= 1 - fairShare - noise,
      },
    ],
  };
}
