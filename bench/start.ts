/** What a guest costs: from the fork request to its first instruction, and the memory of 200 that idle side by side. */
import { readFile } from 'node:fs/promises';
import { openYard } from '../test/support/yard.js';
import type { Report } from './report.js';
import { spread } from './statistics.js';

const idlers = 200;
const starts = 60;

async function proportionalKiB(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const pss = /^Pss:\s+(\d+) kB/m.exec(rollup);
  if (pss === null) throw new Error(`no Pss in the memory map of process ${pid}`);
  return Number(pss[1]);
}

export async function measure(): Promise<Report> {
  const yard = await openYard();
  try {
    await yard.output(`log('warm')`);
    const stages = { fork: [] as number[], lock: [] as number[], check: [] as number[], whole: [] as number[] };
    for (let n = 0; n < starts; n++) {
      const { timings } = await yard.run(`log('hello\\n')`);
      const { queued, forked, locked, compiled, firstInstruction } = timings;
      if (queued === null || forked === null || locked === null || compiled === null || firstInstruction === null) {
        throw new Error('a program that ran lacks a stage');
      }
      stages.fork.push(forked - queued);
      stages.lock.push(locked - forked);
      stages.check.push(compiled - locked);
      stages.whole.push(firstInstruction - queued);
    }
    const idle = await Promise.all(Array.from({ length: idlers }, () => yard.start('await sleep(600);')));
    await yard.running(idle);
    const memory = spread(await Promise.all(idle.map((program) => proportionalKiB(program.status().pid!))));
    for (const program of idle) program.stop();
    await Promise.all(idle.map((program) => program.outcome));

    const whole = spread(stages.whole);
    const row = (name: string, sample: readonly number[]) => {
      const { min, median, p95, max } = spread(sample);
      return [name, min, median, p95, max];
    };
    return {
      title: `Starting a guest (${starts} starts, ms) and ${idlers} idle guests at once (PSS, MiB)`,
      columns: ['what', 'min', 'median', 'p95', 'max'],
      rows: [
        row('fork request to forked', stages.fork),
        row('forked to locked', stages.lock),
        row('locked to compiled', stages.check),
        row('fork request to first guest instruction', stages.whole),
        ['PSS of an idle guest', memory.min / 1024, memory.median / 1024, memory.p95 / 1024, memory.max / 1024],
      ],
      promises: [
        {
          what: 'fork request to first guest instruction below 6 ms (median)',
          figure: `${whole.median.toFixed(2)} ms`,
          kept: whole.median < 6,
        },
        {
          what: `PSS per idle guest below 1.5 MiB with ${idlers} at once`,
          figure: `${(memory.max / 1024).toFixed(2)} MiB at most`,
          kept: memory.max < 1.5 * 1024,
        },
      ],
    };
  } finally {
    await yard.close();
  }
}
