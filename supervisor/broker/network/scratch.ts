/** One buffer for all transfers: native calls are done with it when they return. */
import { readLatin1, writeLatin1 } from '../../../protocol/buffer-strings.js';

/** The longest datagram there is. */
const size = 64 << 10;
export const scratch = Buffer.allocUnsafeSlow(size);

/** The first `count` bytes of what was received. */
export const received = (count: number): string => (count === 0 ? '' : readLatin1(scratch, 0, count));

/** The data as bytes; those of a string in the shared buffer, at most its size. */
export function toSend(data: string | Uint8Array): Uint8Array {
  if (typeof data !== 'string') return data;
  writeLatin1(scratch, data.length > size ? data.substring(0, size) : data, 0);
  return scratch;
}
