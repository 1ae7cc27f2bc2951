/**
 * What the supervisor's work for one program costs, charged to the program's cpu limit: a program that can't compute much
 * can't have much computed either. The supervisor may work for it for half of its limit, by the rule of the other rates: a
 * burst of one second's worth, then it waits. What was worked is taken off the program's own share (`service-charge.ts`).
 */
import { type WorkFactor, workFactor } from './work-factor.js';

/** The part of the cpu limit that the supervisor's work for the program may take. */
export const servicePart = 0.5;
/** Seconds: what a turn is charged at most. A pause of the supervisor's own (garbage collection, another process) isn't the program's. */
const mostPerTurn = 0.005;

export class ServiceTime {
  /** Seconds, since the program began. */
  total = 0;
  private owed = 0;
  private drainedAt: number;
  private begunAt = 0;

  /** `limit`: cores. `now`: milliseconds. */
  constructor(
    public limit: number,
    private readonly now: () => number = () => performance.now(),
    private readonly factor: Pick<WorkFactor, 'value' | 'note'> = workFactor,
  ) {
    this.drainedAt = now();
  }

  /** Begins a turn: milliseconds until the program may be served again, 0 for at once. The clock is read once, for both. */
  begin(): number {
    const rate = this.limit * servicePart;
    const now = this.now();
    this.begunAt = now;
    this.owed = Math.max(0, this.owed - ((now - this.drainedAt) / 1000) * rate);
    this.drainedAt = now;
    return this.owed <= rate ? 0 : Math.ceil(((this.owed - rate) / rate) * 1000);
  }

  /** Ends a turn that did something. */
  end(): void {
    const now = this.now();
    const taken = Math.min((now - this.begunAt) / 1000, mostPerTurn);
    this.factor.note(taken, now);
    const worked = taken * this.factor.value;
    this.total += worked;
    this.owed += worked;
  }
}
