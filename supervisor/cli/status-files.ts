import { constants, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { openUnlinked } from '../broker/open-unlinked.js';
import { messageOf } from '../errors.js';
import type { Outcome } from '../outcome.js';

/** RepyV2's words. Its fourth, `ThreadErr`, is for a thread that the host can't start; threads cost the host nothing here. */
export type Status = 'Started' | 'Stopped' | 'Terminated';

/** How often the time in a running program's status is renewed: who watches sees that it is alive. RepyV2's figure. */
const renewEveryMs = 1000;

/** The status of a program that has ended: `Stopped` when the operator asked for it without another code. */
export function statusOf({ reason, exitCode }: Pick<Outcome, 'reason' | 'exitCode'>, stopCode = exitCode): Status {
  return reason === 'stopped' && stopCode === 44 ? 'Stopped' : 'Terminated';
}

/**
 * RepyV2's status files, for node managers: an empty file `PREFIX-STATUS-TIMESTAMP`, written anew every second and at the end. The new
 * one is there before the old one goes, so there is always at least one.
 */
export class StatusFiles {
  private current: string | undefined;
  private work: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly prefix: string,
    private readonly warn: (message: string) => void,
  ) {}

  /** Says `Started` in place of what an earlier run said. Rejects when the files can't be written. */
  static async open(prefix: string, warn: (message: string) => void): Promise<StatusFiles> {
    const files = new StatusFiles(prefix, warn);
    await files.write('Started');
    await files.removeOthers();
    files.timer = setInterval(() => files.later(() => files.write('Started')), renewEveryMs);
    return files;
  }

  /** Says how it ended. What fails from `open` on is a warning: a program doesn't end for it. */
  async close(status: Status): Promise<void> {
    clearInterval(this.timer);
    this.later(async () => {
      await this.write(status);
      await this.removeOthers();
    });
    await this.work;
  }

  private later(step: () => Promise<void>): void {
    this.work = this.work.then(step).catch((error: unknown) => {
      clearInterval(this.timer);
      this.warn(`the status can't be written: ${messageOf(error)}`);
    });
  }

  private async write(status: Status): Promise<void> {
    const path = `${this.prefix}-${status}-${timestamp(Date.now())}`;
    if (path === this.current) return;
    // The directory may be the program's own.
    const file = await openUnlinked(path, constants.O_WRONLY | constants.O_CREAT, 0o644);
    await file.close();
    if (this.current !== undefined) await rm(this.current, { force: true });
    this.current = path;
  }

  /** Removes this prefix's other files, and no other file: a prefix may hold any number of hyphens. */
  private async removeOthers(): Promise<void> {
    const directory = dirname(this.prefix);
    const start = `${basename(this.prefix)}-`;
    for (const name of await readdir(directory)) {
      const path = join(directory, name);
      if (path === this.current || !name.startsWith(start)) continue;
      if (/^[A-Za-z]+-\d+(\.\d+)?$/.test(name.slice(start.length))) await rm(path, { force: true });
    }
  }
}

/** Seconds since 1970 with two decimals, as Python 2 shows a float: at least one decimal, no zero behind it. */
function timestamp(ms: number): string {
  const seconds = (Math.round(ms / 10) / 100).toString();
  return seconds.includes('.') ? seconds : `${seconds}.0`;
}
