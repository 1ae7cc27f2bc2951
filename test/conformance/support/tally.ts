/** Compares answers with RepyV2's, one subtest each, and prints how many matched. */
import { readFileSync } from 'node:fs';
import type t from 'tap';
import type { Test } from 'tap';

const root = new URL('../../../../', import.meta.url);

export function fixture(name: string): string {
  return readFileSync(new URL(`test/fixtures/repyv2/${name}`, root), 'latin1');
}

/** Cases that answer otherwise on purpose, by a word of docs/repyv2-differences.md each. */
export type KnownDifferences = Readonly<Record<string, string>>;

export class Tally {
  private matched = 0;
  private different = 0;
  private skipped = 0;
  private readonly notUsed: Set<string>;
  private readonly documented = readFileSync(new URL('docs/repyv2-differences.md', root), 'utf8');

  constructor(
    private readonly probe: string,
    private readonly known: KnownDifferences,
  ) {
    this.notUsed = new Set(Object.keys(known));
  }

  /** A known difference must still be one, and be documented. */
  compare(t: Pick<Test, 'equal' | 'not' | 'match'>, name: string, answer: string, recorded: string): void {
    const reason = this.known[name];
    if (reason === undefined) {
      t.equal(answer, recorded, name);
      if (answer === recorded) this.matched += 1;
      return;
    }
    this.notUsed.delete(name);
    this.different += 1;
    t.not(answer, recorded, `${name}: no longer differs (${reason})`);
    t.match(this.documented, `| ${reason} |`, `${name}: its reason is in docs/repyv2-differences.md`);
  }

  /** The host lacks something. */
  skip(name: string): void {
    this.notUsed.delete(name);
    this.skipped += 1;
  }

  finish(tap: typeof t): void {
    tap.same([...this.notUsed], [], 'every known difference is of a case');
    const skipped = this.skipped === 0 ? '' : `, ${this.skipped} not tried on this host`;
    tap.comment(`${this.probe}: ${this.matched} as RepyV2, ${this.different} known differences${skipped}`);
  }
}

/** RepyV2's text without what can't be the same: the frames of its own files. */
export function withoutOwnFrames(text: string): string {
  return text.replace(/^ {2}"RUNNABLE\/.*\n/gm, '');
}
