/** What a Python guest costs besides its speed. */
import { readFile } from 'node:fs/promises';
import type { TestYard } from '../../test/support/yard.js';
import { spread } from '../statistics.js';
import { programPath, programs } from './lines.js';

const runs = 9;
const idlers = 20;
const options = { language: 'python', name: 'guest.r2py' } as const;

/** Medians in milliseconds. */
export interface Compiling {
  /** The processor time of the whole child: fork, lock, check, compilation, and running nothing but `def` and `class`. */
  readonly cpu: number;
  /** By the clock, from locked to compiled. */
  readonly elapsed: number;
}

/** For a program of 1,000 lines: functions and classes of the benchmark programs. */
export async function measureCompiling(yard: TestYard): Promise<Compiling> {
  const bodies: string[] = [];
  for (const program of programs) {
    const source = await readFile(programPath(program), 'latin1');
    const definitions = source.split('\n').filter((line, i, all) => isInDefinition(all, i) && line.trim() !== '');
    bodies.push(...definitions);
  }
  const lines: string[] = [];
  while (lines.length < 1000) lines.push(...bodies);
  // Cut where a definition begins, so that the last one is whole.
  let end = 1000;
  while (!/^(def|class) /.test(lines[end] ?? '')) end -= 1;
  const source = `${lines.slice(0, end).join('\n')}\n${'x = 1\n'.repeat(1000 - end)}`;
  const cpu: number[] = [];
  const elapsed: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { timings, usage } = await yard.run(source, options);
    const { locked, compiled } = timings;
    if (locked === null || compiled === null) throw new Error('a program that ran lacks a stage');
    cpu.push(usage.cpuSeconds * 1000);
    elapsed.push(compiled - locked);
  }
  return { cpu: spread(cpu).median, elapsed: spread(elapsed).median };
}

/** Whether line `i` belongs to a function or class at the top level. */
function isInDefinition(lines: readonly string[], i: number): boolean {
  let at = i;
  while (at > 0 && /^(\s|$)/.test(lines[at]!)) at -= 1;
  return /^(def|class) /.test(lines[at]!);
}

async function proportionalBytes(pid: number): Promise<number> {
  const pss = /^Pss:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'));
  if (pss === null) throw new Error(`no Pss in the memory map of process ${pid}`);
  return Number(pss[1]) * 1024;
}

/** MiB that the median of idle Python guests takes more than the median of as many idle JavaScript guests, all at once. */
export async function measureIdleMemory(yard: TestYard): Promise<number> {
  const start = (source: string, language: 'python' | 'javascript') =>
    Promise.all(Array.from({ length: idlers }, () => yard.start(source, { language, name: `idle.${language}` })));
  const python = await start('sleep(600)\n', 'python');
  const javascript = await start('await sleep(600);', 'javascript');
  await yard.running([...python, ...javascript]);
  const median = async (programs: typeof python) =>
    spread(await Promise.all(programs.map((program) => proportionalBytes(program.status().pid!)))).median;
  const more = (await median(python)) - (await median(javascript));
  for (const program of [...python, ...javascript]) program.stop();
  await Promise.all([...python, ...javascript].map((program) => program.outcome));
  return more / 2 ** 20;
}

/** Logs the longest pause of any thread, and the one that 99 of 100 pauses don't exceed, in seconds. Each turn of a loop has one. */
const threads = `
pauses = {"lock": [], "sleep": [], "busy": []}
state = {"end": getruntime() + 1.0, "left": 2}
lock = createlock()

def note(name, last):
  now = getruntime()
  if now - last > 0.0005:
    pauses[name].append(now - last)
  return now

def locker():
  last = getruntime()
  while last < state["end"]:
    lock.acquire(True)
    last = note("lock", last)
    lock.release()
  state["left"] -= 1

def sleeper():
  last = getruntime()
  while last < state["end"]:
    sleep(0.001)
    last = note("sleep", last)
  state["left"] -= 1

createthread(locker)
createthread(sleeper)
last = getruntime()
while state["left"]:
  for i in xrange(1000):
    pass
  last = note("busy", last)
all = pauses["lock"] + pauses["sleep"] + pauses["busy"]
all.sort()
log(all[-1], all[len(all) * 99 / 100])
`;

/** Milliseconds, the medians of some runs: the longest pause that any of three threads made, and the least that 99 of 100 pauses don't exceed. */
export interface Pauses {
  readonly longest: number;
  readonly most: number;
}

/** Of three threads, one at a lock, one asleep, one busy. Pauses below half a millisecond are no turns of others. */
export async function measureFairness(yard: TestYard): Promise<Pauses> {
  const longest: number[] = [];
  const most: number[] = [];
  for (let run = 0; run < 5; run++) {
    const [worst, usual] = (await yard.output(threads, options)).split(' ').map((seconds) => Number(seconds) * 1000);
    longest.push(worst!);
    most.push(usual!);
  }
  return { longest: spread(longest).median, most: spread(most).median };
}
