/** What must hold of any bytes that come over a channel. */
import fc from 'fast-check';
import { bounds } from '../../protocol/bounds.js';
import { FrameReader } from '../../protocol/frames.js';
import { decodeChildMessage } from '../../protocol/message-decoding.js';
import { encodeChildMessage } from '../../protocol/message-encoding.js';
import { frameTypes } from '../../protocol/messages.js';
import { ProtocolViolation } from '../../protocol/violation.js';
import { childMessage } from '../protocol/arbitraries.js';

/** A length that is right or isn't, a type, an id, and small bytes, which are tags, counts and lengths. */
const forged = fc
  .tuple(
    fc.constantFrom(...Object.values(frameTypes), 0, 255),
    fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.array(fc.nat(12), { maxLength: 100 })),
    fc.constantFrom(0, 0, 0, 0, 1, -1, 4, 1 << 20, -(1 << 20)),
  )
  .map(([type, body, off]) => {
    const frame = Buffer.alloc(9 + body.length);
    frame.writeUInt32LE((5 + body.length + off) >>> 0, 0);
    frame[4] = type;
    frame.set(body, 9);
    return frame;
  });
const corrupted = fc.tuple(childMessage, fc.nat(), fc.nat(255)).map(([message, where, byte]) => {
  const frame = encodeChildMessage(message);
  frame[where % frame.length] = byte;
  return frame;
});
const sound = childMessage.map(encodeChildMessage);
const stream = fc
  .array(fc.oneof(sound, sound, corrupted, forged), { maxLength: 6 })
  .map((frames) => Buffer.concat(frames));

/** All messages until the first violation, when the bytes come in pieces of these sizes. */
function read(bytes: Buffer, pieces: readonly number[]): string {
  const reader = new FrameReader(bounds.frameBytes);
  const seen: unknown[] = [];
  try {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = pieces[turn % pieces.length] ?? bytes.length;
      reader.push(bytes.subarray(at, at + size));
      at += size;
      for (let frame = reader.next(); frame !== undefined; frame = reader.next()) seen.push(decodeChildMessage(frame));
    }
  } catch (error) {
    if (!(error instanceof ProtocolViolation)) throw error;
    seen.push(error.message);
  }
  return JSON.stringify(seen, (_, value) =>
    Object.is(value, -0) ? '-0' : typeof value === 'number' ? String(value) : value,
  );
}

/** Any stream gives messages until the first violation, the same however it is cut into pieces, and nothing else is thrown. */
export const streamGivesMessages = fc.property(
  stream,
  fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }),
  (bytes, pieces) => {
    const [whole, cut] = [read(bytes, []), read(bytes, pieces)];
    if (whole !== cut) throw new Error(`whole: ${whole}\nin pieces: ${cut}`);
  },
);
