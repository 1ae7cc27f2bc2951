/**
 * Frames to messages. `decodeChildMessage` is the supervisor's door to untrusted bytes: whatever they are, it returns a
 * message of the declared shape or throws ProtocolViolation. Meaning (ids in use, order, arguments) is the session's.
 */
import { bounds } from './bounds.js';
import { isRepyExceptionName } from './exceptions.js';
import { headBytes } from './frames.js';
import {
  type ChildMessage,
  type EndMessage,
  frameTypes,
  type Language,
  type ProgramMessage,
  type SupervisorMessage,
} from './messages.js';
import { ValueReader } from './value-decoding.js';
import { readU32 } from './value-tags.js';
import { WireFloat, WireText, type WireValue } from './values.js';
import { ProtocolViolation } from './violation.js';

const endReasons: ReadonlySet<string> = new Set<EndMessage['reason']>([
  'exited',
  'exitall',
  'uncaught',
  'unsafe',
  'memory',
  'events',
]);
const languages: ReadonlySet<string> = new Set<Language>(['javascript', 'typescript', 'python']);

function bad(field: string): never {
  throw new ProtocolViolation('bad field', field);
}

function int(value: WireValue, field: string, least: number, most: number): number {
  return typeof value === 'number' && value >= least && value <= most ? value : bad(field);
}

function seconds(value: WireValue, field: string): number {
  return value instanceof WireFloat && Number.isFinite(value.value) && value.value >= 0 ? value.value : bad(field);
}

function text(value: WireValue, field: string): string {
  if (typeof value === 'string') return value;
  return value instanceof WireText ? value.text : bad(field);
}

function oneOf<T extends string>(value: WireValue, field: string, known: ReadonlySet<string>): T {
  return typeof value === 'string' && known.has(value) ? (value as T) : bad(field);
}

function list(value: WireValue, field: string): WireValue[] {
  return Array.isArray(value) ? value : bad(field);
}

function raw(value: WireValue, field: string): Uint8Array {
  return value instanceof Uint8Array ? value : bad(field);
}

function noId(id: number): void {
  if (id !== 0) throw new ProtocolViolation('bad id', 'on a message without one');
}

/** For the supervisor: the frame, at least a head long, is `bytes[start...end]` (`FrameReader`). Throws ProtocolViolation and nothing else. */
export function decodeChildMessage(bytes: Uint8Array, start = 0, end = bytes.length): ChildMessage {
  const id = readU32(bytes, start + 1);
  const reader = new ValueReader(bytes, start + headBytes, end, bounds.valueElements);
  const message = childMessage(bytes[start]!, id, reader);
  reader.end();
  return message;
}

function childMessage(type: number, id: number, reader: ValueReader): ChildMessage {
  switch (type) {
    case frameTypes.request:
      return {
        type: 'request',
        id,
        call: int(reader.value(), 'request.call', 0, 0xffff),
        args: list(reader.value(), 'request.args'),
      };
    case frameTypes.started:
      noId(id);
      return {
        type: 'started',
        locked: seconds(reader.value(), 'started.locked'),
        checked: seconds(reader.value(), 'started.checked'),
        compiled: seconds(reader.value(), 'started.compiled'),
        firstInstruction: seconds(reader.value(), 'started.firstInstruction'),
      };
    case frameTypes.end: {
      noId(id);
      const reason = oneOf<EndMessage['reason']>(reader.value(), 'end.reason', endReasons);
      const exitCode = int(reader.value(), 'end.exitCode', 0, 0xffff);
      const report = text(reader.value(), 'end.report');
      if (report.length > bounds.reportBytes) throw new ProtocolViolation('text too long', 'end.report');
      return { type: 'end', reason, exitCode, report };
    }
    default:
      throw new ProtocolViolation('unknown message type', `${type}`);
  }
}

/** For the child, whose bounds are only the frame's: the supervisor is trusted, but a mistake should show at once. */
export function decodeSupervisorMessage(bytes: Uint8Array, start = 0, end = bytes.length): SupervisorMessage {
  const id = readU32(bytes, start + 1);
  const reader = new ValueReader(bytes, start + headBytes, end, end - start);
  const message = supervisorMessage(bytes[start]!, id, reader);
  reader.end();
  return message;
}

function supervisorMessage(type: number, id: number, reader: ValueReader): SupervisorMessage {
  switch (type) {
    case frameTypes.answer:
      return { type: 'answer', id, value: reader.value() };
    case frameTypes.failure: {
      const exception = reader.value();
      if (typeof exception !== 'string' || !isRepyExceptionName(exception)) return bad('failure.exception');
      return { type: 'failure', id, exception, message: text(reader.value(), 'failure.message') };
    }
    case frameTypes.notice:
      noId(id);
      return { type: 'notice', kind: text(reader.value(), 'notice.kind'), value: reader.value() };
    case frameTypes.program:
      noId(id);
      return program(reader);
    default:
      throw new ProtocolViolation('unknown message type', `${type}`);
  }
}

function program(reader: ValueReader): ProgramMessage {
  return {
    type: 'program',
    language: oneOf<Language>(reader.value(), 'program.language', languages),
    name: text(reader.value(), 'program.name'),
    source: raw(reader.value(), 'program.source'),
    args: list(reader.value(), 'program.args').map((arg) =>
      arg instanceof Uint8Array ? arg : text(arg, 'program.args'),
    ),
    startedAt: seconds(reader.value(), 'program.startedAt'),
    seed: raw(reader.value(), 'program.seed'),
    events: int(reader.value(), 'program.events', 0, Number.MAX_SAFE_INTEGER),
    memory: int(reader.value(), 'program.memory', 0, Number.MAX_SAFE_INTEGER),
  };
}
