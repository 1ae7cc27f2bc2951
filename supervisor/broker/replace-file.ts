import { rename } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** On Windows a file that somebody reads, an editor or a virus scanner, can't be replaced meanwhile. */
const held: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const retryMs = [5, 20, 50, 100, 200, 400];

/** Renames `from` to `to`, in place of what is there, as one step: there is always one of the two. */
export async function replaceFile(from: string, to: string): Promise<void> {
  for (const wait of retryMs) {
    try {
      return await rename(from, to);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!held.has(code)) throw error;
    }
    await delay(wait);
  }
  await rename(from, to);
}
