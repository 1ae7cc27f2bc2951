import { type Glimpse, LiveTable, stateWords, summary } from './live-table.js';

/** What a display needs of an output stream; process.stdout is one. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Shows programs while they run. */
export interface Display {
  /** Milliseconds between two calls of `show`. */
  readonly interval: number;
  show(programs: readonly Glimpse[], now: number): void;
  /** Shows the last state and gives the output back as it was. */
  finish(programs: readonly Glimpse[], now: number): void;
}

export function displayFor(output: Output): Display {
  return output.isTTY === true ? new TerminalDisplay(output) : new LineDisplay(output);
}

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearBelow = '\u001b[J';
const clearScreen = '\u001b[2J\u001b[H';
const clearRight = '\u001b[K';

/**
 * Redraws the table in place: up to its first line, then each line over the old one. One write a frame, so that a
 * terminal never shows half of one. No line may wrap, or the way up would be wrong: hence one column is left free.
 */
export class TerminalDisplay implements Display {
  readonly interval = 250;
  private readonly table = new LiveTable();
  private drawn = 0;
  private width = 0;

  constructor(private readonly output: Output) {}

  show(programs: readonly Glimpse[], now: number): void {
    // A terminal that doesn't know its size says 0.
    const width = Math.max(1, (this.output.columns || 80) - 1);
    const height = Math.max(3, (this.output.rows || 24) - 1);
    const lines = this.table.lines(programs, now, { width, height });
    // A terminal of another width has wrapped the old lines its own way: start on an empty screen.
    const resized = this.drawn !== 0 && this.width !== width;
    const up = this.drawn === 0 ? hideCursor : resized ? clearScreen : `\u001b[${this.drawn}A\r`;
    this.width = width;
    this.output.write(`${up}${lines.map((line) => `${line}${clearRight}\n`).join('')}${clearBelow}`);
    this.drawn = lines.length;
  }

  finish(programs: readonly Glimpse[], now: number): void {
    this.show(programs, now);
    this.output.write(showCursor);
  }
}

/** Plain lines for a file or a pipe: each change of a program's state, and a summary every few seconds. */
export class LineDisplay implements Display {
  readonly interval = 100;
  private readonly words = new Map<string, string>();
  private summarised: number | undefined;
  private static readonly summaryEvery = 3;

  constructor(private readonly output: Output) {}

  show(programs: readonly Glimpse[], now: number): void {
    for (const program of programs) {
      const words = stateWords(program);
      if (this.words.get(program.name) === words) continue;
      this.words.set(program.name, words);
      this.output.write(`${program.name}: ${words}\n`);
    }
    this.summarised ??= now;
    if (now - this.summarised < LineDisplay.summaryEvery) return;
    this.summarised = now;
    this.output.write(`${summary(programs)}\n`);
  }

  finish(programs: readonly Glimpse[], now: number): void {
    this.show(programs, now);
  }
}
