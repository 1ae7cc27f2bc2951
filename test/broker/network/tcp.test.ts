import { createHash } from 'node:crypto';
import t from 'tap';
import { WireFloat } from '../../../protocol/values.js';
import { leastOf } from '../../support/patience.js';
import { lack } from '../fake-child.js';
import {
  answer,
  connectPair,
  descriptors,
  fullListener,
  loopback,
  networkLimits,
  networkStage,
  outsider,
  poll,
  transfer,
} from './net-stage.js';

t.test('the life of a connection, with RepyV2 answers', { skip: lack }, async (t) => {
  const { child, ports, nanny, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1, p2] = ports as [number, number, number];
  const server = await child.value('listenforconnection', loopback, p1);
  const listening = 'AlreadyListeningError: There is a listening socket on the provided localip and localport!';
  t.equal(await child.error('listenforconnection', loopback, p1), listening);
  t.equal(await child.error('openconnection', loopback, p2, loopback, p1, 1), listening);
  const noConnection = 'SocketWouldBlockError: No connections currently available!';
  t.equal(await child.error('tcp-server.getconnection', server), noConnection);
  const client = await child.value('openconnection', loopback, p1, loopback, p0, 60);
  t.equal(
    await child.error('openconnection', loopback, p1, loopback, p0, 1),
    'DuplicateTupleError: There is a duplicate connection which conflicts with the request!',
  );
  const other = await child.value('listenforconnection', loopback, p0);
  const accepted = answer(await poll(() => child.call('tcp-server.getconnection', server))) as [string, number, number];
  t.same(accepted.slice(0, 2), [loopback, p0]);
  const peer = accepted[2];
  t.equal(await child.error('socket.recv', peer, 10), 'SocketWouldBlockError: There is no data! recv() would block.');
  t.equal(await child.error('socket.recv', peer, 0), 'RepyArgumentError: Min value is 1.');
  t.equal(await child.value('socket.send', client, ''), 0);
  t.equal(await child.value('socket.send', client, 'hello'), 5);
  t.equal(answer(await poll(() => child.call('socket.recv', peer, 2))), 'he');
  t.equal(answer(await poll(() => child.call('socket.recv', peer, 100))), 'llo');
  t.equal(nanny.used('outsockets'), 2);
  t.equal(nanny.used('insockets'), 2);
  t.equal(await child.value('socket.close', peer), true);
  t.equal(await child.value('socket.close', peer), false);
  t.equal(await child.error('socket.recv', peer, 1), 'SocketClosedLocal: The socket is closed!');
  t.equal(await child.error('socket.send', peer, 'x'), 'SocketClosedLocal: The socket is closed!');
  const closed = 'SocketClosedRemote: The socket has been closed by the remote end!';
  t.equal(await child.error('socket.send', client, 'x'), closed);
  t.equal(await child.error('socket.send', client, 'x'), closed);
  t.equal(await child.error('socket.recv', client, 1), 'SocketClosedRemote: The socket has been closed remotely!');
  t.equal(await child.value('socket.close', client), true);
  t.equal(await child.value('socket.close', client), false);
  t.equal(nanny.used('outsockets'), 0);
  for (let i = 0; i < 2; i += 1) t.equal(await child.value('tcp-server.close', server), true);
  t.equal(await child.error('tcp-server.getconnection', server), 'SocketClosedLocal: The socket has been closed!');
  t.equal(await child.value('tcp-server.close', other), true);
  t.equal(nanny.used('insockets'), 0);
  const again = await child.value('listenforconnection', loopback, p1);
  t.equal(await child.value('tcp-server.close', again), true, 'a port is free as soon as it is closed');
});

t.test('a refused connection fails at once and takes nothing', { skip: lack }, async (t) => {
  const { child, ports, nanny, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const before = performance.now();
  t.equal(
    await child.error('openconnection', loopback, ports[1]!, loopback, ports[0]!, 30),
    'ConnectionRefusedError: The connection was refused!',
  );
  t.ok(performance.now() - before < 20_000, 'long before the timeout');
  t.equal(nanny.used('outsockets'), 0);
});

t.test('nobody answers: the timeout, to the millisecond and a bit', { skip: lack }, async (t) => {
  const { child, ports, nanny, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  t.teardown(await fullListener(child, p1));
  const call = async () => {
    const before = performance.now();
    t.equal(
      await child.error('openconnection', loopback, p1, loopback, p0, new WireFloat(0.3)),
      'TimeoutError: Timed-out connecting to the remote host!',
    );
    return performance.now() - before;
  };
  const took = await leastOf(600, call);
  t.ok(took >= 299 && took < 600, `took ${took} ms`);
  t.equal(nanny.used('outsockets'), 0);
});

t.test('the buffers are bounded, and what was taken arrives', { skip: lack }, async (t) => {
  const { child, ports, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const { client, peer } = await connectPair(child, ports);
  const data = 'z'.repeat(1 << 20);
  let taken = 0;
  let refusal = '';
  while (refusal === '') {
    const reply = await child.call('socket.send', client, data.slice(taken));
    if (reply.type === 'answer') {
      t.ok((reply.value as number) < 20_000, 'one send takes less than the buffer');
      taken += reply.value as number;
    } else refusal = `${reply.exception}: ${reply.message}`;
  }
  t.equal(refusal, 'SocketWouldBlockError: send() would block.');
  t.ok(taken > 0 && taken < 200_000, `${taken} bytes were taken`);
  await child.value('socket.close', client);
  let got = 0;
  for (;;) {
    const reply = await poll(() => child.call('socket.recv', peer, 50_000));
    if (reply.type === 'answer') got += (reply.value as string).length;
    else {
      t.equal(reply.exception, 'SocketClosedRemote');
      break;
    }
  }
  t.equal(got, taken);
});

t.test('every byte survives, both ways', { skip: lack }, async (t) => {
  const { child, ports, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const { client, peer } = await connectPair(child, ports);
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString('latin1');
  const data = Array.from({ length: 1200 }, (_, i) => all.slice(i % 256) + i).join('');
  const digest = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex');
  t.equal(digest(await transfer(child, client, peer, data)), digest(data));
  t.equal(digest(await transfer(child, peer, client, data)), digest(data));
});

t.test('a peer that resets, and one that closes its half', { skip: lack }, async (t) => {
  const { child, ports, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1, p2] = ports as [number, number, number];
  const server = await outsider(p1, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (chunk) => {
      if (chunk.toString() === 'reset') socket.resetAndDestroy();
      else socket.end('last words');
    });
  });
  t.teardown(() => server.close());
  const reset = await child.value('openconnection', loopback, p1, loopback, p0, 60);
  await child.value('socket.send', reset, 'reset');
  const gone = await poll(() => child.call('socket.recv', reset, 10));
  t.match(gone, { exception: 'SocketClosedRemote', message: 'The socket has been closed remotely!' });
  t.equal(
    await child.error('socket.send', reset, 'x'),
    'SocketClosedRemote: The socket has been closed by the remote end!',
  );
  t.equal(await child.value('socket.close', reset), true);
  const half = await child.value('openconnection', loopback, p1, loopback, p2, 60);
  await child.value('socket.send', half, 'end');
  t.equal(answer(await poll(() => child.call('socket.recv', half, 4))), 'last');
  t.equal(answer(await poll(() => child.call('socket.recv', half, 100))), ' words');
  const ended = await poll(() => child.call('socket.recv', half, 1));
  t.match(ended, { exception: 'SocketClosedRemote' });
});

t.test('counts: insockets and outsockets', { skip: lack }, async (t) => {
  const limits = { ...networkLimits, insockets: 1, outsockets: 1 };
  const { child, ports, close } = await networkStage(t.testdir({}), { limits });
  t.teardown(close);
  const [p0, p1, p2, p3] = ports as [number, number, number, number];
  const server = await child.value('listenforconnection', loopback, p1);
  const noInsocket = "ResourceExhaustedError: Resource 'insockets' limit exceeded!!";
  t.equal(await child.error('listenforconnection', loopback, p2), noInsocket);
  t.equal(await child.error('listenformessage', loopback, p2), noInsocket);
  const client = await child.value('openconnection', loopback, p1, loopback, p0, 60);
  const noOutsocket = "ResourceExhaustedError: Resource 'outsockets' limit exceeded!!";
  t.equal(await child.error('openconnection', loopback, p1, loopback, p3, 60), noOutsocket);
  t.equal(await child.error('tcp-server.getconnection', server), noOutsocket);
  t.equal(await child.value('socket.close', client), true);
  t.type(answer(await poll(() => child.call('tcp-server.getconnection', server))), Array);
});

t.test('no descriptor is left, whatever was going on', { skip: lack }, async (t) => {
  const before = descriptors();
  for (let i = 0; i < 5; i += 1) {
    const { child, ports, close } = await networkStage(t.testdir({}));
    await connectPair(child, ports);
    await child.value('listenformessage', loopback, ports[3]!);
    const empty = await fullListener(child, ports[2]!);
    void child.call('openconnection', loopback, ports[2]!, loopback, ports[3]!, 100);
    await child.value('getresources');
    await close();
    empty();
  }
  await new Promise((resolve) => setImmediate(resolve));
  t.equal(descriptors(), before);
});

t.test('a forged handle condemns the child', { skip: lack }, async (t) => {
  for (const [call, handle] of [
    ['socket.recv', 7],
    ['tcp-server.getconnection', 0],
    ['udp-server.getmessage', 1],
  ] as const) {
    const { child, ports, next, close } = await networkStage(t.testdir({}));
    t.teardown(close);
    await child.value('listenforconnection', loopback, ports[0]!);
    const told = next();
    void child.call(call, handle, ...(call === 'socket.recv' ? [1] : []));
    t.equal((await told)[0], 'violation');
  }
});

t.test('a connection that is still being cleaned up', { skip: lack }, async (t) => {
  const { child, ports, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const { client, peer } = await connectPair(child, ports);
  // Whoever closes first keeps the tuple in the host's memory for a while.
  await child.value('socket.close', client);
  t.match(await poll(() => child.call('socket.recv', peer, 1)), { exception: 'SocketClosedRemote' });
  await child.value('socket.close', peer);
  const again = await child.call('openconnection', loopback, ports[0]!, loopback, ports[1]!, 60);
  // A host may be told to use it again at once.
  if (again.type === 'failure') t.equal(again.exception, 'CleanupInProgressError');
  else t.type(again.value, 'number');
});
