/** What programs cost where each has a process of its own instead of a fork: against zygotes, in alternating runs on this host. */
import { readFile } from 'node:fs/promises';
import { portableOptions } from '../test/support/portable.js';
import { openYard, type TestYard, wideRestrictions } from '../test/support/yard.js';
import { proportionalMiB } from './memory.js';
import type { Report } from './report.js';
import { spread } from './statistics.js';

const starts = 15;
const idlers = 8;
const calls = 2000;
const rounds = 3;

/** Seconds of processor time that a running process has taken, all its threads together (proc(5)). */
async function processorMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const small = wideRestrictions.replace('200000000', '15000000');
const roundTrips = `
  const before = getruntime();
  for (let n = 0; n < ${calls}; n++) await randombytes();
  log((getruntime() - before) / ${calls} * 1e6);`;
const computing = 'let sum = 0; for (let n = 0; n < 3e8; n++) sum = (sum + n * 7) % 1000003; log(sum);';

interface Sample {
  readonly start: number[];
  readonly cpu: number[];
  readonly trip: number[];
  readonly compute: number[];
}

async function takeRound(yard: TestYard, sample: Sample): Promise<void> {
  for (let n = 0; n < starts; n++) {
    const { timings } = await yard.run('log(1)', { restrictions: small });
    sample.start.push(Number(timings.firstInstruction) - Number(timings.queued));
  }
  const idle = await yard.start('await sleep(600);', { restrictions: small });
  await yard.running([idle]);
  sample.cpu.push(await processorMs(idle.status().pid!));
  idle.stop();
  await idle.outcome;
  sample.trip.push(Number(await yard.output(roundTrips, { restrictions: wideRestrictions })));
  const { usage } = await yard.run(computing, { restrictions: wideRestrictions });
  sample.compute.push(usage.cpuSeconds * 1000);
}

/** MiB of each of some idle programs at once. */
async function idleMemory(yard: TestYard, language: 'javascript' | 'python'): Promise<number[]> {
  const source = language === 'python' ? 'sleep(600)' : 'await sleep(600);';
  const idle = await Promise.all(Array.from({ length: idlers }, () => yard.start(source, { language })));
  await yard.running(idle);
  const memory = await Promise.all(idle.map((program) => proportionalMiB(program.status().pid!)));
  for (const program of idle) program.stop();
  await Promise.all(idle.map((program) => program.outcome));
  return memory;
}

export async function measure(): Promise<Report> {
  const yards = { forked: await openYard(), spawned: await openYard(portableOptions()) };
  const fresh = (): Sample => ({ start: [], cpu: [], trip: [], compute: [] });
  const samples = { forked: fresh(), spawned: fresh() };
  try {
    await yards.forked.output('log(1)', { restrictions: small });
    await yards.forked.output('log(1)', { restrictions: wideRestrictions });
    for (let round = 0; round < rounds; round++) {
      for (const way of ['forked', 'spawned'] as const) await takeRound(yards[way], samples[way]);
    }
    const rows = (['start', 'cpu', 'trip', 'compute'] as const).map((what) => [
      {
        start: 'request to first instruction, ms',
        cpu: "its process' CPU until it idles, ms",
        trip: 'one small API call, us',
        compute: 'CPU of 3e8 turns of a loop, ms',
      }[what],
      ...(['forked', 'spawned'] as const).flatMap((way) => {
        const { min, median } = spread(samples[way][what]);
        return [min, median];
      }),
    ]);
    for (const language of ['javascript', 'python'] as const) {
      const [forked, spawned] = [
        spread(await idleMemory(yards.forked, language)),
        spread(await idleMemory(yards.spawned, language)),
      ];
      rows.push([`PSS of an idle ${language} guest, MiB`, forked.min, forked.median, spawned.min, spawned.median]);
    }
    return {
      title: `A process for each program against a fork, ${rounds} alternating rounds of ${starts} starts`,
      columns: ['what', 'forked, least', 'median', 'spawned, least', 'median'],
      rows,
      notes: [`idle guests: ${idlers} at once`],
      promises: [],
    };
  } finally {
    await yards.forked.close();
    await yards.spawned.close();
  }
}
