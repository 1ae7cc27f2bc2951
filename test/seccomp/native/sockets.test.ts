/** The sockets of this host: wrong arguments throw, what the system refuses is an errno, and nothing ever blocks. */
import { constants } from 'node:os';
import t from 'tap';
import type { SocketNative } from '../../../seccomp/native/addon.js';
import { hostPlatform } from '../../../supervisor/platform/host.js';

const { errno } = constants;
const native = await hostPlatform().then(
  (platform) => platform.sockets(),
  (error: Error) => error.message,
);
const lack = typeof native === 'string' && native;
const loaded = native as SocketNative;

t.test('wrong arguments throw', { skip: lack }, async (t) => {
  const sockets = loaded as unknown as Record<string, (...args: unknown[]) => unknown>;
  const bytes = new Uint8Array(4);
  const wrong: readonly [name: string, ...args: unknown[]][] = [
    ['open', 1, 0, 'localhost', 80],
    ['open', 1, 0, '127.0.0.1\0', 80],
    ['open', 1, 0, '1'.repeat(1000), 80],
    ['open', 1, 0, '127.0.0.1', 65_536],
    ['open', 1, 0, '127.0.0.1', -1],
    ['open', 1, 0, '127.0.0.1', 1.5],
    ['open', 1, 0, '127.0.0.1'],
    ['open', '1', 0, '127.0.0.1', 80],
    ['connect', 0, null, 80],
    ['send', 0, bytes, 5],
    ['send', 0, bytes, -1],
    ['send', 0, 'text', 1],
    ['send', 0, new Uint16Array(4), 1],
    ['receive', 0, bytes, 5],
    ['sendTo', 0, bytes, 5, '127.0.0.1', 80],
    ['sendTo', 0, bytes, 4, 'host', 80],
    ['receiveFrom', 0, {}],
    ['routeTo', 'example.org'],
    ['accept'],
    ['close', Number.NaN],
  ];
  for (const [name, ...args] of wrong) t.throws(() => sockets[name]!(...args), TypeError, `${name}(${args.length})`);
});

t.test('what the kernel refuses is an errno', { skip: lack }, async (t) => {
  const sockets = loaded;
  const bytes = new Uint8Array(4);
  const refusals: readonly [keyof SocketNative, number][] = [
    ['listen', sockets.listen(-1, 1)],
    ['connect', sockets.connect(-1, '127.0.0.1', 1)],
    ['accept', sockets.accept(-1) as number],
    ['send', sockets.send(-1, bytes, 4)],
    ['receive', sockets.receive(-1, bytes, 4)],
    ['sendTo', sockets.sendTo(-1, bytes, 4, '127.0.0.1', 1)],
    ['receiveFrom', sockets.receiveFrom(-1, bytes) as number],
    ['close', sockets.close(-1)],
  ];
  for (const [name, result] of refusals) t.equal(result, -errno.EBADF, name);
  t.equal(sockets.open(1, 0, '192.0.2.1', 0), -errno.EADDRNOTAVAIL);
});

t.test('nothing blocks, and a peer that has gone is no signal', { skip: lack }, async (t) => {
  const sockets = loaded;
  const bytes = new Uint8Array(8);
  const port = 63_789;
  const server = sockets.open(1, 10_000, '127.0.0.1', port);
  t.ok(server >= 0);
  t.equal(sockets.listen(server, 4), 0);
  t.equal(sockets.accept(server), -errno.EAGAIN);
  const client = sockets.open(1, 10_000, '127.0.0.1', 0);
  t.ok([0, -errno.EINPROGRESS].includes(sockets.connect(client, '127.0.0.1', port)));
  t.equal(sockets.connected(client), 1);
  const accepted = sockets.accept(server);
  if (!Array.isArray(accepted)) return t.fail(`accept: ${accepted}`);
  const [peer, host] = accepted;
  t.equal(host, '127.0.0.1');
  t.equal(sockets.receive(peer, bytes, 8), -errno.EAGAIN);
  t.equal(sockets.send(client, Buffer.from('hello'), 5), 5);
  t.equal(sockets.receive(peer, bytes, 8), 5);
  const much = new Uint8Array(60_000);
  let taken = 0;
  for (let sent = 0; sent >= 0; taken += Math.max(0, sent)) sent = sockets.send(client, much, much.length);
  t.ok(taken > 0 && taken < 1 << 20, `the kernel's buffers took ${taken} bytes`);
  sockets.close(peer);
  t.ok(sockets.send(client, bytes, 8) < 0);
  t.ok(sockets.send(client, bytes, 8) < 0);
  const udp = sockets.open(0, 0, '127.0.0.1', port);
  t.equal(sockets.receiveFrom(udp, bytes), -errno.EAGAIN);
  t.equal(sockets.sendTo(udp, Buffer.from('self'), 4, '127.0.0.1', port), 4);
  t.same(sockets.receiveFrom(udp, bytes), [4, '127.0.0.1', port]);
  for (const fd of [server, client, udp]) t.equal(sockets.close(fd), 0);
});
