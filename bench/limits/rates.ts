/** Each rate for 5 s: what a program gets of it, against limit x (t + 1), the burst included. */
import { Nanny, type RateName, rateNames } from '../../supervisor/nanny/nanny.js';
import { restrict } from '../../test/nanny/limits.js';
import type { TestYard } from '../../test/support/yard.js';
import { limitsText, type Part, pause, type Row } from './part.js';

const seconds = 5;
const tolerance = 0.02;

interface Demand {
  readonly limit: number;
  readonly source: string;
}

const demands: Readonly<Partial<Record<RateName, Demand>>> = {
  lograte: { limit: 20_000, source: `for (;;) await log('x'.repeat(100));` },
  random: { limit: 100 * 1024, source: 'for (;;) await randombytes();' },
  fileread: {
    limit: 100 * 4096,
    source: `const f = await openfile('a', true); await f.writeat('x'.repeat(4096), 0); for (;;) await f.readat(4096, 0);`,
  },
  filewrite: {
    limit: 100 * 4096,
    source: `const f = await openfile('a', true); for (;;) await f.writeat('x'.repeat(4096), 0);`,
  },
};

/** What was charged in all, `seconds` after the first charge. */
async function ofGuest(yard: TestYard, rate: RateName, { limit, source }: Demand): Promise<number> {
  const program = await yard.start(source, { restrictions: limitsText({ [rate]: limit }) });
  const charged = () => program.status().usage.tallied[rate] ?? 0;
  while (charged() === 0 && program.state !== 'ended') await pause(0.001);
  await pause(seconds);
  const used = charged();
  program.stop();
  await program.outcome;
  return used;
}

/** The nanny alone, for rates that no call of this version uses. */
async function ofNanny(rate: RateName, limit: number): Promise<number> {
  const nanny = new Nanny(restrict({ [rate]: limit }));
  let used = 0;
  let over = false;
  const loop = async () => {
    while (!over) {
      used += 500;
      await nanny.charge(rate, 500);
    }
  };
  const looping = loop().catch(() => undefined);
  await pause(seconds);
  const seen = used;
  over = true;
  nanny.dispose();
  await looping;
  return seen;
}

export async function rates(yard: TestYard): Promise<Part> {
  const rows = await Promise.all(
    rateNames.map(async (rate): Promise<Row> => {
      const demand = demands[rate];
      const limit = demand?.limit ?? 50_000;
      const used = demand === undefined ? await ofNanny(rate, limit) : await ofGuest(yard, rate, demand);
      const due = limit * (seconds + 1);
      return [`${rate}, ${seconds} s`, due, used, used / due, demand === undefined ? 'the nanny alone' : 'a guest'];
    }),
  );
  const worst = Math.max(...rows.map(([, , , ratio]) => Math.abs(ratio - 1)));
  return {
    rows,
    promises: [
      {
        what: 'rates within 2 % of limit x (t + 1) over 5 s',
        figure: `${(worst * 100).toFixed(1)} % at most`,
        kept: worst <= tolerance,
      },
    ],
  };
}
