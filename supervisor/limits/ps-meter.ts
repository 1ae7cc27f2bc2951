/**
 * Reads what processes use where there is no /proc, from `ps`: one run for all programs, ten times a second while there are any. What
 * a reading says is up to that old.
 */
import { execFile, execFileSync } from 'node:child_process';
import { LimitsError } from './errors.js';
import type { ProcessMeter, ProcessReading } from './process-files.js';

const intervalMs = 100;
const columns = ['-o', 'pid=,rss=,time=', '-p'];

interface Watched {
  reading: ProcessReading | undefined;
  readonly pid: number;
}

export class PsTable {
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;
  private failure: LimitsError | undefined;

  constructor(private readonly command = 'ps') {}

  /** Throws LimitsError UNAVAILABLE when `ps` can't be run. */
  watch(pid: number): ProcessMeter {
    const watched: Watched = { pid, reading: this.now(pid) };
    this.watched.add(watched);
    this.later();
    return {
      read: () => {
        if (this.failure !== undefined) throw this.failure;
        return watched.reading;
      },
      close: () => {
        this.watched.delete(watched);
        watched.reading = undefined;
      },
    };
  }

  /** Once for each program, when it is about to begin. */
  private now(pid: number): ProcessReading | undefined {
    try {
      return parsePs(execFileSync(this.command, [...columns, String(pid)], { encoding: 'utf8' })).get(pid);
    } catch (error) {
      throw unreadable(error);
    }
  }

  private later(): void {
    if (this.watched.size === 0) return;
    this.timer ??= setTimeout(() => this.look(), intervalMs).unref();
  }

  private look(): void {
    const pids = [...this.watched].map(({ pid }) => pid);
    execFile(this.command, [...columns, pids.join(',')], { encoding: 'utf8' }, (error, stdout) => {
      this.timer = undefined;
      // Exit code 1: none of them is there any more.
      if (error !== null && error.code !== 1) this.failure = unreadable(error);
      const readings = parsePs(stdout);
      for (const watched of this.watched) {
        if (pids.includes(watched.pid)) watched.reading = readings.get(watched.pid);
      }
      this.later();
    });
  }
}

const unreadable = (error: unknown): LimitsError =>
  new LimitsError('UNAVAILABLE', "processes can't be watched: ps can't be run", { cause: error });

/** Lines of pid, kilobytes, and time as [[days-]hours:]minutes:seconds[.hundredths]. */
export function parsePs(text: string): Map<number, ProcessReading> {
  const readings = new Map<number, ProcessReading>();
  for (const line of text.split('\n')) {
    const found = /^\s*(\d+)\s+(\d+)\s+(?:(\d+)-)?((?:\d+:)*\d+(?:\.\d+)?)\s*$/.exec(line);
    if (found === null) continue;
    const [, pid, kilobytes, days = '0', time = ''] = found;
    const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    readings.set(Number(pid), {
      cpuSeconds: Number(days) * 86_400 + seconds,
      anonymousBytes: Number(kilobytes) * 1024,
    });
  }
  return readings;
}
