/** The operator's own output files, which may be in a directory that others can write to: opened without following a link, or not at all. */
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';

// Not every system has both.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
const bigint = { bigint: true } as const;

/** `open` with these flags. Rejects with ELOOP for a link. A pipe isn't waited for. */
export async function openUnlinked(path: string, flags: number, mode: number): Promise<FileHandle> {
  // Where the system refuses links itself there is no moment for one to be put there.
  if (O_NOFOLLOW === 0) await looked(path);
  const file = await open(path, flags | O_NOFOLLOW | O_NONBLOCK, mode);
  if (O_NOFOLLOW !== 0) return file;
  try {
    const seen = await looked(path);
    const opened = await file.stat(bigint);
    if (seen?.ino !== opened.ino) throw isLink(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** What is at `path`, if anything is. */
async function looked(path: string): Promise<BigIntStats | undefined> {
  const seen = await lstat(path, bigint).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (seen?.isSymbolicLink()) throw isLink(path);
  return seen;
}

const isLink = (path: string): Error => Object.assign(new Error(`ELOOP: a link, '${path}'`), { code: 'ELOOP' });
