import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { bounds } from '../../protocol/bounds.js';
import { lengthBytes } from '../../protocol/frames.js';
import { decodeChildMessage, decodeSupervisorMessage } from '../../protocol/message-decoding.js';
import {
  answerBytes,
  encodeChildMessage,
  encodeSupervisorMessage,
  writeAnswer,
} from '../../protocol/message-encoding.js';
import { frameTypes } from '../../protocol/messages.js';
import { WireDict, WireFloat, type WireValue } from '../../protocol/values.js';
import { ProtocolViolation, type ViolationReason } from '../../protocol/violation.js';
import { childMessage, properties, supervisorMessage } from './arbitraries.js';

const frameOf = (whole: Uint8Array): Uint8Array => whole.subarray(lengthBytes);

t.test('every message survives the way there', async (t) => {
  fc.assert(
    fc.property(childMessage, (message) => {
      deepStrictEqual(decodeChildMessage(frameOf(encodeChildMessage(message))), message);
    }),
    properties,
  );
  fc.assert(
    fc.property(supervisorMessage, (message) => {
      deepStrictEqual(decodeSupervisorMessage(frameOf(encodeSupervisorMessage(message))), message);
    }),
    properties,
  );
  t.pass('all equal');
});

t.test('the length field counts what follows it', async (t) => {
  const whole = encodeChildMessage({ type: 'request', id: 7, call: 9, args: [] });
  t.equal(whole.readUInt32LE(0), whole.length - lengthBytes);
  t.equal(whole[4], frameTypes.request);
  t.equal(whole.readUInt32LE(5), 7);
});

t.test('an answer written in place equals the encoded one', async (t) => {
  const value = ['a', 1, new WireFloat(2)];
  const size = answerBytes(value);
  const into = Buffer.alloc(size + 3);
  t.equal(writeAnswer(into, 3, size, 12, value), size + 3);
  t.same(into.subarray(3), encodeSupervisorMessage({ type: 'answer', id: 12, value }));
});

t.test('ints and floats keep apart, and -0 is no int', async (t) => {
  const sent: WireValue = [0, -0, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, new WireFloat(-0), new WireFloat(Number.NaN)];
  const [message] = [decodeSupervisorMessage(frameOf(encodeSupervisorMessage({ type: 'answer', id: 1, value: sent })))];
  t.match(message, { type: 'answer' });
  const got = message.type === 'answer' ? (message.value as WireValue[]) : [];
  t.ok(Object.is(got[1], 0));
  t.same(got.slice(0, 5), [0, 0, 2 ** 31, -(2 ** 31), 2 ** 53 - 1]);
  t.ok(got[5] instanceof WireFloat && Object.is(got[5].value, -0));
  t.ok(got[6] instanceof WireFloat && Number.isNaN(got[6].value));
});

t.test('what can not be sent is refused by the sender', async (t) => {
  const deep = Array.from({ length: bounds.valueDepth + 1 }).reduce<WireValue>((inner) => [inner], null);
  for (const value of [0.5, Number.NaN, 2 ** 53, '\u0100', new WireDict([['\u0100', null]]), deep]) {
    t.throws(() => encodeSupervisorMessage({ type: 'answer', id: 1, value }), TypeError);
  }
});

/** A frame from its type, its id and the bytes of its body. */
function hostile(type: number, body: readonly number[], id = 0): Uint8Array {
  const head = Buffer.alloc(5);
  head[0] = type;
  head.writeUInt32LE(id, 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

const u32 = (value: number): number[] => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
const f64 = (value: number): number[] => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return [...bytes];
};
const callOne = [3, ...u32(1)];
const list = (count: number, ...bytes: number[]): number[] => [9, ...u32(count), ...bytes];
const request = (...args: number[]): Uint8Array => hostile(frameTypes.request, [...callOne, ...args], 1);
const deepList = Array.from({ length: 9 }).flatMap(() => list(1));

const violations: [string, Uint8Array, ViolationReason][] = [
  ['no body', hostile(frameTypes.request, []), 'truncated value'],
  ['a type that a child never sends', hostile(frameTypes.answer, [0]), 'unknown message type'],
  ['type 0', hostile(0, []), 'unknown message type'],
  ['a bad tag', request(99), 'unknown tag'],
  ['half an int', request(...list(1, 3, 1, 2)), 'truncated value'],
  ['half a float', request(...list(1, 5, 1, 2, 3)), 'truncated value'],
  ['a string longer than the frame', request(...list(1, 6, ...u32(0xffffffff))), 'truncated value'],
  ['raw bytes longer than the frame', request(...list(1, 8, ...u32(0x7fffffff), 1)), 'truncated value'],
  ['a fractional int', request(...list(1, 4, ...f64(0.5))), 'bad number'],
  ['a NaN int', request(...list(1, 4, ...f64(Number.NaN))), 'bad number'],
  ['an int beyond 2^53', request(...list(1, 4, ...f64(2 ** 60))), 'bad number'],
  ['more elements than allowed', request(...list(bounds.valueElements + 1)), 'too many elements'],
  ['more elements than bytes', request(...list(bounds.valueElements, 0, 0)), 'truncated value'],
  ['lists too deep', request(...deepList, 0), 'too deep'],
  ['a key twice', request(...list(1, 10, ...u32(2), ...u32(1), 97, 0, ...u32(1), 97, 0)), 'duplicate key'],
  ['bytes behind the message', request(...list(0), 0), 'trailing bytes'],
  ['arguments that are no list', request(0), 'bad field'],
  ['a call that is a string', hostile(frameTypes.request, [6, ...u32(0), ...list(0)], 1), 'bad field'],
  ['a negative call', hostile(frameTypes.request, [3, ...u32(-1), ...list(0)], 1), 'bad field'],
  ['an id on started', hostile(frameTypes.started, [], 1), 'bad id'],
  ['an id on end', hostile(frameTypes.end, [], 1), 'bad id'],
  ['a NaN time', hostile(frameTypes.started, [5, ...f64(Number.NaN)]), 'bad field'],
  ['a time that is an int', hostile(frameTypes.started, [3, ...u32(1)]), 'bad field'],
  ['an unknown reason', hostile(frameTypes.end, [6, ...u32(1), 97]), 'bad field'],
];

t.test('hostile frames', async (t) => {
  for (const [name, frame, reason] of violations) {
    t.throws(() => decodeChildMessage(frame), { name: 'ProtocolViolation', reason }, name);
  }
  const report = 'x'.repeat(bounds.reportBytes + 1);
  const long = encodeChildMessage({ type: 'end', reason: 'uncaught', exitCode: 6, report });
  t.throws(() => decodeChildMessage(frameOf(long)), { name: 'ProtocolViolation', reason: 'text too long' });
});

t.test('a dict key that objects have anyway is a key like any other', async (t) => {
  const value = new WireDict([['__proto__', 1]]);
  const got = decodeChildMessage(frameOf(encodeChildMessage({ type: 'request', id: 1, call: 1, args: [value] })));
  t.strictSame(got, { type: 'request', id: 1, call: 1, args: [value] });
  t.equal(Object.getPrototypeOf({}), Object.prototype);
});

t.test('no bytes throw anything but ProtocolViolation', async (t) => {
  const decoders = [decodeChildMessage, decodeSupervisorMessage];
  const survives = (frame: Uint8Array): boolean =>
    decoders.every((decode) => {
      try {
        decode(frame);
        return true;
      } catch (error) {
        return error instanceof ProtocolViolation;
      }
    });
  const types = fc.constantFrom(...Object.values(frameTypes), 0, 255);
  // Random bytes seldom get past the first tag; small bytes are tags, counts and lengths.
  const bodies = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(12), { maxLength: 200 }));
  fc.assert(
    fc.property(types, bodies, (type, body) => survives(hostile(type, [...body]))),
    { ...properties, numRuns: 2000 },
  );
  // Valid messages with one byte changed, or cut short.
  const corrupted = fc.tuple(childMessage, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.boolean());
  fc.assert(
    fc.property(corrupted, ([message, where, byte, cut]) => {
      const frame = frameOf(encodeChildMessage(message));
      const at = where % frame.length;
      if (cut) return survives(frame.subarray(0, Math.max(5, at)));
      frame[at] = byte;
      return survives(frame);
    }),
    { ...properties, numRuns: 1000 },
  );
  t.pass('all survived');
});

t.test('text beyond latin-1 arrives as text', async (t) => {
  const message = { type: 'end', reason: 'uncaught', exitCode: 6, report: 'Ключ 🔑 не найден' } as const;
  t.strictSame(decodeChildMessage(frameOf(encodeChildMessage(message))), message);
});
