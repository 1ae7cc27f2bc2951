/** What `repyard run` and `repyard check` take from the command to its end, for a program that does nothing: clock and processor time. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { monotonicMs } from '../supervisor/clock.js';
import type { Report } from './report.js';
import { spread } from './statistics.js';

const rounds = 10;
const command = fileURLToPath(new URL('../../bin/repyard.js', import.meta.url));

const restrictions = (memory: number) => `resource cpu 1\nresource memory ${memory}\nresource diskused 1000000
resource events 10\nresource lograte 30000\nresource fileread 1000000\nresource filewrite 1000000\nresource filesopened 5\n`;

/** File and text. */
const files: Readonly<Record<string, string>> = {
  'small.restrictions': restrictions(15_000_000),
  'large.restrictions': restrictions(2_000_000_000),
  'hello.r2py': 'log("hello\\n")\n',
  'hello.js': 'log("hello\\n");\n',
};

/** Arguments, and the milliseconds by the clock that are promised of them on a quiet host. */
const cases: ReadonlyArray<readonly [args: string, promised: number]> = [
  ['run small.restrictions hello.r2py', 800],
  ['run small.restrictions hello.js', 800],
  ['run large.restrictions hello.r2py', 1500],
  ['run large.restrictions hello.js', 1500],
  ['check hello.r2py', 400],
  ['check hello.js', 400],
];

export async function measure(): Promise<Report> {
  const directory = await mkdtemp(join(tmpdir(), 'repyard-one-shot-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    const taken = cases.map(() => ({ wall: [] as number[], cpu: [] as number[] }));
    for (let round = 0; round < rounds; round++) {
      for (const [index, [args]] of cases.entries()) {
        const { wall, cpu } = await once(args.split(' '), directory);
        taken[index]!.wall.push(wall);
        taken[index]!.cpu.push(cpu);
      }
    }
    const [walls, cpus] = [taken.map(({ wall }) => spread(wall)), taken.map(({ cpu }) => spread(cpu))];
    return {
      title: `One program, one shot (${rounds} rounds by turns, ms)`,
      columns: ['command', 'clock: min', 'median', 'max', 'processor: min', 'median', 'max'],
      rows: cases.map(([args], index) => {
        const [wall, cpu] = [walls[index]!, cpus[index]!];
        return [`repyard ${args}`, wall.min, wall.median, wall.max, cpu.min, cpu.median, cpu.max];
      }),
      promises: cases.map(([args, promised], index) => ({
        what: `repyard ${args} within ${promised} ms (median, on a quiet host)`,
        figure: `${walls[index]!.median.toFixed(0)} ms`,
        kept: walls[index]!.median <= promised,
      })),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Milliseconds; the processor time holds that of its zygote and of all else that it started. Rejects when it fails. */
async function once(args: readonly string[], cwd: string): Promise<{ wall: number; cpu: number }> {
  const [cpu, start] = [await ofChildren(), monotonicMs()];
  await execa(process.execPath, [command, ...args], { cwd });
  const wall = monotonicMs() - start;
  return { wall, cpu: (await ofChildren()) - cpu };
}

/** Processor time of the children that have ended, and of theirs: the kernel's account, in steps of 10 ms. */
async function ofChildren(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8');
  // Behind the name, which may hold anything: state, and the numbers from the fourth on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
