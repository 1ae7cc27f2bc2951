import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { apiCall } from '../../protocol/api.js';
import { bounds } from '../../protocol/bounds.js';
import { encodeChildMessage } from '../../protocol/message-encoding.js';
import { WireText } from '../../protocol/values.js';
import type { LogSink } from '../../supervisor/broker/log-sink.js';
import { lack, plenty, program, stage } from './fake-child.js';

const request = (id: number, call: number, ...args: (string | number)[]): Buffer =>
  encodeChildMessage({ type: 'request', id, call, args });
const end = encodeChildMessage({ type: 'end', reason: 'exited', exitCode: 0, report: '' });
const log = apiCall('log').number;
const random = apiCall('randombytes').number;

t.test('the program goes first, the end is told once', { skip: lack }, async (t) => {
  const { child, told, next, close } = await stage(t.testdir({}));
  t.teardown(close);
  t.match(child.received[0], { ...program, source: Buffer.from('pass') });
  const ended = next();
  child.send(end);
  t.same(await ended, ['end', { type: 'end', reason: 'exited', exitCode: 0, report: '' }]);
  t.equal(told.length, 1);
});

const forged: [string, Buffer[], string][] = [
  ['a frame above the bound', [Buffer.from([0xff, 0xff, 0xff, 0x7f])], 'frame too large: 2147483647 > 1052672'],
  ['a frame without a head', [Buffer.from([1, 0, 0, 0, 17])], 'frame too short: 1'],
  ['a tag that is none', [Buffer.from([6, 0, 0, 0, 17, 1, 0, 0, 0, 99])], 'unknown tag: 99'],
  ['a message for children', [Buffer.from([5, 0, 0, 0, 2, 1, 0, 0, 0])], 'unknown message type: 2'],
  ['a call that is none', [request(1, 999)], 'unknown call: 999'],
  ['a call that the child serves', [request(1, apiCall('sleep').number, 1)], 'unknown call: 10'],
  ['an id twice', [request(1, random), request(1, random)], 'bad id: 1 is in use'],
  ['a handle that was never given', [request(1, apiCall('file.close').number, 5)], 'bad field: a handle never given'],
  ['a handle that is text', [request(1, apiCall('file.close').number, 'x')], 'bad field: a handle that is no number'],
  [
    'a method without its handle',
    [request(1, apiCall('file.close').number)],
    'bad field: file.close without its handle',
  ],
  [
    'started twice',
    [encodeChildMessage({ type: 'started', locked: 1, checked: 1, compiled: 1, firstInstruction: 1 })],
    'message out of order: started',
  ],
  ['a request behind the end', [Buffer.concat([end, request(1, log, 'x')])], 'message out of order: request'],
  ['the end twice', [Buffer.concat([end, end])], 'message out of order: end'],
];
for (const [name, frames, reason] of forged) {
  t.test(`${name} condemns the child`, { skip: lack }, async (t) => {
    const { child, told, close } = await stage(t.testdir({}), { ...plenty, random: 1 });
    t.teardown(close);
    for (const frame of frames) child.send(frame);
    // Whatever follows is not even read.
    child.send(request(77, log, 'too late'));
    await child.gone();
    t.same(
      told.filter(([what]) => what !== 'end'),
      [['violation', reason]],
    );
  });
}

t.test('what a hostile child does touches nobody else', { skip: lack }, async (t) => {
  const [bad, good] = [await stage(t.testdir({ a: {} })), await stage(t.testdir({ b: {} }))];
  t.teardown(good.close);
  bad.child.send(Buffer.alloc(1 << 20, 0xff));
  await bad.child.gone();
  await bad.close();
  t.match(bad.told, [['violation', /./]]);
  t.equal(await good.child.value('log', 'fine'), null);
  t.equal(good.log.text, 'fine');
});

t.test('before started a child may only end', { skip: lack }, async (t) => {
  const early = await stage(t.testdir({ a: {} }), plenty, { silent: true });
  t.teardown(early.close);
  early.child.send(request(1, log, 'x'));
  await early.child.gone();
  t.same(early.told, [['violation', 'message out of order: request']]);
  const refused = await stage(t.testdir({ b: {} }), plenty, { silent: true });
  t.teardown(refused.close);
  const told = refused.next();
  refused.child.send(encodeChildMessage({ type: 'end', reason: 'unsafe', exitCode: 5, report: 'line 1' }));
  t.match(await told, ['end', { reason: 'unsafe', report: 'line 1' }]);
});

t.test('log writes the bytes as they are', { skip: lack }, async (t) => {
  const { child, log, nanny, close } = await stage(t.testdir({}));
  t.teardown(close);
  await child.value('log', 'a\xff\n');
  await child.value('log', 'b', 'c');
  await child.value('log');
  t.equal(log.text, 'a\xff\nbc');
  t.equal(nanny.tallies().lograte, 5);
  t.equal(await child.error('log', 1), "RepyArgumentError: Invalid type <type 'int'>");
  t.equal(await child.error('log', new WireText('Ж')), "RepyArgumentError: Invalid type <type 'unicode'>");
});

t.test('a rate of 0 ends the program before anything happens', { skip: lack }, async (t) => {
  const { child, log, told, close } = await stage(t.testdir({}), { ...plenty, lograte: 0 });
  t.teardown(close);
  child.send(request(1, 1, 'x'));
  await child.gone();
  t.same(told, [['limit', { resource: 'lograte', allowed: 0, used: 0 }]]);
  t.equal(log.text, '');
});

t.test('randombytes are 1024 and different', { skip: lack }, async (t) => {
  const { child, close } = await stage(t.testdir({}));
  t.teardown(close);
  const drawn = new Set<unknown>();
  for (let i = 0; i < 200; i += 1) {
    const bytes = await child.value('randombytes');
    if (typeof bytes === 'string' && bytes.length === 1024) drawn.add(bytes);
  }
  t.equal(drawn.size, 200);
});

t.test('requests in flight are bounded; further ones wait in the socket', { skip: lack }, async (t) => {
  const { child, pulse, nanny, close } = await stage(t.testdir({}), { ...plenty, random: 1024 });
  t.teardown(close);
  const count = bounds.requestsInFlight + 20;
  const replies = Array.from({ length: count }, () => child.call('randombytes'));
  let logged = false;
  void child.call('log', 'late').then(() => {
    logged = true;
  });
  await sleep(30);
  t.notOk(logged, 'the log call is behind the bound');
  t.equal(nanny.tallies().random, 2048, 'one is through, the next holds the bucket');
  const answered = Promise.all(replies);
  while (!logged) await pulse.advance(1);
  t.ok((nanny.tallies().random ?? 0) / 1024 >= count - bounds.requestsInFlight, 'enough were through by then');
  let all = false;
  void answered.then(() => {
    all = true;
  });
  while (!all) await pulse.advance(1);
  t.ok((await answered).every((reply) => reply.type === 'answer'));
});

t.test('a child that does not read its answers is not served on', { skip: lack }, async (t) => {
  const { child, nanny, close } = await stage(t.testdir({}));
  t.teardown(close);
  child.socket.pause();
  const calls = 4000;
  for (let i = 1; i <= calls; i += 1) child.send(request(i, random));
  await sleep(50);
  const served = (nanny.tallies().random ?? 0) / 1024;
  // 256 KiB of backlog, one turn's 32 answers more, and what the kernel holds for both directions (about 200 KiB each).
  t.ok(served < 1000, `${served} served`);
  child.socket.resume();
  while (child.received.length < calls + 1) await sleep(5);
  t.equal((nanny.tallies().random ?? 0) / 1024, calls);
});

t.test('a flood of one program leaves the others their turns', { skip: lack }, async (t) => {
  const [flooder, other] = [await stage(t.testdir({ a: {} })), await stage(t.testdir({ b: {} }))];
  t.teardown(flooder.close);
  t.teardown(other.close);
  let answered = 0;
  const flood = Array.from({ length: 20_000 }, () => flooder.child.call('log', 'x').then(() => (answered += 1)));
  const before = answered;
  for (let i = 0; i < 50; i += 1) await other.child.value('log', 'y');
  const meanwhile = answered - before;
  // 50 round trips; in each the flooder has a few turns of 32. Without turns, its first chunk alone would be 64 KiB: 2500 calls.
  t.ok(meanwhile < 50 * 32 * 4, `${meanwhile} calls of the flooder during 50 of the other`);
  await Promise.all(flood);
});

t.test('a waiting log sink holds its own program only', { skip: lack }, async (t) => {
  let release: () => void = () => undefined;
  const slow: LogSink = { write: () => new Promise((resolve) => (release = resolve)), close: async () => undefined };
  const { child, close } = await stage(t.testdir({}), plenty, { log: slow });
  t.teardown(close);
  let logged = false;
  const first = child.value('log', 'x').then(() => (logged = true));
  t.ok(Array.isArray(await child.value('getresources')));
  t.notOk(logged);
  release();
  await first;
});

t.test('a broken log is the supervisor side failing', { skip: lack }, async (t) => {
  const broken: LogSink = { write: () => Promise.reject(new Error('ENOSPC')), close: async () => undefined };
  const { child, told, close } = await stage(t.testdir({}), plenty, { log: broken });
  t.teardown(close);
  child.send(request(1, log, 'x'));
  await child.gone();
  t.same(told, [['internal', 'ENOSPC']]);
});

t.test('new limits count at once', { skip: lack }, async (t) => {
  const { child, session, nanny, directory, close } = await stage(t.testdir({}), { ...plenty, random: 10 });
  t.teardown(close);
  const waiting = child.value('randombytes');
  await child.value('log', 'x');
  session.change({ ...nanny.restrictions, limits: { ...plenty, random: 1e9, diskused: 77_000 } });
  await waiting;
  t.equal(directory.disk.allowed, 77_000);
  session.notify('limits', 1);
  await child.value('log', 'x');
  t.ok(child.received.some((message) => message.type === 'notice' && message.kind === 'limits'));
});

t.test('drain reads the last words of a child that has gone', { skip: lack }, async (t) => {
  const {
    child,
    session,
    log: memory,
    told,
    directory,
    close,
  } = await stage(t.testdir({}), { ...plenty, lograte: 100 });
  t.teardown(close);
  const open = request(1000, apiCall('openfile').number, 'late', 1);
  const last = [1, 2, 3].map((id) => request(id, log, 'x'.repeat(60)));
  child.socket.end(Buffer.concat([...last, open, end]));
  await child.gone();
  await session.drain();
  t.equal(memory.text.length, 120, 'as far as lograte lets it go without waiting');
  t.match(told, [['end', { reason: 'exited' }]]);
  t.equal(directory.disk.entries, 0, 'other calls are too late');
});

t.test('a death in the middle of a frame is no violation', { skip: lack }, async (t) => {
  const { child, session, told, close } = await stage(t.testdir({}));
  t.teardown(close);
  child.socket.end(request(1, log, 'x'.repeat(1000)).subarray(0, 500));
  await child.gone();
  await session.drain();
  t.same(told, []);
});

t.test('answers to a child that has gone lose nothing of what it had sent', { skip: lack }, async (t) => {
  const { child, session, log: memory, told, close } = await stage(t.testdir({}));
  t.teardown(close);
  // More than one chunk and many turns, all in the kernel before the supervisor looks, and no answer is ever read.
  const words = Array.from({ length: 1500 }, (_, i) => request(i + 1, log, `${i}`.padStart(50)));
  child.socket.pause();
  child.socket.write(Buffer.concat([...words, end]), () => child.socket.destroy());
  await child.gone();
  await session.drain();
  t.equal(memory.text.length, 1500 * 50);
  t.match(told, [['end', { reason: 'exited' }]]);
});

t.test('close while calls wait', { skip: lack }, async (t) => {
  const { child, pulse, told, close } = await stage(t.testdir({}), { ...plenty, random: 10, filewrite: 10 });
  void child.call('randombytes');
  void child.call('openfile', 'f', true);
  await child.value('log', 'x');
  await close();
  t.equal(pulse.pending, 0, 'no timer is left');
  t.same(told, []);
});

t.test('getresources: limits, usage and stop times', { skip: lack }, async (t) => {
  const { child, close } = await stage(t.testdir({ f: 'abc' }), { ...plenty, diskused: 5e9, fileread: 1e6 });
  t.teardown(close);
  await child.value('openfile', 'f', false);
  const [limits, usage, stops] = (await child.value('getresources')) as [
    { entries: [string, unknown][] },
    { entries: [string, unknown][] },
    unknown,
  ];
  const names =
    'connport cpu diskused events fileread filesopened filewrite insockets lograte looprecv loopsend memory messport netrecv netsend outsockets random';
  t.equal(
    limits.entries
      .map(([name]) => name)
      .sort()
      .join(' '),
    names,
  );
  t.equal(
    usage.entries
      .map(([name]) => name)
      .filter((name) => name !== 'threadcpu')
      .sort()
      .join(' '),
    names,
  );
  const limit = Object.fromEntries(limits.entries);
  const used = Object.fromEntries(usage.entries);
  t.match(limit, { fileread: { value: 1e6 }, filesopened: 5, diskused: 5e9, cpu: { value: 1 }, messport: [] });
  t.match(used, { fileread: { value: 4096 }, filesopened: 1, diskused: 4099, memory: 12345, cpu: { value: 0.5 } });
  t.same(stops, [[{ value: 1 }, { value: 0.25 }]]);
});
