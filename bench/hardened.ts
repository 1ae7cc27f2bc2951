/**
 * What the hardened profile costs: the same programs, compiled and interpreted, in alternating runs; CPU seconds of whole programs.
 * And what a start costs, and an idle guest.
 */
import { readFile } from 'node:fs/promises';
import type { Profile } from '../restrictions/profile.js';
import { openYard, type TestYard } from '../test/support/yard.js';
import { programs as javascriptPrograms } from './javascript-speed.js';
import { programPath, programs as pythonPrograms, secondsByLine } from './python/lines.js';
import type { Report } from './report.js';
import { geometricMean, spread } from './statistics.js';

const rounds = 3;
const starts = 40;
const idlers = 50;
const both: readonly Profile[] = ['jit', 'hardened'];

const policy = (profile: Profile, memory = 2e9): string =>
  JSON.stringify({
    resources: { cpu: 2, memory, diskused: 1e8, events: 50, lograte: 'unlimited', random: 'unlimited' },
    profile,
  });

export async function measure(): Promise<Report> {
  const yard = await openYard();
  try {
    for (const profile of both) {
      for (const memory of [2e9, 15e6]) await yard.output(`log('warm')`, { restrictions: policy(profile, memory) });
    }
    const rows: (string | number)[][] = [];
    const javascript = await measureJavascript(yard, rows);
    const python = await measurePython(yard, rows);
    await measureStarts(yard, rows);
    await measureIdle(yard, rows);
    return {
      title: `The hardened profile against compiled code, ${rounds} alternating runs (CPU ms of whole programs)`,
      columns: ['what', 'compiled', 'hardened', 'ratio'],
      rows,
      notes: [
        `geometric mean: JavaScript ${javascript.toFixed(1)} times the CPU time, Python ${python.toFixed(1)} times`,
        `starts: median of ${starts} in ms; idle: median PSS of ${idlers} in MiB; both with 15,000,000 bytes of memory`,
      ],
      promises: [],
    };
  } finally {
    await yard.close();
  }
}

/** Median ratio of each program, into `rows`; returns the geometric mean. */
async function measureJavascript(yard: TestYard, rows: (string | number)[][]): Promise<number> {
  const ratios: number[] = [];
  for (const [name, body] of Object.entries(javascriptPrograms)) {
    const source = `const work = () => {${body}\n};\nlog(work());`;
    const seconds: Record<Profile, number[]> = { jit: [], hardened: [] };
    const sums = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      for (const profile of both) {
        const program = await yard.start(source, { restrictions: policy(profile) });
        const { usage, reason } = await program.outcome;
        if (reason !== 'exited') throw new Error(`${name}, ${profile}: ${reason}`);
        seconds[profile].push(usage.cpuSeconds);
        sums.add(yard.logged(program));
      }
    }
    if (sums.size !== 1) throw new Error(`${name} computed ${[...sums].join(' and ')}`);
    ratios.push(addRow(rows, name, seconds));
  }
  return geometricMean(ratios);
}

async function measurePython(yard: TestYard, rows: (string | number)[][]): Promise<number> {
  const ratios: number[] = [];
  for (const name of pythonPrograms) {
    const source = await readFile(programPath(name), 'latin1');
    const seconds = new Map<string, Record<Profile, number[]>>();
    for (let round = 0; round < rounds; round++) {
      for (const profile of both) {
        const options = { language: 'python', name: `${name}.r2py`, restrictions: policy(profile) } as const;
        const program = await yard.start(source, options);
        const { usage } = await program.outcome;
        // Throws when a checksum is wrong.
        for (const [line, value] of secondsByLine(name, yard.logged(program), usage.cpuSeconds)) {
          const sample = seconds.get(line) ?? { jit: [], hardened: [] };
          sample[profile].push(value);
          seconds.set(line, sample);
        }
      }
    }
    for (const [line, sample] of seconds) ratios.push(addRow(rows, `${line} (Python)`, sample));
  }
  return geometricMean(ratios);
}

function addRow(rows: (string | number)[][], name: string, seconds: Record<Profile, number[]>): number {
  const [compiled, hardened] = both.map((profile) => spread(seconds[profile]).median * 1000) as [number, number];
  rows.push([name, compiled, hardened, hardened / compiled]);
  return hardened / compiled;
}

async function measureStarts(yard: TestYard, rows: (string | number)[][]): Promise<void> {
  for (const [language, source] of [
    ['javascript', `log('hello')`],
    ['python', `log("hello")\n`],
  ] as const) {
    const times: Record<Profile, number[]> = { jit: [], hardened: [] };
    for (let n = 0; n < starts; n++) {
      for (const profile of both) {
        const { timings } = await yard.run(source, { language, name: 'guest', restrictions: policy(profile, 15e6) });
        times[profile].push(((timings.firstInstruction ?? Number.NaN) - (timings.queued ?? 0)) / 1000);
      }
    }
    addRow(rows, `start (${language})`, times);
  }
}

async function measureIdle(yard: TestYard, rows: (string | number)[][]): Promise<void> {
  const medians: number[] = [];
  for (const profile of both) {
    const restrictions = policy(profile, 15e6);
    const idle = await Promise.all(
      Array.from({ length: idlers }, () => yard.start('await sleep(600);', { restrictions })),
    );
    await yard.running(idle);
    const sizes = await Promise.all(idle.map((program) => proportionalMiB(program.status().pid)));
    medians.push(spread(sizes).median);
    for (const program of idle) program.stop();
    await Promise.all(idle.map((program) => program.outcome));
  }
  const [compiled = Number.NaN, hardened = Number.NaN] = medians;
  rows.push(['idle guest', compiled, hardened, hardened / compiled]);
}

async function proportionalMiB(pid: number | null): Promise<number> {
  const pss = /^Pss:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'));
  if (pss === null) throw new Error(`no Pss in the memory map of process ${pid}`);
  return Number(pss[1]) / 1024;
}
