/** Disk fillers: large writes, small ones, many files. */
import type { TestYard } from '../../test/support/yard.js';
import { limitsText, type Part } from './part.js';

const limit = 2_000_000;
const fillers = {
  'large writes': `const f = await openfile('a', true); const m = 'x'.repeat(300_000); for (let at = 0; ; at += m.length) await f.writeat(m, at);`,
  'small writes': `const f = await openfile('a', true); const m = 'x'.repeat(1000); for (let at = 0; ; at += m.length) await f.writeat(m, at);`,
  'empty files': `for (let n = 0; ; n++) { const f = await openfile('f' + n, true); await f.close(); }`,
} as const;

export async function disk(yard: TestYard): Promise<Part> {
  const rows = await Promise.all(
    Object.entries(fillers).map(async ([kind, source]) => {
      const program = await yard.start(source, { restrictions: limitsText({ diskused: limit }) });
      const { reason, limit: hit, usage } = await program.outcome;
      const ms = ((hit?.secondsToEnd ?? 0) * 1000).toFixed(1);
      return [
        `disk, ${kind}`,
        limit,
        usage.diskBytes,
        usage.diskBytes / limit,
        `${reason}, gone after ${ms} ms`,
      ] as const;
    }),
  );
  const worst = Math.max(...rows.map(([, , , ratio]) => ratio));
  return {
    rows,
    promises: [{ what: 'disk peak at most 1.00 of the limit', figure: worst.toFixed(3), kept: worst <= 1 }],
  };
}
