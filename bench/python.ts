/**
 * Python guests against CPython 2.7: CPU seconds of whole programs, from their first byte to their end, in alternating runs. The
 * runtime is loaded already, as it is in every zygote, and CPython's own start doesn't count either.
 */
import { readFile } from 'node:fs/promises';
import { openYard, type TestYard, wideRestrictions } from '../test/support/yard.js';
import { findCpython, runOnCpython } from './python/cpython.js';
import { measureCompiling, measureFairness, measureIdleMemory } from './python/guests.js';
import { programPath, programs, recorded, secondsByLine } from './python/lines.js';
import type { Promised, Report } from './report.js';
import { geometricMean, spread } from './statistics.js';

const rounds = 5;
const restrictions = wideRestrictions.replace('resource memory 200000000', 'resource memory 2000000000');

export async function measure(): Promise<Report> {
  const yard = await openYard();
  try {
    await yard.output(`log('warm')`, { language: 'python', name: 'warm.r2py', restrictions });
    const interpreter = findCpython();
    const rows: (string | number)[][] = [];
    const ratios: number[] = [];
    const leastRatios: number[] = [];
    for (const program of programs) {
      const { guest, cpython } = await measureProgram(yard, program, interpreter);
      for (const [line, sample] of guest) {
        const ours = spread(sample);
        const theirs = cpython.get(line) ?? [recorded[program]![line]!.cpythonSeconds];
        const ratio = ours.median / spread(theirs).median;
        ratios.push(ratio);
        leastRatios.push(ours.min / spread(theirs).min);
        rows.push([line, spread(theirs).median * 1000, ours.median * 1000, ours.min * 1000, ours.max * 1000, ratio]);
      }
    }
    const promises = [...(await guestPromises(yard)), ...speedPromises(ratios)];
    const yardstick =
      interpreter === undefined ? 'RECORDED figures of CPython 2.7.18, of another machine' : interpreter;
    return {
      title: `Python guests against CPython 2.7, CPU ms of whole programs, ${rounds} alternating runs`,
      columns: ['line', 'CPython', 'Repyard (median)', 'min', 'max', 'ratio'],
      rows,
      notes: [
        `compared with ${yardstick}`,
        `geometric mean of the least of both, which other load on the machine disturbs less: ${geometricMean(leastRatios).toFixed(3)}`,
      ],
      promises,
    };
  } finally {
    await yard.close();
  }
}

type Samples = Map<string, number[]>;

async function measureProgram(
  yard: TestYard,
  name: string,
  interpreter: string | undefined,
): Promise<{ guest: Samples; cpython: Samples }> {
  const guest: Samples = new Map();
  const cpython: Samples = new Map();
  const add = (samples: Samples, seconds: Map<string, number>): void => {
    for (const [line, value] of seconds) samples.set(line, [...(samples.get(line) ?? []), value]);
  };
  const path = programPath(name);
  const source = await readFile(path, 'latin1');
  for (let round = 0; round < rounds; round++) {
    if (interpreter !== undefined) {
      const { log, cpuSeconds } = await runOnCpython(interpreter, path);
      add(cpython, secondsByLine(name, log, cpuSeconds));
    }
    const program = await yard.start(source, { language: 'python', name: `${name}.r2py`, restrictions });
    const { usage } = await program.outcome;
    add(guest, secondsByLine(name, yard.logged(program), usage.cpuSeconds));
  }
  return { guest, cpython };
}

function speedPromises(ratios: readonly number[]): Promised[] {
  const mean = geometricMean(ratios);
  const worst = Math.max(...ratios);
  return [
    {
      what: "Python guests take at most 0.25 of CPython 2.7's CPU time (geometric mean)",
      figure: mean.toFixed(3),
      kept: mean <= 0.25,
    },
    { what: 'none takes more than 1.5 of it', figure: worst.toFixed(2), kept: worst <= 1.5 },
  ];
}

async function guestPromises(yard: TestYard): Promise<Promised[]> {
  const { cpu, elapsed } = await measureCompiling(yard);
  const idle = await measureIdleMemory(yard);
  const { longest, most } = await measureFairness(yard);
  return [
    {
      what: 'a new child checks and compiles 1,000 lines in less than 150 ms of CPU (median)',
      figure: `${cpu.toFixed(1)} ms (by the clock ${elapsed.toFixed(1)} ms)`,
      kept: cpu < 150,
    },
    {
      what: 'an idle Python guest takes at most 0.5 MiB more than an idle JavaScript guest (median PSS)',
      figure: `${idle.toFixed(2)} MiB more`,
      kept: idle <= 0.5,
    },
    {
      what: 'with a busy thread, one at a lock and one that sleeps, each gets on within 50 ms (longest pause, median of runs)',
      figure: `${longest.toFixed(1)} ms; ${most.toFixed(1)} ms is the most of 99 in 100 pauses`,
      kept: longest <= 50,
    },
  ];
}
