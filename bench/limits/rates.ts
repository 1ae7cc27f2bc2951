/** Each rate for 5 s: what a program gets of it, against limit x (t + 1), the burst included. */
import { networkInterfaces } from 'node:os';
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

const fileDemands: Readonly<Partial<Record<RateName, Demand>>> = {
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

const ports = Array.from({ length: 40 }, (_, index) => `resource messport ${61_000 + index}`).join('\n');

/** What was charged in all, `seconds` after the first charge. */
async function ofGuest(yard: TestYard, rate: RateName, { limit, source }: Demand): Promise<number> {
  const program = await yard.start(source, { restrictions: `${limitsText({ [rate]: limit })}\n${ports}` });
  const charged = () => program.status().usage.tallied[rate] ?? 0;
  while (charged() === 0 && program.state !== 'ended') await pause(0.001);
  await pause(seconds);
  const used = charged();
  program.stop();
  await program.outcome;
  return used;
}

/** The host's own address that isn't loopback: what is sent to it doesn't leave the host, but counts as network traffic. */
const ownAddress = Object.values(networkInterfaces())
  .flat()
  .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;

/** Messages of a program to itself: what is sent is limited, or what is received. */
function messages(kind: 'send' | 'recv', address: string, port: number): string {
  const listen = `const server = await listenformessage('${address}', ${port});`;
  const send = `await sendmessage('${address}', ${port}, 'x'.repeat(436), '${address}', ${port + 1});`;
  if (kind === 'send') return `for (;;) ${send}`;
  return `${listen} for (;;) { ${send} try { await server.getmessage(); } catch (e) { await sleep(0.001); } }`;
}

function networkDemands(): Partial<Record<RateName, Demand>> {
  const limit = 100_000;
  return {
    loopsend: { limit, source: messages('send', '127.0.0.1', 61_000) },
    looprecv: { limit, source: messages('recv', '127.0.0.1', 61_010) },
    ...(ownAddress === undefined
      ? {}
      : {
          netsend: { limit, source: messages('send', ownAddress, 61_020) },
          netrecv: { limit, source: messages('recv', ownAddress, 61_030) },
        }),
  };
}

/** The nanny alone, for rates that no program can use here. */
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
      const demand = { ...fileDemands, ...networkDemands() }[rate];
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
