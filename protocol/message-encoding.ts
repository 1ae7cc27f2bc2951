/** Messages to frames. The order of fields is the order in `messages.ts`. */
import { Buffer } from 'node:buffer';
import { isByteString } from './buffer-strings.js';
import { headBytes, lengthBytes } from './frames.js';
import { type ChildMessage, frameTypes, type SupervisorMessage } from './messages.js';
import { valueBytes, writeValue } from './value-encoding.js';
import { writeU32 } from './value-tags.js';
import { WireFloat, WireText, type WireValue } from './values.js';

const text = (value: string): WireValue => (isByteString(value) ? value : new WireText(value));

/** The message's fields as values, in the order that the decoder reads them. */
function fields(message: SupervisorMessage | ChildMessage): WireValue[] {
  switch (message.type) {
    case 'program':
      return [
        message.language,
        text(message.name),
        message.source,
        message.args.map((arg) => (typeof arg === 'string' ? text(arg) : arg)),
        new WireFloat(message.startedAt),
        message.seed,
        message.events,
        message.memory,
      ];
    case 'answer':
      return [message.value];
    case 'failure':
      return [message.exception, text(message.message)];
    case 'notice':
      return [text(message.kind), message.value];
    case 'started':
      return [
        new WireFloat(message.locked),
        new WireFloat(message.checked),
        new WireFloat(message.compiled),
        new WireFloat(message.firstInstruction),
      ];
    case 'request':
      return [message.call, message.args as WireValue[]];
    case 'end':
      return [message.reason, message.exitCode, text(message.report)];
  }
}

const idOf = (message: SupervisorMessage | ChildMessage): number => ('id' in message ? message.id : 0);

/** The frame of one message, length field included. Throws TypeError for a value that can't be sent. */
function encode(message: SupervisorMessage | ChildMessage): Buffer {
  const values = fields(message);
  let size = lengthBytes + headBytes;
  for (const value of values) size += valueBytes(value);
  const frame = Buffer.allocUnsafe(size);
  let at = writeFrameHead(frame, 0, size, frameTypes[message.type], idOf(message));
  for (const value of values) at = writeValue(frame, at, value);
  if (at !== size) throw new Error(`a ${message.type} message took ${at} bytes where ${size} were counted`);
  return frame;
}

function writeFrameHead(to: Uint8Array, at: number, size: number, type: number, id: number): number {
  writeU32(to, at, size - lengthBytes);
  to[at + lengthBytes] = type;
  writeU32(to, at + lengthBytes + 1, id);
  return at + lengthBytes + headBytes;
}

export const encodeSupervisorMessage: (message: SupervisorMessage) => Buffer = encode;
export const encodeChildMessage: (message: ChildMessage) => Buffer = encode;

/** Bytes of the frame that `writeAnswer` writes: for the broker, which puts many answers into one buffer. */
export const answerBytes = (value: WireValue): number => lengthBytes + headBytes + valueBytes(value);

/** Writes an answer's frame at `at`, where `size` = `answerBytes(value)` bytes of room are; returns the position behind it. */
export function writeAnswer(to: Uint8Array, at: number, size: number, id: number, value: WireValue): number {
  return writeValue(to, writeFrameHead(to, at, size, frameTypes.answer, id), value);
}

/** Bytes of the frame that `writeRequest` writes. */
export const requestBytes = (call: number, args: readonly WireValue[]): number =>
  lengthBytes + headBytes + valueBytes(call) + valueBytes(args as WireValue[]);

/** As `writeAnswer`, for the child's requests. */
export function writeRequest(
  to: Uint8Array,
  at: number,
  size: number,
  id: number,
  call: number,
  args: readonly WireValue[],
): number {
  const start = writeFrameHead(to, at, size, frameTypes.request, id);
  return writeValue(to, writeValue(to, start, call), args as WireValue[]);
}
