/** What /proc tells of one process (proc(5)), read from files that stay open: they mean this process, whatever becomes of its pid. */
import { type ControlFiles, kernelFiles } from './control-files.js';
import { errnoOf, LimitsError } from './errors.js';

export interface ProcessReading {
  readonly cpuSeconds: number;
  /** Resident pages that no file backs. Pages that a forked process still shares with its parent are among them. */
  readonly anonymousBytes: number;
}

/** Reads what one process uses. */
export interface ProcessMeter {
  /** Undefined when the process is gone. Throws when it can't be read otherwise. */
  read(): ProcessReading | undefined;
  close(): void;
}

/** Linux counts in these for every program, whatever its own clock and pages are (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;
/** x64's; arm64 hosts with larger pages report fewer of them. */
const pageBytes = 4096;

export class ProcessFiles implements ProcessMeter {
  readonly #files: ControlFiles;
  readonly #memory: number;
  readonly #cpu: number;
  readonly #parseCpu: (text: string) => number;
  #open = true;

  /** `threads`: whether it has more than one, all of which count. Throws LimitsError UNAVAILABLE when the process can't be read. */
  constructor(pid: number, files: ControlFiles = kernelFiles, threads = false) {
    this.#files = files;
    try {
      this.#memory = files.open(`/proc/${pid}/statm`, 'read');
    } catch (error) {
      throw new LimitsError('UNAVAILABLE', `process ${pid} can't be watched: ${errnoOf(error)}`, { cause: error });
    }
    const [cpu, parse] = threads ? this.#openStat(pid) : this.#openCpu(pid);
    this.#cpu = cpu;
    this.#parseCpu = parse;
  }

  read(): ProcessReading | undefined {
    if (!this.#open) return undefined;
    try {
      const cpuSeconds = this.#parseCpu(this.#files.reread(this.#cpu));
      const [, resident, shared] = this.#files.reread(this.#memory).split(' ').map(Number);
      // A process that has exited and was not reaped yet has no memory any more.
      if (resident === 0) return undefined;
      const anonymousBytes = ((resident ?? Number.NaN) - (shared ?? Number.NaN)) * pageBytes;
      if (Number.isNaN(cpuSeconds + anonymousBytes)) throw new LimitsError('UNAVAILABLE', '/proc is not as documented');
      return { cpuSeconds, anonymousBytes };
    } catch (error) {
      if (errnoOf(error) === 'ESRCH') return undefined;
      throw error;
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#files.close(this.#memory);
    this.#files.close(this.#cpu);
  }

  /** `schedstat` counts nanoseconds of the first thread; kernels without it have `stat`, in hundredths of a second. */
  #openCpu(pid: number): [number, (text: string) => number] {
    try {
      const descriptor = this.#files.open(`/proc/${pid}/schedstat`, 'read');
      return [descriptor, (text) => Number.parseInt(text, 10) / 1e9];
    } catch {
      return this.#openStat(pid);
    }
  }

  #openStat(pid: number): [number, (text: string) => number] {
    return [this.#files.open(`/proc/${pid}/stat`, 'read'), parseStat];
  }
}

/** Fields 14 and 15, counted behind the program's name, which may contain anything. */
function parseStat(text: string): number {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
