import { open } from 'node:fs/promises';

/**
 * The first bytes of a file, at most `bound + 1`: one more than may be used, so that the caller sees that it is too large
 * and nothing endless (a device, a growing log) is read. Rejects with the system's error.
 */
export async function readBounded(path: string, bound: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const parts: Buffer[] = [];
    let total = 0;
    while (total <= bound) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(bound + 1 - total, 64 << 10)));
      if (bytesRead === 0) break;
      parts.push(buffer.subarray(0, bytesRead));
      total += bytesRead;
    }
    return Buffer.concat(parts, total);
  } finally {
    await file.close();
  }
}
