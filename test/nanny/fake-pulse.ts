import type { Pulse } from '../../supervisor/nanny/pulse.js';

/** A clock that stands still until a test moves it, and then wakes everybody who is due, in order. */
export class FakePulse implements Pulse {
  private time = 1000;
  private timers: { at: number; wake: () => void }[] = [];
  /** Wake-ups that were ever asked for. */
  asked = 0;

  now(): number {
    return this.time;
  }

  after(seconds: number, wake: () => void): () => void {
    this.asked += 1;
    const timer = { at: this.time + seconds, wake };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Timers that are set now. */
  get pending(): number {
    return this.timers.length;
  }

  /** Moves the clock; between two wake-ups the promises that the first one resolved are run. */
  async advance(seconds: number): Promise<void> {
    const end = this.time + seconds;
    await settle();
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = Math.max(this.time, due.at);
      due.wake();
      await settle();
    }
    this.time = end;
  }
}

/** Lets everything that is due without the clock run, answers over a socket not included. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
