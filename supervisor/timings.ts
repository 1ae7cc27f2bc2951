import type { StartedMessage } from '../protocol/messages.js';
import { monotonicMs } from './clock.js';
import type { Timings } from './outcome.js';

type Stage = keyof Omit<Timings, 'ended'>;

/** Stamps the stages of one program's start, in milliseconds since it was accepted. */
export class StageClock {
  readonly acceptedAt = monotonicMs();
  private readonly stages: Record<Stage, number | null> = {
    queued: null,
    forked: null,
    locked: null,
    checked: null,
    compiled: null,
    firstInstruction: null,
  };

  mark(stage: Stage, at = monotonicMs()): void {
    this.stages[stage] ??= at - this.acceptedAt;
  }

  /** The stages that only the child can stamp. It may lie: what it says is kept between the fork and now, and in order. */
  markStarted(times: Pick<StartedMessage, 'locked' | 'checked' | 'compiled' | 'firstInstruction'>): void {
    let earliest = this.acceptedAt + (this.stages.forked ?? 0);
    const latest = monotonicMs();
    for (const stage of ['locked', 'checked', 'compiled', 'firstInstruction'] as const) {
      const claimed = times[stage] * 1000;
      const at = claimed >= earliest ? Math.min(claimed, latest) : earliest;
      this.mark(stage, at);
      earliest = at;
    }
  }

  /** All stages, with the end stamped now. */
  finish(): Timings {
    return { ...this.stages, ended: monotonicMs() - this.acceptedAt };
  }
}
