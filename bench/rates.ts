/** How many calls a program gets through in 4 s under RepyV2's sample restrictions, in both languages, beside what RepyV2 let through. */
import { readFileSync } from 'node:fs';
import type { Language } from '../protocol/messages.js';
import { openYard } from '../test/support/yard.js';
import type { Report } from './report.js';

/** Those of the recording: a widened copy of RepyV2's restrictions.default. */
const restrictions = `
resource cpu 2
resource memory 100000000
resource diskused 100000000
resource events 10
resource filewrite 100000
resource fileread 100000
resource filesopened 5
resource insockets 5
resource outsockets 5
resource netsend 10000
resource netrecv 10000
resource loopsend 100000
resource looprecv 1000000
resource lograte 30000
resource random 10000
resource messport 12345
resource messport 12346
`;

/** Calls in 4 s that RepyV2 was seen to let through: limit x (4 s + a burst of 1 s) / cost, where one more that overshoots is let in. */
const recorded: Readonly<Record<string, number>> = {
  filewrite: 123,
  fileread: 123,
  random: 49,
  lograte: 1485,
  loopsend: 500,
};
/** The least part of RepyV2's count that one call is. */
const tolerance = 0.02;

const programs: Readonly<Record<'Python' | 'JavaScript', readonly [file: string, language: Language]>> = {
  Python: ['rates.r2py', 'python'],
  JavaScript: ['rates.js', 'javascript'],
};

export interface Counted {
  readonly rate: string;
  readonly calls: number;
  readonly seconds: number;
}

/** `RATE name: N calls in S s ...`, a line each. */
export function countsOf(log: string): Counted[] {
  return [...log.matchAll(/^RATE (\w+): (\d+) calls in ([\d.]+) s/gm)].map(([, rate = '', calls, seconds]) => ({
    rate,
    calls: Number(calls),
    seconds: Number(seconds),
  }));
}

export async function measure(): Promise<Report> {
  const yard = await openYard();
  try {
    const rows = await Promise.all(
      Object.entries(programs).map(async ([name, [file, language]]) => {
        const source = readFileSync(new URL(`../../bench/programs/${file}`, import.meta.url), 'utf8');
        const log = await yard.output(source, { restrictions, language, name: file });
        return countsOf(log).map(({ rate, calls, seconds }) => ({ name, rate, calls, seconds }));
      }),
    );
    const all = rows.flat().map((row) => ({ ...row, deviation: row.calls / recorded[row.rate]! - 1 }));
    const worst = all.reduce((one, other) => (Math.abs(other.deviation) > Math.abs(one.deviation) ? other : one));
    const expected = Object.keys(recorded).length * Object.keys(programs).length;
    return {
      title: 'calls in 4 s under a rate, beside what RepyV2 let through',
      columns: ['guest', 'rate', 'calls', 'seconds', 'RepyV2 (recorded)', 'deviation %'],
      rows: all.map(({ name, rate, calls, seconds, deviation }) => [
        name,
        rate,
        calls,
        seconds,
        recorded[rate]!,
        100 * deviation,
      ]),
      notes: [
        'RepyV2 under CPython 2.7 on Linux, recorded with bench/programs/rates.r2py; one call is 2 % of the smallest count',
      ],
      promises: [
        {
          what: "each rate lets through RepyV2's count of calls within 2 %, in both languages",
          figure: `${all.length} of ${expected} measured, worst ${(100 * worst.deviation).toFixed(1)} % (${worst.name}, ${worst.rate})`,
          // 2.04 %: one call of 49.
          kept: all.length === expected && Math.abs(worst.deviation) <= tolerance + 0.0005,
        },
      ],
    };
  } finally {
    await yard.close();
  }
}
