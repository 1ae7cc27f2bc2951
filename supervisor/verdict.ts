import { monotonicMs } from './clock.js';
import type { Cause } from './ending.js';
import { exitCodes, type Outcome } from './outcome.js';

/** Why one program ends. The first cause wins; later ones are not even remembered. */
export class Verdict {
  private cause: Cause | undefined;
  /** When the program was condemned, and how long its process lived on. Milliseconds. */
  private condemnedAt: number | undefined;
  private lingered: number | undefined;

  decide(cause: Cause): void {
    this.cause ??= cause;
  }

  /** The same, and the process is to be killed from now on. */
  condemn(cause: Cause): void {
    this.decide(cause);
    this.condemnedAt ??= monotonicMs();
  }

  /** The process is gone. */
  gone(): void {
    if (this.condemnedAt !== undefined) this.lingered = monotonicMs() - this.condemnedAt;
  }

  /** Its part of the outcome. */
  result(): Pick<Outcome, 'reason' | 'limit' | 'exitCode' | 'message' | 'report'> {
    const { reason, message, limit, exitCode, report }: Cause = this.cause ?? {
      reason: 'supervisor',
      message: 'ended without a cause',
    };
    const plain = {
      reason,
      message,
      exitCode: exitCode ?? exitCodes[reason],
      ...(report === undefined ? {} : { report }),
    };
    if (limit === undefined) return plain;
    if (this.lingered === undefined) return { ...plain, limit };
    return {
      ...plain,
      limit: { ...limit, secondsToEnd: this.lingered / 1000 },
      message: `${message}; the process was gone ${this.lingered.toFixed(1)} ms later`,
    };
  }
}
