/**
 * An API call as the requests that it takes. Most take one; a large transfer is a generator that yields each request and is
 * resumed with its answer, or with the RepyError that the supervisor sent. A language that blocks runs it to its end; one with
 * promises resumes it when answers arrive.
 */
import { type ApiName, apiCall, type ResultShape } from '../../protocol/api.js';
import { bounds } from '../../protocol/bounds.js';
import { RepyError } from '../../protocol/exceptions.js';
import { WireFloat, WireText, type WireValue } from '../../protocol/values.js';
import { checkArguments } from './arguments.js';
import { type ApiValue, HandleReference, type TypeName } from './values.js';

export interface ApiRequest {
  readonly call: ApiName;
  readonly args: readonly WireValue[];
}
export type ApiResult = WireValue | HandleReference;
export type Operation = Generator<ApiRequest, ApiResult, WireValue>;

/** RepyV2's unit of file charges; a large transfer is cut at its multiples, so that no block is charged twice. */
const blockBytes = 4096;

/**
 * Begins a call that the supervisor serves: the one request that it takes, whose answer `checkResult` turns into the result; or an
 * operation. Throws RepyError (RepyArgumentError) at once for wrong arguments. A `Uint8Array` among them must not change until
 * the call has ended.
 */
export function startCall(name: ApiName, args: readonly ApiValue[], typeName?: TypeName): ApiRequest | Operation {
  const sent = checkArguments(apiCall(name), args, typeName);
  switch (name) {
    case 'file.readat':
      return readAt(sent[0]!, sent[1] as number | null, sent[2] as number);
    case 'file.writeat':
      return writeAt(sent[0]!, sent[1] as string | Uint8Array, sent[2] as number);
    case 'log':
      return sent.length === 1 && isPiece(sent[0] as string) ? { call: name, args: sent } : log(sent as string[]);
    case 'socket.send':
      // It says how much it sent: the rest is the caller's to send again.
      return { call: name, args: [sent[0]!, part(sent[1] as string | Uint8Array, 0, bounds.dataBytes)] };
    default:
      checkSize(sent);
      return { call: name, args: sent };
  }
}

export const isRequest = (begun: ApiRequest | Operation): begun is ApiRequest => 'call' in begun;

const isPiece = ({ length }: string | Uint8Array): boolean => length > 0 && length <= bounds.dataBytes;

const part = (data: string | Uint8Array, from: number, to: number): string | Uint8Array =>
  typeof data === 'string' ? data.substring(from, to) : data.subarray(from, to);

/** A frame has room for no more, and no call that isn't cut into pieces has a use for it. */
function checkSize(args: readonly WireValue[]): void {
  let bytes = 0;
  for (const value of args) if (typeof value === 'string' || value instanceof Uint8Array) bytes += value.length;
  if (bytes <= bounds.dataBytes) return;
  throw new RepyError(
    'RepyArgumentError',
    `The arguments have ${bytes} bytes; at most ${bounds.dataBytes} are allowed.`,
  );
}

/** Bytes of the next piece: at most `left`, and ending at a block's end when it isn't the last. */
const pieceBytes = (offset: number, left: number): number => Math.min(left, bounds.dataBytes - (offset % blockBytes));

function readAt(file: WireValue, sizelimit: number | null, offset: number): ApiRequest | Operation {
  if (sizelimit === null || sizelimit > pieceBytes(offset, sizelimit)) return readPieces(file, sizelimit, offset);
  return { call: 'file.readat', args: [file, sizelimit, offset] };
}

function* readPieces(file: WireValue, sizelimit: number | null, offset: number): Operation {
  let data = '';
  let left = sizelimit ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const size = pieceBytes(offset, left);
    const piece = checkResult('file.readat', yield { call: 'file.readat', args: [file, size, offset] }) as string;
    data += piece;
    offset += piece.length;
    left -= piece.length;
    // A short piece is the end of the file; an oversized answer must not make this a loop without end.
    if (piece.length !== size || left === 0) return data;
  }
}

function writeAt(file: WireValue, data: string | Uint8Array, offset: number): ApiRequest | Operation {
  if (data.length > pieceBytes(offset, data.length)) return writePieces(file, data, offset);
  return { call: 'file.writeat', args: [file, data, offset] };
}

function* writePieces(file: WireValue, data: string | Uint8Array, offset: number): Operation {
  let at = 0;
  do {
    const size = pieceBytes(offset + at, data.length - at);
    yield { call: 'file.writeat', args: [file, part(data, at, at + size), offset + at] };
    at += size;
  } while (at < data.length);
  return null;
}

function* log(items: readonly (string | Uint8Array)[]): Operation {
  for (const item of items) {
    for (let at = 0; at < item.length; at += bounds.dataBytes) {
      yield { call: 'log', args: [part(item, at, at + bounds.dataBytes)] };
    }
  }
  return null;
}

/** The result of a call that took one request. A value of another shape is a fault of the supervisor's. */
export function checkResult(name: ApiName, value: WireValue): ApiResult {
  const { result, handle } = apiCall(name);
  if (result === 'handle' && handle !== undefined && typeof value === 'number') {
    return new HandleReference(handle, value);
  }
  if (!matches(result, value)) throw new Error(`the answer to ${name} is no ${result}`);
  return value;
}

function matches(shape: ResultShape, value: WireValue): boolean {
  switch (shape) {
    case 'none':
      return value === null;
    case 'bool':
      return typeof value === 'boolean';
    case 'int':
      return typeof value === 'number';
    case 'float':
      return value instanceof WireFloat;
    case 'bytes':
      return typeof value === 'string';
    case 'list-of-bytes':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'datagram':
      return isTriple(value) && typeof value[2] === 'string';
    case 'connection':
      return isTriple(value) && typeof value[2] === 'number';
    case 'resources':
      return !(value instanceof WireText) && value !== null && typeof value === 'object';
    default:
      return false;
  }
}

/** (remote IP, remote port, something). */
const isTriple = (value: WireValue): value is WireValue[] =>
  Array.isArray(value) && value.length === 3 && typeof value[0] === 'string' && typeof value[1] === 'number';
