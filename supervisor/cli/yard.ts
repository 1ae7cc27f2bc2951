import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CircularLog } from '../broker/circular-log.js';
import { messageOf } from '../errors.js';
import { exitCodes, type Outcome, type Usage } from '../outcome.js';
import type { Glimpse } from './live-table.js';
import type { Ended } from './outcome-table.js';
import type { ProgramHost, RunningProgram } from './program-host.js';
import { refusal } from './refusal.js';
import type { YardProgram } from './yard-file.js';

/** What an ended program holds: what the kernel still charges to its group is nobody's. */
function gone(usage: Usage): Usage {
  return { ...usage, memoryBytes: 0, processes: 0 };
}

/** One program of a yard from its start to its outcome. */
class Entry {
  running: RunningProgram | undefined;
  outcome: Outcome | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(readonly program: YardProgram) {}

  async run(host: ProgramHost, stopped: () => string | undefined): Promise<void> {
    try {
      this.outcome = await this.hosted(host, stopped);
    } catch (error) {
      this.outcome = refusal(this.program.name, messageOf(error), exitCodes.refused);
    } finally {
      clearTimeout(this.timer);
    }
  }

  private async hosted(host: ProgramHost, stopped: () => string | undefined): Promise<Outcome> {
    const { name, language, source, args, restrictions, directory, stopAfter } = this.program;
    await mkdir(directory, { recursive: true });
    await mkdir(dirname(this.program.log), { recursive: true });
    const log = await CircularLog.open(this.program.log);
    try {
      const running = await host.start({ name, language, source, args, restrictions, directory, log });
      this.running = running;
      const why = stopped();
      if (why !== undefined) running.stop(why);
      if (stopAfter !== undefined) this.stopLater(running, stopAfter);
      return await running.outcome;
    } finally {
      await log.close();
    }
  }

  /** Counted from the first instruction: what waits for its turn to start has not used its time. */
  private stopLater(running: RunningProgram, seconds: number): void {
    const begin = () => {
      this.timer ??= setTimeout(() => running.stop(`stopped after ${seconds} s`), seconds * 1000);
    };
    if (running.state === 'running') begin();
    else running.on('state', (state) => state === 'running' && begin());
  }

  glimpse(): Glimpse {
    const { name, restrictions } = this.program;
    if (this.outcome !== undefined)
      return { name, restrictions, state: 'ended', usage: gone(this.outcome.usage), outcome: this.outcome };
    const status = this.running?.status();
    return { name, restrictions, state: status?.state ?? 'queued', usage: status?.usage ?? refusal(name, '', 0).usage };
  }
}

/** The programs of a yard file, run side by side on one host. */
export class Yard {
  private readonly entries: readonly Entry[];
  private stopped: string | undefined;

  constructor(programs: readonly YardProgram[]) {
    this.entries = programs.map((program) => new Entry(program));
  }

  /** Starts every program; resolves when all have ended. A program that can't be started has the outcome `refused`. */
  async run(host: ProgramHost): Promise<void> {
    await Promise.all(this.entries.map((entry) => entry.run(host, () => this.stopped)));
  }

  /** Stops what runs, and what is yet to start. */
  stop(why: string): void {
    this.stopped ??= `stopped: ${why}`;
    for (const { running } of this.entries) running?.stop(this.stopped);
  }

  get wasStopped(): boolean {
    return this.stopped !== undefined;
  }

  glimpses(): Glimpse[] {
    return this.entries.map((entry) => entry.glimpse());
  }

  /** After `run`. */
  ended(): Ended[] {
    return this.entries.flatMap(({ program, outcome }) =>
      outcome === undefined ? [] : [{ outcome, restrictions: program.restrictions, expected: program.expected }],
    );
  }
}
