import t from 'tap';
import { Channel } from '../../child-runtime/channel.js';
import { bounds } from '../../protocol/bounds.js';
import { RepyError } from '../../protocol/exceptions.js';
import { FrameReader } from '../../protocol/frames.js';
import { decodeChildMessage } from '../../protocol/message-decoding.js';
import { encodeSupervisorMessage } from '../../protocol/message-encoding.js';
import type { ChildMessage, ProgramMessage, SupervisorMessage } from '../../protocol/messages.js';
import type { ChildNative } from '../../seccomp/native/addon.js';

/** The native part with a socket of scripted bytes. `pieces` bytes arrive per read. */
class FakeNative implements ChildNative {
  readonly sent: ChildMessage[] = [];
  exitCode: number | undefined;
  time = 10;
  /** How many writes find the socket full while there is something to read. */
  full = 0;
  private readonly frames = new FrameReader(1 << 24);
  private readonly incoming: number[] = [];

  constructor(private readonly piece = Number.POSITIVE_INFINITY) {}

  say(...messages: SupervisorMessage[]): void {
    for (const message of messages) for (const byte of encodeSupervisorMessage(message)) this.incoming.push(byte);
  }

  poll(timeoutMs: number): boolean {
    if (this.incoming.length > 0) return true;
    if (timeoutMs === Number.POSITIVE_INFINITY) throw new Error('waits for ever');
    this.time += timeoutMs / 1000;
    return false;
  }

  read(into: Uint8Array, offset: number, length: number): number {
    if (this.incoming.length === 0) throw new Error('blocks for ever');
    const bytes = this.incoming.splice(0, Math.min(length, this.piece));
    into.set(bytes, offset);
    return bytes.length;
  }

  write(from: Uint8Array, offset: number, length: number): number {
    if (this.full > 0) {
      this.full -= 1;
      return 0;
    }
    this.frames.push(from.slice(offset, offset + length));
    for (let frame = this.frames.next(); frame; frame = this.frames.next()) this.sent.push(decodeChildMessage(frame));
    return length;
  }

  exchange(from: Uint8Array, length: number, into: Uint8Array): number {
    this.write(from, 0, length);
    return this.read(into, 0, into.length);
  }

  now(): number {
    return this.time;
  }

  processorTime(): number {
    return this.time;
  }

  refusedBytes(): number {
    return 0;
  }

  lockedAt(): number {
    return 9;
  }

  followed = 0;
  followMemory(): void {
    this.followed += 1;
  }

  exit(code: number): never {
    this.exitCode = code;
    throw new Error('exit');
  }

  runMicrotasks(): void {}
}

const program: ProgramMessage = {
  type: 'program',
  language: 'javascript',
  name: 'a.js',
  source: new Uint8Array(5_000).fill(32),
  args: ['x', 'ü'],
  startedAt: 1,
  seed: new Uint8Array(32),
  events: 3,
  memory: 15_000_000,
};

t.test('the program arrives in pieces of any size', async (t) => {
  for (const piece of [1, 7, 4096, Number.POSITIVE_INFINITY]) {
    const native = new FakeNative(piece);
    native.say(program);
    t.same(new Channel(native).receiveProgram(), program);
  }
});

t.test('answers are taken by id, in any order, once', async (t) => {
  const native = new FakeNative();
  const channel = new Channel(native);
  const first = channel.send('listfiles', []);
  const second = channel.send('randombytes', []);
  t.not(first, second);
  t.equal(channel.wait(0), false);
  native.say(
    { type: 'answer', id: second, value: 'r' },
    { type: 'failure', id: first, exception: 'FileError', message: 'no' },
  );
  t.equal(channel.wait(0), true);
  t.same(channel.arrived(), [second, first]);
  t.same(channel.take(second), { value: 'r' });
  t.equal(channel.take(second), undefined);
  t.same(channel.arrived(), [first]);
  const failure = channel.take(first);
  t.match(failure, { error: new RepyError('FileError', 'no') });
  t.same(native.sent.slice(0, 2), [
    { type: 'request', id: first, call: 6, args: [] },
    { type: 'request', id: second, call: 8, args: [] },
  ]);
});

t.test('call waits for its own answer and keeps the others', async (t) => {
  const native = new FakeNative(3);
  const channel = new Channel(native);
  const other = channel.send('listfiles', []);
  native.say({ type: 'answer', id: other, value: ['a'] }, { type: 'answer', id: other + 1, value: 'b' });
  t.equal(channel.call('randombytes', []), 'b');
  t.same(channel.take(other), { value: ['a'] });
  native.say({ type: 'failure', id: other + 2, exception: 'FileClosedError', message: 'closed' });
  t.throws(() => channel.call('file.close', [1]), new RepyError('FileClosedError', 'closed'));
});

t.test('answers that arrive while a request is being sent are told of by the next wait', async (t) => {
  const native = new FakeNative();
  const channel = new Channel(native);
  const first = channel.send('listfiles', []);
  native.say({ type: 'answer', id: first, value: ['a'] });
  native.full = 1;
  channel.send('listfiles', []);
  t.same(channel.arrived(), [first]);
  t.equal(channel.wait(Number.POSITIVE_INFINITY), true);
  t.same(channel.take(first), { value: ['a'] });
  t.equal(channel.wait(10), false);
});

t.test('wait lasts its time', async (t) => {
  const native = new FakeNative();
  const channel = new Channel(native);
  t.equal(channel.wait(2500), false);
  t.equal(native.time, 12.5);
});

t.test('an answer to nothing is an error, notices are bounded', async (t) => {
  const native = new FakeNative();
  const channel = new Channel(native);
  for (let count = 0; count < 1000; count += 1) native.say({ type: 'notice', kind: 'limits', value: count });
  t.equal(channel.wait(0), true);
  while (channel.wait(0));
  const notices = channel.notices();
  t.ok(notices.length <= 64);
  t.equal(notices.at(-1)?.value, 999);
  t.same(channel.notices(), []);
  native.say({ type: 'answer', id: 77, value: null });
  t.throws(() => channel.wait(0), { message: /77/ });
});

t.test('started and end are sent; the report is bounded and the process exits', async (t) => {
  const native = new FakeNative();
  const channel = new Channel(native);
  channel.started({ checked: 9.5, compiled: 9.75 });
  const report = 'ü\u{1f600}'.repeat(bounds.reportBytes);
  t.throws(() => channel.end({ reason: 'uncaught', exitCode: 6, report }), { message: 'exit' });
  t.equal(native.exitCode, 6);
  t.same(native.sent[0], { type: 'started', locked: 9, checked: 9.5, compiled: 9.75, firstInstruction: 10 });
  t.match(native.sent[1], { type: 'end', reason: 'uncaught', exitCode: 6 });
});

t.test('how many threads there may be follows what the supervisor says, without being waited for', async (t) => {
  const native = new FakeNative(3);
  native.say(program);
  const channel = new Channel(native);
  channel.receiveProgram();
  t.same(channel.threadLimit(), { most: 3, ends: false });
  native.say({ type: 'notice', kind: 'events', value: [7, true] });
  t.same(channel.threadLimit(), { most: 7, ends: true });
  t.same(channel.notices(), []);
});
