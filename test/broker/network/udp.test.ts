import { createSocket } from 'node:dgram';
import t from 'tap';
import { restrict } from '../../nanny/limits.js';
import { lack } from '../fake-child.js';
import { answer, descriptors, loopback, networkLimits, networkStage, poll } from './net-stage.js';

t.test('messages come with their sender, whole and in order', { skip: lack }, async (t) => {
  const { child, ports, nanny, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  const server = await child.value('listenformessage', loopback, p1);
  t.equal(
    await child.error('listenformessage', loopback, p1),
    'AlreadyListeningError: There is a listening socket on the provided localip and localport!',
  );
  const none = 'SocketWouldBlockError: No messages currently available!';
  t.equal(await child.error('udp-server.getmessage', server), none);
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString('latin1');
  const messages = ['dg', '', all, 'x'.repeat(9216)];
  for (const message of messages)
    t.equal(await child.value('sendmessage', loopback, p1, message, loopback, p0), message.length);
  for (const message of messages) {
    t.same(answer(await poll(() => child.call('udp-server.getmessage', server))), [loopback, p0, message]);
  }
  t.equal(await child.error('udp-server.getmessage', server), none);
  t.equal(nanny.used('insockets'), 1);
  for (let i = 0; i < 2; i += 1) t.equal(await child.value('udp-server.close', server), true);
  t.equal(await child.error('udp-server.getmessage', server), 'SocketClosedLocal: The socket has been closed!');
  t.equal(nanny.used('insockets'), 0);
});

t.test('sending: from the listening socket, and one outsocket for good otherwise', { skip: lack }, async (t) => {
  const { child, ports, nanny, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  const before = descriptors();
  t.equal(nanny.used('outsockets'), 0);
  for (let i = 0; i < 200; i += 1) await child.value('sendmessage', loopback, p1, 'hi', loopback, p0);
  t.equal(nanny.used('outsockets'), 1);
  t.equal(descriptors(), before);
  t.same([...nanny.usedPorts('messport')], [p0]);
  await child.value('listenformessage', loopback, p0);
  t.equal(await child.value('sendmessage', loopback, p1, 'hi', loopback, p0), 2);
  t.equal(nanny.used('outsockets'), 1);
});

t.test('a port that somebody else listens on', { skip: lack }, async (t) => {
  const { child, ports, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  const other = createSocket('udp4');
  await new Promise<void>((resolve) => other.bind(p0, loopback, resolve));
  t.teardown(() => other.close());
  t.match(await child.error('listenformessage', loopback, p0), /^AlreadyListeningError/);
  t.match(await child.error('sendmessage', loopback, p1, 'hi', loopback, p0), /^AlreadyListeningError/);
});

t.test('a flood waits in the kernel, bounded, and is dropped there', { skip: lack }, async (t) => {
  const { child, ports, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  const server = await child.value('listenformessage', loopback, p1);
  const flood = createSocket('udp4');
  t.teardown(() => flood.close());
  const message = Buffer.alloc(8000);
  for (let i = 0; i < 500; i += 1) {
    await new Promise<void>((resolve) => flood.send(message, p1, loopback, () => resolve()));
  }
  let count = 0;
  while ((await child.call('udp-server.getmessage', server)).type === 'answer') count += 1;
  t.ok(count > 0 && count < 500, `${count} of 500 were kept`);
  t.equal(await child.value('sendmessage', loopback, p1, 'on', loopback, p0), 2);
  t.same(answer(await poll(() => child.call('udp-server.getmessage', server))), [loopback, p0, 'on']);
});

t.test('costs: 64 bytes for headers, loopback apart from the network', { skip: lack }, async (t) => {
  const { child, ports, nanny, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  const totals = (): number[] => ['loopsend', 'looprecv', 'netsend', 'netrecv'].map((name) => nanny.tallies()[name]!);
  const server = await child.value('listenformessage', loopback, p1);
  await child.value('sendmessage', loopback, p1, 'x'.repeat(100), loopback, p0);
  t.same(totals(), [164, 0, 0, 0]);
  answer(await poll(() => child.call('udp-server.getmessage', server)));
  t.same(totals(), [164, 164, 0, 0]);
  await child.call('udp-server.getmessage', server);
  t.same(totals(), [164, 164, 0, 0], 'what would block costs nothing');
  await child.value('gethostbyname', 'localhost');
  t.same(totals(), [164, 164, 1024, 4096]);
  await child.call('getmyip');
  t.same(totals(), [164, 164, 1280, 4224]);
  await child.value('udp-server.close', server);
  t.same(totals(), [164, 164, 1280, 4224]);
});

t.test('costs of a connection', { skip: lack }, async (t) => {
  const { child, ports, nanny, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  let before = [0, 0];
  const spent = (): number[] => {
    const now = [nanny.tallies().loopsend!, nanny.tallies().looprecv!];
    const difference = now.map((total, i) => total - before[i]!);
    before = now;
    return difference;
  };
  const server = await child.value('listenforconnection', loopback, p1);
  t.same(spent(), [0, 0]);
  const client = await child.value('openconnection', loopback, p1, loopback, p0, 60);
  t.same(spent(), [128, 64], 'openconnection');
  const [, , peer] = answer(await poll(() => child.call('tcp-server.getconnection', server))) as [
    string,
    number,
    number,
  ];
  t.same(spent(), [64, 128], 'getconnection');
  await child.value('socket.send', client, 'x'.repeat(1000));
  t.same(spent(), [1064, 64], 'send');
  answer(await poll(() => child.call('socket.recv', peer, 5000)));
  t.same(spent(), [64, 1064], 'recv');
  await child.call('socket.recv', peer, 5000);
  t.same(spent(), [0, 0], 'what would block costs nothing');
  await child.value('socket.close', client);
  t.same(spent(), [128, 64], 'close');
  await child.value('socket.close', client);
  t.same(spent(), [0, 0], 'a second close');
});

t.test('a sender over its rate waits, and the clock lets it go on', { skip: lack }, async (t) => {
  const limits = { ...networkLimits, loopsend: 1000 };
  const { child, ports, nanny, pulse, close } = await networkStage(t.testdir({}), { limits });
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  await child.value('sendmessage', loopback, p1, 'x'.repeat(936), loopback, p0);
  let done = false;
  const waiting = child.value('sendmessage', loopback, p1, 'x'.repeat(936), loopback, p0).then(() => {
    done = true;
  });
  while (pulse.pending === 0) await new Promise((resolve) => setImmediate(resolve));
  await pulse.advance(0.99);
  t.equal(done, false);
  await pulse.advance(0.02);
  await waiting;
  t.equal(nanny.tallies().loopsend, 2000);
  // Limits that change are obeyed by the ports too.
  nanny.change(restrict(limits, { messport: new Set([p1]) }));
  t.match(await child.error('sendmessage', loopback, p1, 'x', loopback, p0), /^ResourceForbiddenError/);
});

t.test('names', { skip: lack }, async (t) => {
  const { child, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  t.equal(await child.value('gethostbyname', 'localhost'), '127.0.0.1');
  t.equal(await child.value('gethostbyname', '127.0.0.1'), '127.0.0.1');
  for (const name of ['', 'a b', 'x'.repeat(254), '-x', 'a\0b', 'http://x']) {
    t.equal(
      await child.error('gethostbyname', name),
      `NetworkAddressError: The hostname '${name}' could not be resolved.`,
    );
  }
});
