import type { Restrictions } from '../../restrictions/restrictions.js';
import type { State } from '../life-cycle.js';
import type { Outcome, Usage } from '../outcome.js';
import { against, bytes, cores, seconds } from './figures.js';
import { columnWidths, cut, tableLines } from './table.js';

/** What the table shows of one program at one moment. */
export interface Glimpse {
  readonly name: string;
  readonly state: State;
  readonly usage: Usage;
  readonly restrictions: Restrictions;
  /** Once it has ended. */
  readonly outcome?: Outcome;
}

const header = ['PROGRAM', 'STATE', 'CPU', 'MEMORY', 'DISK', 'LOG/S', 'THROTTLED'];

interface Sample {
  readonly at: number;
  readonly cpuSeconds: number;
  readonly logged: number;
  readonly cores: number;
  readonly logRate: number;
}

/** Seconds over which a rate is measured: short enough to be live, long enough for a cgroup's 100 ms period to even out. */
const shortest = 0.9;

/** Makes the lines of the live table. Rates need two looks at a program, so it keeps the last. */
export class LiveTable {
  private widths: readonly number[] = [];
  private readonly samples = new Map<string, Sample>();

  /**
   * The table, at most `height` lines of at most `width` characters. When not all programs fit, those that have not ended come first.
   * `now`: seconds.
   */
  lines(
    programs: readonly Glimpse[],
    now: number,
    size: { readonly width: number; readonly height: number },
  ): string[] {
    const rows = programs.map((program) => ({ program, cells: this.cells(program, now) }));
    // Two lines for the headers, one for the rest.
    const room = Math.max(1, size.height - 2);
    const fits = rows.length <= room;
    const shown = fits ? rows : [...rows.filter(alive), ...rows.filter((row) => !alive(row))].slice(0, room - 1);
    const table = shown.map(({ cells }) => cells);
    this.widths = columnWidths([header, ...table], this.widths);
    const lines = [cut(summary(programs), size.width), ...tableLines(header, table, size.width, this.widths)];
    if (!fits) lines.push(cut(`... and ${rows.length - shown.length} more`, size.width));
    return lines;
  }

  private cells(program: Glimpse, now: number): string[] {
    const { name, usage, restrictions } = program;
    const limit = (resource: string) => restrictions.limits[resource] ?? 0;
    const rates = this.rates(program, now);
    return [
      name,
      stateWords(program),
      against(cores(rates.cores), cores(limit('cpu'))),
      against(bytes(usage.memoryBytes), bytes(limit('memory'))),
      against(bytes(usage.diskBytes), bytes(limit('diskused'))),
      against(bytes(rates.logRate), bytes(limit('lograte'))),
      seconds(usage.throttledSeconds),
    ];
  }

  private rates(program: Glimpse, now: number): Pick<Sample, 'cores' | 'logRate'> {
    if (program.outcome !== undefined) return { cores: 0, logRate: 0 };
    const { cpuSeconds } = program.usage;
    const logged = program.usage.tallied.lograte ?? 0;
    const last = this.samples.get(program.name);
    if (last !== undefined && now - last.at < shortest) return last;
    const elapsed = now - (last?.at ?? now);
    const rate = (current: number, before: number) => (elapsed > 0 ? Math.max(0, current - before) / elapsed : 0);
    const sample: Sample = {
      at: now,
      cpuSeconds,
      logged,
      cores: rate(cpuSeconds, last?.cpuSeconds ?? cpuSeconds),
      logRate: rate(logged, last?.logged ?? logged),
    };
    this.samples.set(program.name, sample);
    return sample;
  }
}

function alive({ program }: { readonly program: Glimpse }): boolean {
  return program.outcome === undefined;
}

/** `running`, or how it ended: `limit memory`, `exited`. */
export function stateWords({ state, outcome }: Pick<Glimpse, 'state' | 'outcome'>): string {
  if (outcome === undefined) return state;
  return outcome.limit === undefined ? outcome.reason : `${outcome.reason} ${outcome.limit.resource}`;
}

/** `12 programs: 3 running, 9 ended; 0.91 cores...` */
export function summary(programs: readonly Glimpse[]): string {
  const states = new Map<string, number>();
  for (const { state, outcome } of programs) {
    const word = outcome === undefined ? state : 'ended';
    states.set(word, (states.get(word) ?? 0) + 1);
  }
  const total = (figure: (usage: Usage) => number) => programs.reduce((sum, { usage }) => sum + figure(usage), 0);
  const counts = [...states].map(([state, count]) => `${count} ${state}`).join(', ');
  return (
    `${programs.length} programs: ${counts}; cpu ${seconds(total((usage) => usage.cpuSeconds))},` +
    ` throttled ${seconds(total((usage) => usage.throttledSeconds))},` +
    ` memory ${bytes(total((usage) => usage.memoryBytes))}, disk ${bytes(total((usage) => usage.diskBytes))},` +
    ` log ${bytes(total((usage) => usage.tallied.lograte ?? 0))}`
  );
}
