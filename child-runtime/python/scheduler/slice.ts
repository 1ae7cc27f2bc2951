/**
 * When a thread's turn is over. It is measured in processor time: what the host's other processes take, and what a quota makes the
 * program pause, is nobody's turn. Asking for that is a system call, so it is asked when the turn would be over by the clock; and
 * the clock is read once in some loop turns, which are counted.
 */
import { T } from '../core/state.js';
import type { Clock, Thread } from './scheduler.js';

/** Seconds that one thread runs while a few wait for the processor. */
const LONGEST = 0.002;
/** Rounds of more threads take so long, as far as that leaves each a turn that is worth switching for. */
const ROUND = 0.01;
const SHORTEST = 0.0005;
/** How often the clock is read, in seconds. */
const CLOCK_STEP = 0.00025;
export const FEWEST_TURNS = 16;
/**
 * A loop's turns may suddenly cost ten thousand times as much: this many of 10 us each still take but 10 ms. Operations on
 * long values count as many turns (`spend`). Reading the clock takes as long as some fifty turns of the least loop.
 */
const MOST_TURNS = 1 << 10;
/** What a program with one thread has; it looks again when they are used up. */
export const ENDLESS = 1 << 30;

export class TimeSlice {
  private lastLook = 0;
  /** By the clock: before, it can't be over. */
  private end = 0;
  /** Processor time. */
  private begun = 0;
  length = LONGEST;

  constructor(private readonly clock: Clock) {}

  /** So many threads want the processor from now on. */
  share(busy: number): void {
    this.length = Math.min(LONGEST, Math.max(SHORTEST, ROUND / busy));
  }

  begin(thread: Thread): void {
    const now = this.clock.now();
    this.lastLook = now;
    this.end = now + this.length;
    this.begun = this.clock.processorTime();
    T.n = thread.turns;
  }

  /** Call when the turns of `thread` are used up. It gets as many as it makes in about `CLOCK_STEP`. */
  isOver(thread: Thread): boolean {
    const now = this.clock.now();
    const passed = now - this.lastLook;
    if (passed < CLOCK_STEP / 2) thread.turns = Math.min(thread.turns * 2, MOST_TURNS);
    else if (passed > CLOCK_STEP * 2) {
      thread.turns = Math.max(Math.floor((thread.turns * CLOCK_STEP) / passed), FEWEST_TURNS);
    }
    this.lastLook = now;
    T.n = thread.turns;
    if (this.end - now > CLOCK_STEP / 2) return false;
    const left = this.length - (this.clock.processorTime() - this.begun);
    if (left <= CLOCK_STEP / 2) return true;
    this.end = now + left;
    return false;
  }
}
