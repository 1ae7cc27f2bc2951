/**
 * The spaces that log puts between items: Python 2's rule for `print item,`, which RepyV2's log keeps. A space goes before an
 * item unless nothing was written yet or what was written last ended in white space other than ' '. An item that is empty counts
 * as written. Nothing is added at the end, and the state lives across calls and threads of one program.
 */
const endsLine = new Set(['\n', '\t', '\r', '\v', '\f']);

export class SoftSpace {
  private pending = false;

  /** The items as one text, with the spaces that are due before each. */
  join(items: readonly string[]): string {
    let text = '';
    for (const item of items) {
      text += this.next() + item;
      this.wrote(item);
    }
    return text;
  }

  /** What goes before the next item: a space or nothing. */
  next(): '' | ' ' {
    return this.pending ? ' ' : '';
  }

  wrote(item: string): void {
    this.pending = item === '' || !endsLine.has(item[item.length - 1]!);
  }
}
