/** Busy loops: what share of a core each gets in 10 s, and how long it stands still at a time. */
import type { TestYard } from '../../test/support/yard.js';
import { busyBelow, watchIdle } from './idle-cores.js';
import { limitsText, type Part, type Row } from './part.js';

const seconds = 10;
const tolerance = 0.02;
/** Those in one group run at the same time: together they need less than the machine has. */
const groups = [[0.05, 0.1, 0.25], [0.5], [1]] as const;

const loop = `
  const [, before] = await getresources();
  const begun = getruntime();
  let longest = 0;
  for (let last = begun, now = begun; now < begun + ${seconds}; last = now) {
    now = getruntime();
    longest = Math.max(longest, now - last);
  }
  const [, after] = await getresources();
  log(JSON.stringify({ share: (after.cpu - before.cpu) / (getruntime() - begun), longest }));
`;

export async function cpu(yard: TestYard): Promise<Part> {
  const rows: Row[] = [];
  const wrong: string[] = [];
  const excused: string[] = [];
  let stall = 0;
  for (const group of groups) {
    const idleCores = watchIdle();
    const logs = await Promise.all(
      group.map((limit) => yard.output(loop, { restrictions: limitsText({ cpu: limit }) })),
    );
    const idle = idleCores();
    group.forEach((limit, index) => {
      const { share, longest } = JSON.parse(logs[index]!);
      const ratio = share / limit;
      rows.push([
        `cpu, busy loop for ${seconds} s`,
        limit,
        share,
        ratio,
        `longest stall ${(longest * 1000).toFixed(0)} ms`,
      ]);
      if (limit === 0.1) stall = longest;
      if (Math.abs(ratio - 1) <= tolerance) return;
      // Too little, where nothing was left to give, is not the limit's doing.
      if (ratio < 1 && idle < busyBelow) excused.push(`${limit}: ${ratio.toFixed(3)}, machine busy`);
      else wrong.push(`${limit}: ${ratio.toFixed(3)}`);
    });
  }
  return {
    rows,
    promises: [
      {
        what: 'cpu within 2 % of the limit over 10 s, when the host has the time to give',
        figure: [...wrong, ...excused].join('; ') || 'each',
        kept: wrong.length === 0,
      },
      {
        what: 'longest stall at a tenth of a core at most 100 ms',
        figure: `${(stall * 1000).toFixed(0)} ms`,
        kept: stall <= 0.1 || excused.length > 0,
      },
    ],
  };
}
