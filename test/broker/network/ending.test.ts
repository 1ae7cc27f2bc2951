/** Programs that end, one way or another, with sockets open: the supervisor keeps none of them. */
import t from 'tap';
import { openYard, wideRestrictions } from '../../support/yard.js';
import { descriptors, freePorts, loopback } from './net-stage.js';

const rates = ['loopsend', 'looprecv', 'netsend', 'netrecv'].map((name) => `resource ${name} 1e9`);
const counts = ['resource insockets 10', 'resource outsockets 10'];

/** Opens one of each, connects to itself, and leaves data unread everywhere. */
const open = (ports: readonly number[]): string => `
const [a, b, c] = [${ports.join()}], host = '${loopback}';
const udp = await listenformessage(host, a);
await sendmessage(host, a, 'unread', host, b);
const server = await listenforconnection(host, a);
const client = await openconnection(host, a, host, b, 60);
await client.send('unread');
let peer;
while (peer === undefined) {
  try { [, , peer] = await server.getconnection(); } catch { await sleep(0.01); }
}
await peer.send('unread');
await openconnection(host, a, host, c, 60);
await log('open');
`;

const endings: Readonly<Record<string, string>> = {
  exited: '',
  exitall: 'exitall();',
  uncaught: "throw new Error('at the end');",
  limit: 'const hoard = []; for (;;) hoard.push(new Uint8Array(1 << 20).fill(1));',
  stopped: 'await sleep(600);',
};

t.test('sockets go with the program, however it ends', async (t) => {
  const yard = await openYard();
  t.teardown(() => yard.close());
  await yard.run('');
  const ports = await freePorts(3);
  const restrictions = [
    wideRestrictions.replace('200000000', '20000000'),
    ...rates,
    ...counts,
    ...ports.flatMap((port) => [`resource messport ${port}`, `resource connport ${port}`]),
    '',
  ].join('\n');
  await yard.run('await log()', { restrictions });
  const before = descriptors();
  for (const [reason, ending] of Object.entries(endings)) {
    const program = await yard.start(open(ports) + ending, { restrictions });
    if (reason === 'stopped') {
      while (yard.logged(program) !== 'open') await new Promise((resolve) => setTimeout(resolve, 5));
      t.ok(descriptors() > before + 5, 'they are open while it runs');
      program.stop();
    }
    const outcome = await program.outcome;
    t.equal(outcome.reason, reason, outcome.message);
    t.equal(yard.logged(program), 'open');
    t.equal(descriptors(), before, reason);
  }
});
