/** How quick each API call is for a Python program, beside RepyV2's recorded figures for the same program. */
import { readFileSync } from 'node:fs';
import { openYard } from '../test/support/yard.js';
import type { Report } from './report.js';
import { geometricMean } from './statistics.js';

const ports = [63100, 63101, 63102].map((port) => `resource messport ${port}\nresource connport ${port}\n`).join('');
const restrictions = `
resource cpu 10
resource memory 2000000000
resource diskused 4000000000
resource events 1000
resource filesopened 250
resource insockets 500
resource outsockets 500
${['filewrite', 'fileread', 'netsend', 'netrecv', 'loopsend', 'looprecv', 'lograte', 'random']
  .map((rate) => `resource ${rate} 1e12`)
  .join('\n')}
${ports}`;

/** Calls a second of RepyV2 under CPython 2.7 on Linux, on another machine of this kind: recorded, not measured side by side. */
const recorded: Readonly<Record<string, number>> = {
  'writeat-1KiB': 10_800,
  'readat-1KiB': 11_900,
  'openfile+close': 10_100,
  listfiles: 5300,
  'log-64B': 11_500,
  getruntime: 29_000,
  getresources: 2870,
  randombytes: 13_500,
  'lock acquire+release': 60_000,
  'createthread+join': 3760,
  'udp 64B one way': 3740,
  'tcp 64B round trip': 1680,
  'tcp connect+close': 1050,
  'virtualnamespace+eval': 12,
};
const leastRatio = 1.5;
const leastMean = 5;

/** `API name calls seconds s calls-per-second /s cpu seconds`, a line each; the number of files in a name goes. */
export function ratesOf(log: string): Map<string, number> {
  const lines = log.matchAll(/^API (.{22}) +\d+ +([\d.]+) s +(\d+) \/s/gm);
  return new Map([...lines].map(([, name = '', , rate]) => [name.trim().replace(/\(\d+\)$/, ''), Number(rate)]));
}

/** The median of several runs: others use the machine as well. */
const runs = 3;

export async function measure(): Promise<Report> {
  const source = readFileSync(new URL('../../bench/programs/api.r2py', import.meta.url), 'utf8');
  const yard = await openYard();
  try {
    const samples: Map<string, number>[] = [];
    for (let run = 0; run < runs; run += 1) {
      samples.push(ratesOf(await yard.output(source, { restrictions, language: 'python', name: 'api.r2py' })));
    }
    const rows = Object.entries(recorded).map(([name, theirs]) => {
      const ours = samples.map((sample) => sample.get(name) ?? 0).sort((a, b) => a - b)[runs >> 1]!;
      return { name, ours, theirs, ratio: ours / theirs };
    });
    const least = rows.reduce((one, other) => (other.ratio < one.ratio ? other : one));
    const mean = geometricMean(rows.map(({ ratio }) => ratio));
    return {
      title: "API calls of a Python program, beside RepyV2's recorded figures",
      columns: ['call', 'calls/s', 'RepyV2 (recorded)', 'ratio'],
      rows: rows.map(({ name, ours, theirs, ratio }) => [name, ours, theirs, ratio]),
      notes: [`median of ${runs} runs of bench/programs/api.r2py; RepyV2's figures are recorded, not measured beside`],
      promises: [
        {
          what: `each API call at least ${leastRatio} times as quick as RepyV2's recorded figure`,
          figure: `${least.ratio.toFixed(2)} for ${least.name}`,
          kept: least.ratio >= leastRatio,
        },
        {
          what: `${leastMean} times as quick in the geometric mean`,
          figure: mean.toFixed(1),
          kept: mean >= leastMean,
        },
      ],
    };
  } finally {
    await yard.close();
  }
}
