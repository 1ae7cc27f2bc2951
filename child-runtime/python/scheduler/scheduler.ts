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
import { ENDLESS, FEWEST_TURNS, TimeSlice } from './slice.js';
import type { Wait } from './wait.js';

/** What the scheduler needs of the outside. */
export interface Clock {
  /** Seconds. */
  now(): number;
  /** Seconds of processor time that the program has used. */
  processorTime(): number;
  /** Waits for a message at most so long; 0 doesn't block. Returns whether any came. */
  wait(timeoutMs: number): boolean;
}

/** What a thread's generator yields: what it waits for, or nothing when only its slice is over. */
export type Steps = Generator<Wait | undefined | undefined, unknown, undefined>;

/** Messages of the supervisor are looked for so often while threads run, in seconds. */
const POLL_STEP = 0.0002;

export class Thread {
  wait: Wait | undefined = undefined;
  /** Whether its generator is on the stack now. */
  active = false;
  /** The last round in which it ran, and for how many seconds. */
  served = 0;
  ran = 0;
  handled: Raised | null = null;
  /** Loop turns until the clock is read. Threads differ in what a turn costs, and code that is new is slow. */
  turns = FEWEST_TURNS;

  constructor(
    readonly name: string,
    readonly steps: Steps | undefined,
  ) {}
}

export class Scheduler {
  readonly main = new Thread('MainThread', undefined);
  current: Thread = this.main;
  private readonly others: Thread[] = [];
  private readonly slice: TimeSlice;
  /** Whose turn is next among the others, so that each gets one even when rounds are cut short. */
  private next = 0;
  private round = 0;
  private lastPoll = 0;
  /** How many threads other than main have plain code on the stack that lets others run. */
  private nested = 0;

  constructor(
    private readonly clock: Clock,
    /** A thread ended with an exception: what the generator threw. Must not return. */
    private readonly failed: (thrown: unknown, thread: Thread) => never,
  ) {
    this.slice = new TimeSlice(clock);
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

  /** Whether main can't go on, whatever it waits for, before the plain code of other threads that is above it on the stack has returned. */
  get mainIsHeldUp(): boolean {
    return this.nested > 0;
  }

  private beginSlice(): void {
    if (this.others.length === 0) T.n = ENDLESS;
    else this.slice.begin(this.current);
  }

  /** Called by plain code when its turns are used up. */
  tick(): void {
    if (this.others.length === 0) {
      T.n = ENDLESS;
      return;
    }
    if (!this.slice.isOver(this.current)) return;
    this.onTop(() => void this.runOthers());
    this.beginSlice();
  }

  /**
   * Runs each of the other threads that can go on for a slice, once; or until `wait` is over, which the caller waits for. Returns
   * whether any ran. Threads that have waited come first, and again between the slices of others: they are not held up by more than one.
   */
  private runOthers(wait?: Wait): boolean {
    this.round += 1;
    this.slice.share(this.busy());
    let ran = this.wakeWaiting();
    const count = this.others.length;
    for (let i = 0; i < count && this.others.length > 0; i++) {
      this.next = this.next < this.others.length ? this.next : 0;
      const thread = this.others[this.next]!;
      this.next += 1;
      if (thread.active || thread.wait !== undefined || thread.served === this.round) continue;
      this.resume(thread);
      this.wakeWaiting();
      ran = true;
      if (wait?.ready(this.clock.now()) === true) break;
    }
    return ran;
  }

  /** Lets those go on whose wait is over, unless they have run for a whole slice in this round. Returns whether any did. */
  private wakeWaiting(): boolean {
    const now = this.clock.now();
    if (now - this.lastPoll > POLL_STEP) {
      this.clock.wait(0);
      this.lastPoll = now;
    }
    let ran = false;
    // A thread that ends leaves the list.
    for (const thread of [...this.others]) {
      if (thread.active || thread.wait?.ready(now) !== true) continue;
      if (thread.served === this.round && thread.ran >= this.slice.length) continue;
      this.resume(thread);
      ran = true;
    }
    return ran;
  }

  /** How many threads have something to do, the one that asks included. */
  private busy(): number {
    let count = 1;
    for (const thread of this.others) if (!thread.active && thread.wait === undefined) count += 1;
    return count;
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
    if (thread.served !== this.round) thread.ran = 0;
    thread.served = this.round;
    const begun = this.clock.now();
    this.beginSlice();
    try {
      for (;;) {
        const step = thread.steps!.next();
        if (step.done === true) {
          this.remove(thread);
          break;
        }
        if (step.value !== undefined) {
          thread.wait = step.value as Wait;
          break;
        }
        if (this.slice.isOver(thread)) break;
      }
    } catch (thrown) {
      this.failed(thrown, thread);
    } finally {
      thread.active = false;
      thread.ran += this.clock.now() - begun;
      thread.handled = T.exc;
      this.current = current;
      T.exc = exc;
      T.kw = kw;
    }
  }

  private remove(thread: Thread): void {
    const index = this.others.indexOf(thread);
    this.others.splice(index, 1);
    if (index < this.next) this.next -= 1;
  }

  /** Runs others, on the stack of plain code that may be another thread's than main. */
  private onTop(run: () => void): void {
    if (this.current === this.main) return run();
    this.nested += 1;
    try {
      run();
    } finally {
      this.nested -= 1;
    }
  }

  /** Plain code waits: other threads run meanwhile, and the process sleeps when none can. */
  block(wait: Wait): void {
    const tb = T.tb;
    T.tb = undefined;
    this.onTop(() => {
      while (!wait.ready(this.clock.now())) {
        // Looking at the others takes in messages; what the caller waits for may have been among them.
        if (!this.runOthers(wait) && !wait.ready(this.clock.now())) this.idle(wait.until);
      }
    });
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
      if (!this.runOthers()) this.idle(Number.POSITIVE_INFINITY);
    }
  }
}
