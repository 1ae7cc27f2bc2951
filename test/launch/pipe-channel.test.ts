import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { PipeChannel } from '../../supervisor/launch/pipe-channel.js';

function stage() {
  const towards = new PassThrough({ highWaterMark: 1000 });
  const from = new PassThrough({ highWaterMark: 1000 });
  const channel = new PipeChannel(towards, from);
  const got: string[] = [];
  return { towards, from, channel, got, receive: () => channel.receive((chunk) => got.push(chunk.toString())) };
}

t.test('what came early is received first, and nothing while paused', async (t) => {
  const { from, channel, got, receive } = stage();
  from.write('early');
  await turn();
  t.same(got, []);
  receive();
  await turn();
  from.write('late');
  await turn();
  t.same(got, ['early', 'late']);
  channel.pause();
  from.write('held');
  await turn();
  t.same(got, ['early', 'late']);
  channel.resume();
  await turn();
  t.same(got, ['early', 'late', 'held']);
});

t.test('bytes may be overwritten once they were sent', async (t) => {
  const { towards, channel } = stage();
  const bytes = Buffer.from('first');
  channel.send(bytes);
  bytes.write('other');
  t.equal(towards.read().toString(), 'first');
});

t.test('what is not taken counts, and its going is told', async (t) => {
  const { towards, channel } = stage();
  let drained = 0;
  channel.on('drain', () => drained++);
  for (let n = 0; n < 5; n++) channel.send(Buffer.alloc(1000));
  t.ok(channel.writableLength > 0);
  towards.resume();
  await turn();
  await turn();
  t.equal(channel.writableLength, 0);
  t.equal(drained, 1);
});

t.test('what a child wrote before it went is read to the end, then the channel is closed', async (t) => {
  const { from, channel, got, receive } = stage();
  receive();
  channel.pause();
  let closed = 0;
  channel.once('close', () => closed++);
  from.end('last words');
  await turn();
  t.equal(channel.closed, false);
  channel.resume();
  await turn();
  await turn();
  t.same(got, ['last words']);
  t.equal(closed, 1);
  t.equal(channel.closed, true);
  channel.send(Buffer.from('too late'));
});

t.test('a reader that has gone costs nothing but what is sent to it', async (t) => {
  const { towards, from, channel, got, receive } = stage();
  receive();
  towards.destroy(Object.assign(new Error('gone'), { code: 'EPIPE' }));
  await turn();
  channel.send(Buffer.from('nobody'));
  t.equal(channel.writableLength, 0);
  from.write('still');
  await turn();
  t.same(got, ['still']);
});

t.test('destroyed, it gives nothing more and is closed', async (t) => {
  const { from, channel, got, receive } = stage();
  receive();
  channel.pause();
  from.write('x');
  channel.destroy();
  await turn();
  await turn();
  t.same(got, []);
  t.equal(channel.closed, true);
});
