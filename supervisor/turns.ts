/** Gives turns: at most `most` holders at once, the others in the order of asking. */
export class Turns {
  private readonly waiting: Array<() => void> = [];
  private held = 0;

  constructor(private readonly most: number) {}

  /** Calls `start` when a turn is free, possibly at once. */
  take(start: () => void): void {
    if (this.held < this.most) {
      this.held += 1;
      start();
    } else {
      this.waiting.push(start);
    }
  }

  /** Each taken turn is given back once. */
  giveBack(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.held -= 1;
    else next();
  }
}
