/**
 * Preemptive threads in one process without an event loop.
 *
 *   main's stack:   module code ── function ── ... ── tick() or block()
 *                                                       └─ runOthers ── generator of thread 1 ── ... until its slice is over
 *                                                                  └──── generator of thread 2 ── ...
 *
 * The main thread runs plain functions. When its time slice ends (`tick`) or it must wait (`block`), it runs the other threads'
 * generators on top of its own stack, each for a slice, and then goes on itself. A plain function that a thread calls through
 * the runtime (sort's cmp, a `__str__`) does the same: the threads that are on the stack below it wait until it has returned.
 */
import type { Raised } from '../core/state.js';
import { T } from '../core/state.js';
import type { Wait } from './wait.js';

/** What the scheduler needs of the outside. */
export interface Clock {
  /** Seconds. */
  now(): number;
  /** Waits for a message at most so long; 0 doesn't block. Returns whether any came. */
  wait(timeoutMs: number): boolean;
}

/** What a thread's generator yields: what it waits for, or nothing when only its slice is over. */
export type Steps = Generator<Wait | undefined | undefined, unknown, undefined>;

/** How long one thread runs while others wait for the processor, in seconds. Three busy threads have their turns within 50 ms, also on a processor
 * that half a dozen processes share. */
const SLICE = 0.002;
/** How often the clock is read, in seconds; loop turns in between are counted. */
const CLOCK_STEP = 0.0005;
const FEWEST_TURNS = 16;
/** A loop's turns may suddenly cost a thousand times as much: this many dear ones still take less than 50 ms. */
const MOST_TURNS = 1 << 14;
/** Loop turns of a program with one thread before it looks again. */
const ENDLESS = 1 << 30;

export class Thread {
  wait: Wait | undefined = undefined;
  /** Whether its generator is on the stack now. */
  active = false;
  handled: Raised | null = null;
  /** Loop turns until the clock is read: as many as took `CLOCK_STEP` of late. Threads differ in what a turn costs. */
  turns = 2000;

  constructor(
    readonly name: string,
    readonly steps: Steps | undefined,
  ) {}
}

export class Scheduler {
  readonly main = new Thread('MainThread', undefined);
  current: Thread = this.main;
  private readonly others: Thread[] = [];
  private lastTick = 0;
  private sliceEnd = 0;
  /** Where the next round begins, so that each thread gets its turn even when rounds are cut short. */
  private first = 0;

  constructor(
    private readonly clock: Clock,
    /** A thread ended with an exception: what the generator threw. Must not return. */
    private readonly failed: (thrown: unknown, thread: Thread) => never,
  ) {
    this.main.active = true;
    T.n = ENDLESS;
  }

  /** Threads besides main that have not ended. */
  get count(): number {
    return this.others.length;
  }

  add(name: string, steps: Steps): void {
    this.others.push(new Thread(name, steps));
    this.beginSlice();
  }

  private beginSlice(): void {
    const now = this.clock.now();
    this.sliceEnd = now + SLICE;
    this.lastTick = now;
    T.n = this.others.length === 0 ? ENDLESS : this.current.turns;
  }

  /** Sets the number of turns so that the clock is read about once in `CLOCK_STEP`, and says whether the slice is over. */
  private sliceOver(): boolean {
    const now = this.clock.now();
    const passed = now - this.lastTick;
    const { current } = this;
    if (passed < CLOCK_STEP / 2) current.turns = Math.min(current.turns * 2, MOST_TURNS);
    else if (passed > CLOCK_STEP * 2) {
      current.turns = Math.max(Math.floor((current.turns * CLOCK_STEP) / passed), FEWEST_TURNS);
    }
    this.lastTick = now;
    T.n = current.turns;
    return now >= this.sliceEnd;
  }

  /** Called by plain code when its turns are used up. */
  tick(): void {
    if (this.others.length === 0) {
      T.n = ENDLESS;
      return;
    }
    if (!this.sliceOver()) return;
    this.clock.wait(0);
    this.runOthers();
    this.beginSlice();
  }

  /** Runs each of the other threads that can go on for a slice, once. Returns whether any ran. */
  private runOthers(): boolean {
    let ran = false;
    const round = this.others.length;
    for (let i = 0; i < round && this.others.length > 0; i++) {
      const thread = this.others[(this.first + i) % this.others.length]!;
      if (thread.active || (thread.wait !== undefined && !thread.wait.ready(this.clock.now()))) continue;
      this.resume(thread);
      ran = true;
    }
    this.first = this.others.length === 0 ? 0 : (this.first + 1) % this.others.length;
    return ran;
  }

  /** Lets one thread run until it waits, ends or has used up its slice. */
  private resume(thread: Thread): void {
    const { current } = this;
    const { exc, kw } = T;
    this.current = thread;
    T.exc = thread.handled;
    T.kw = undefined;
    thread.wait = undefined;
    thread.active = true;
    this.beginSlice();
    try {
      for (;;) {
        const step = thread.steps!.next();
        if (step.done === true) {
          this.others.splice(this.others.indexOf(thread), 1);
          break;
        }
        if (step.value !== undefined) {
          thread.wait = step.value as Wait;
          break;
        }
        if (this.sliceOver()) break;
      }
    } catch (thrown) {
      this.failed(thrown, thread);
    } finally {
      thread.active = false;
      thread.handled = T.exc;
      this.current = current;
      T.exc = exc;
      T.kw = kw;
    }
  }

  /** Plain code waits: other threads run meanwhile, and the process sleeps when none can. */
  block(wait: Wait): void {
    const tb = T.tb;
    T.tb = undefined;
    while (!wait.ready(this.clock.now())) {
      if (this.runOthers()) this.clock.wait(0);
      else this.idle(wait.until);
    }
    T.tb = tb;
    this.beginSlice();
  }

  /** Until the first of the times that anyone waits for, or until a message comes. */
  private idle(until: number): void {
    let first = until;
    for (const thread of this.others) {
      if (!thread.active && thread.wait !== undefined && thread.wait.until < first) first = thread.wait.until;
    }
    const left = (first - this.clock.now()) * 1000;
    // The clock may pass the time between two looks at it.
    this.clock.wait(Math.max(left, 0));
  }

  /** Main has ended: the others run to their ends. */
  finish(): void {
    while (this.others.length > 0) {
      if (this.runOthers()) this.clock.wait(0);
      else this.idle(Number.POSITIVE_INFINITY);
    }
  }
}
