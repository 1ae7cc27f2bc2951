import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { loadNative } from '../seccomp/native/addon.js';
import { Channel } from '../supervisor/channel.js';
import { lack } from './broker/fake-child.js';

/** A channel, and the other end of it. */
function pair(): { channel: Channel; peer: Socket; close: () => void } {
  const [ours, theirs] = loadNative().supervisor.socketPair();
  const channel = new Channel(ours).on('error', () => undefined);
  const peer = new Socket({ fd: theirs }).on('error', () => undefined);
  return { channel, peer, close: () => void [channel.destroy(), peer.destroy()] };
}

const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));

t.test('without a receiver it is a stream', { skip: lack }, async (t) => {
  const { channel, peer, close } = pair();
  t.teardown(close);
  peer.write('hello');
  const [chunk] = await new Promise<[Buffer]>((resolve) => channel.once('data', (data) => resolve([data])));
  t.equal(chunk.toString(), 'hello');
});

t.test('a receiver gets what came before it, too', { skip: lack }, async (t) => {
  const { channel, peer, close } = pair();
  t.teardown(close);
  peer.write('early ');
  await sleep(20);
  let got = '';
  channel.receive((chunk) => {
    got += chunk.toString();
  });
  peer.end('late');
  await closed(channel);
  t.equal(got, 'early late');
});

t.test('bytes keep their order when the peer is slow', { skip: lack }, async (t) => {
  const { channel, peer, close } = pair();
  t.teardown(close);
  peer.pause();
  const parts: Buffer[] = [];
  for (let i = 0; i < 40; i += 1) {
    const part = Buffer.alloc(30_000, i);
    parts.push(part);
    channel.send(part);
  }
  t.ok(channel.writableLength > 0, 'the kernel does not take it all');
  const got: Buffer[] = [];
  let bytes = 0;
  const whole = new Promise<void>((resolve) => {
    peer.on('data', (chunk: Buffer) => {
      got.push(chunk);
      bytes += chunk.length;
      if (bytes === 40 * 30_000) resolve();
    });
  });
  peer.resume();
  await whole;
  t.ok(Buffer.concat(got).equals(Buffer.concat(parts)));
});

t.test('paused, it reads nothing ahead', { skip: lack }, async (t) => {
  const { channel, peer, close } = pair();
  t.teardown(close);
  let got = 0;
  channel.receive((chunk) => {
    got += chunk.length;
    channel.pause();
  });
  peer.write(Buffer.alloc(200_000));
  await sleep(30);
  const first = got;
  t.ok(first > 0 && first <= 131_072, `${first} bytes`);
  t.equal(channel.readableLength, 0);
  channel.resume();
  await sleep(30);
  t.ok(got > first && got <= 2 * 131_072);
});

t.test('what a dead peer had sent is read even when sending to it fails', { skip: lack }, async (t) => {
  const { channel, peer, close } = pair();
  t.teardown(close);
  let got = 0;
  channel.receive((chunk) => {
    got += chunk.length;
    channel.send(Buffer.from('answer'));
    if (got < 100_000) {
      channel.pause();
      setImmediate(() => channel.resume());
    }
  });
  peer.write(Buffer.alloc(150_000));
  await sleep(5);
  peer.destroy();
  const gone = closed(channel);
  await gone;
  t.equal(got, 150_000);
  channel.send(Buffer.from('to nobody'));
});
