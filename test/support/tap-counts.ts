import type { Parser, Result } from 'tap-parser';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const noCounts = (): Counts => ({ passed: 0, failed: 0, skipped: 0 });

export const countsLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** Counts leaves: a subtest's own closing line only counts when it fails though nothing inside it did (a crash, a missing plan). */
export function count(parser: Parser, counts: Counts): void {
  let child: Counts | undefined;
  parser.on('child', (childParser: Parser) => {
    child = noCounts();
    count(childParser, child);
  });
  parser.on('assert', (assert: Result) => {
    if (child !== undefined) {
      counts.passed += child.passed;
      counts.skipped += child.skipped;
      counts.failed += !assert.ok && child.failed === 0 ? 1 : child.failed;
      child = undefined;
    } else if (assert.skip) counts.skipped += 1;
    else if (assert.ok) counts.passed += 1;
    else counts.failed += 1;
  });
}
