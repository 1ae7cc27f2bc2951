/** The network: calls per second of one guest that talks to itself, and a hundred guests that talk to each other in pairs. */
import { readdirSync } from 'node:fs';
import { pairRestrictions, runPairs } from '../test/support/pairs.js';
import { openYard, type TestYard } from '../test/support/yard.js';
import type { Report } from './report.js';

const pairs = 50;
const seconds = 10;
/** Bytes per second and direction of each guest. */
const rate = 20_000;
const calls = 5000;
const connections = 300;

const restrictions = `
resource cpu 2
resource memory 200000000
resource diskused 1000000
resource events 10
resource lograte 1e9
resource insockets 10
resource outsockets 10
resource loopsend 1e12
resource looprecv 1e12
${[63_796, 63_797].map((port) => `resource messport ${port}\nresource connport ${port}`).join('\n')}
`;

const talker = `
const host = '127.0.0.1', here = 63797, there = 63796, message = 'm'.repeat(64);
async function patiently(attempt) {
  for (;;) {
    try { return await attempt(); } catch (error) { if (!(error instanceof SocketWouldBlockError)) throw error; }
  }
}
async function perSecond(count, work) {
  const begun = getruntime();
  for (let i = 0; i < count; i += 1) await work();
  return count / (getruntime() - begun);
}
const listener = await listenformessage(host, there), sender = await listenformessage(host, here);
const udp = await perSecond(${calls}, async () => {
  await sendmessage(host, there, message, host, here);
  await patiently(() => listener.getmessage());
});
const server = await listenforconnection(host, there);
const accept = async () => (await patiently(() => server.getconnection()))[2];
const client = await openconnection(host, there, host, here, 5), peer = await accept();
const tcp = await perSecond(${calls}, async () => {
  for (const [from, to] of [[client, peer], [peer, client]]) {
    await from.send(message);
    for (let left = 64; left > 0; ) left -= (await patiently(() => to.recv(left))).length;
  }
});
await client.close();
await peer.close();
const connect = await perSecond(${connections}, async () => {
  const client = await openconnection(host, there, host, here, 5), peer = await accept();
  await peer.close();
  await client.close();
});
await log(JSON.stringify({ udp, tcp, connect }));
`;

/** What RepyV2 did on the same machine, times 1.5. */
const targets = { udp: 5600, tcp: 2500, connect: 1600 } as const;
const names = {
  udp: 'UDP, 64 bytes one way',
  tcp: 'TCP, 64 bytes there and back',
  connect: 'connect, accept and close',
} as const;

async function throughput(yard: TestYard): Promise<Record<keyof typeof targets, number>> {
  return JSON.parse(await yard.output(talker, { restrictions })) as Record<keyof typeof targets, number>;
}

export async function measure(): Promise<Report> {
  const yard = await openYard();
  try {
    const perSecond = await throughput(yard);
    // Starts the zygote of their memory class, which stays.
    await yard.run('log()', { restrictions: pairRestrictions(rate) });
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    const talked = (await runPairs(yard, { pairs, seconds, rate })).flat();
    const left = descriptors() - before;
    const lost = talked.map((one, i) => (talked[i ^ 1]?.sent ?? 0) - one.received);
    const wrong = talked.filter(({ wrong }) => wrong > 0).length;
    const use = talked.flatMap(({ outcome: { usage }, seconds }) =>
      ['loopsend', 'looprecv'].map((name) => (usage.tallied[name] ?? 0) / (rate * (seconds + 1))),
    );
    const sent = talked.reduce((sum, one) => sum + one.sent, 0);
    const keys = Object.keys(targets) as (keyof typeof targets)[];
    const unequal = lost.filter((bytes) => bytes !== 0).length;
    return {
      title: `The network over the loopback: one guest, and ${pairs} pairs for ${seconds} s at ${rate} bytes/s each way`,
      columns: ['what', 'figure'],
      rows: [
        ...keys.map((key) => [`${names[key]} (per second)`, perSecond[key]] as const),
        ['bytes that the pairs sent', sent],
        ['streams with bytes lost, doubled or changed', unequal + wrong],
        ['greatest use of a rate, of what it allows', Math.max(...use)],
        ['descriptors that the supervisor kept', left],
      ],
      promises: [
        ...keys.map((key) => ({
          what: `${names[key]}: at least ${targets[key]} per second`,
          figure: perSecond[key].toFixed(0),
          kept: perSecond[key] >= targets[key],
        })),
        {
          what: 'no byte is lost, doubled or changed',
          figure: `${unequal + wrong} streams`,
          kept: unequal + wrong === 0,
        },
        {
          what: 'each guest keeps to its rates (limit x (t + 1), and one call)',
          figure: `${Math.max(...use).toFixed(3)} of that`,
          kept: Math.max(...use) <= 1 + 2112 / (rate * seconds),
        },
        { what: 'no descriptor is left', figure: `${left}`, kept: left === 0 },
      ],
    };
  } finally {
    await yard.close();
  }
}
