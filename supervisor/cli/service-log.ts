import { CircularLog } from '../broker/circular-log.js';
import type { Outcome } from '../outcome.js';
import { sanitiseLine } from './sanitise.js';

/** RepyV2's name for the log of what is not the program's fault. */
export const serviceLogPrefix = 'internalerror';

/** Ends that are for who runs the host to look into, rather than for the program's owner. */
const internal: readonly Outcome['reason'][] = ['crashed', 'refused', 'supervisor'];

/**
 * `--servicelog`: a circular log of internal errors, one a line, with time, process and program. RepyV2 wrote it with a module of its
 * node manager; this one needs nothing but its two files, and several runs may share them.
 */
export class ServiceLog {
  private constructor(
    private readonly log: CircularLog,
    private readonly program: string,
  ) {}

  /** Rejects when the files can't be opened. */
  static async open(prefix: string, program: string): Promise<ServiceLog> {
    return new ServiceLog(await CircularLog.open(prefix), program);
  }

  record(message: string): void {
    const line = sanitiseLine(`${new Date().toISOString()} ${process.pid} ${this.program}: ${message}`);
    this.log.write(Buffer.from(`${line}\n`))?.catch(() => undefined);
  }

  recordOutcome({ reason, message }: Outcome): void {
    if (internal.includes(reason)) this.record(`${reason}: ${message}`);
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
