import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { bounds } from '../../protocol/bounds.js';
import { FrameReader, lengthBytes } from '../../protocol/frames.js';
import { decodeChildMessage } from '../../protocol/message-decoding.js';
import { encodeChildMessage } from '../../protocol/message-encoding.js';
import { ProtocolViolation } from '../../protocol/violation.js';
import { childMessage, properties } from './arbitraries.js';

function drain(reader: FrameReader): Buffer[] {
  const frames: Buffer[] = [];
  for (let frame = reader.next(); frame !== undefined; frame = reader.next()) frames.push(Buffer.from(frame));
  return frames;
}

t.test('how the stream is cut into chunks makes no difference', async (t) => {
  fc.assert(
    fc.property(fc.array(childMessage, { maxLength: 8 }), fc.array(fc.nat(40), { maxLength: 200 }), (sent, cuts) => {
      const stream = Buffer.concat(sent.map(encodeChildMessage));
      const reader = new FrameReader(bounds.frameBytes);
      const got: Buffer[] = [];
      let at = 0;
      for (const cut of [...cuts, stream.length]) {
        const chunk = Buffer.from(stream.subarray(at, at + cut));
        at += chunk.length;
        reader.push(chunk);
        got.push(...drain(reader));
        // The chunk's memory may be used again once it is used up.
        chunk.fill(0xee);
      }
      deepStrictEqual(reader.idle, true);
      deepStrictEqual(
        got.map((frame) => decodeChildMessage(frame)),
        sent,
      );
    }),
    properties,
  );
  t.pass('all equal');
});

t.test('a length above the bound ends it before any of it is read', async (t) => {
  const reader = new FrameReader(100);
  reader.push(Buffer.from([101, 0, 0, 0]));
  t.throws(() => reader.next(), { name: 'ProtocolViolation', reason: 'frame too large' });
  const huge = new FrameReader(bounds.frameBytes);
  huge.push(Buffer.from([255, 255, 255, 255, 17]));
  t.throws(() => huge.next(), { name: 'ProtocolViolation', reason: 'frame too large' });
});

t.test('a length that leaves no room for type and id', async (t) => {
  for (const bytes of [
    [4, 0, 0, 0, 17],
    [0, 0, 0, 0],
  ]) {
    const reader = new FrameReader(100);
    reader.push(Buffer.from(bytes));
    t.throws(() => reader.next(), { name: 'ProtocolViolation', reason: 'frame too short' });
  }
});

t.test('an announced length reserves no memory', async (t) => {
  const before = process.memoryUsage().arrayBuffers;
  const readers = Array.from({ length: 2000 }, () => {
    const reader = new FrameReader(bounds.frameBytes);
    reader.push(Buffer.from([0, 0, 16, 0, 17]));
    deepStrictEqual([reader.next(), reader.idle], [undefined, false]);
    return reader;
  });
  const used = process.memoryUsage().arrayBuffers - before;
  // 2000 announced MiB; 64 bytes are reserved for each, the rest is what a garbage collector leaves about.
  t.ok(used < 4 << 20, `${used} bytes for ${readers.length} readers`);
});

t.test('random chunks throw nothing but ProtocolViolation', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 20 }), (chunks) => {
      const reader = new FrameReader(200);
      try {
        for (const chunk of chunks) {
          reader.push(chunk);
          drain(reader);
        }
        return true;
      } catch (error) {
        return error instanceof ProtocolViolation;
      }
    }),
    { ...properties, numRuns: 1000 },
  );
  t.pass('all survived');
});

t.test('a push before the last chunk is used up is a mistake of the caller', async (t) => {
  const reader = new FrameReader(100);
  const frame = encodeChildMessage({ type: 'request', id: 1, call: 9, args: [] });
  reader.push(frame);
  t.throws(() => reader.push(frame), /before the last chunk/);
});

t.test('a thrifty reader has memory for one large frame, and takes it once', (t) => {
  const reader = new FrameReader(1 << 20, true);
  const frame = (fill: number, bytes: number) => {
    const whole = Buffer.alloc(lengthBytes + bytes, fill);
    whole.writeUInt32LE(bytes, 0);
    return whole;
  };
  const read = (whole: Buffer): Uint8Array => {
    for (let at = 0; ; at += 1000) {
      reader.push(whole.subarray(at, at + 1000));
      const got = reader.next();
      if (got !== undefined) return got;
    }
  };
  const first = read(frame(1, 50_000));
  t.same([first.length, first[0], first.at(-1)], [50_000, 1, 1]);
  const second = read(frame(2, 40_000));
  t.same([second.length, second[0], second.at(-1)], [40_000, 2, 2]);
  t.equal(second.buffer, first.buffer, 'the same memory');
  const third = read(frame(3, 60_000));
  t.same([third.length, third[0], third.at(-1)], [60_000, 3, 3]);
  t.same(read(frame(4, 10)), Buffer.alloc(10, 4), 'a small one lies in its chunk');
  reader.forget();
  t.not(read(frame(5, 50_000)).buffer, third.buffer);
  t.ok(reader.idle);
  t.end();
});
