import { randomBytes } from 'node:crypto';
import { access, constants, open, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { replaceFile } from '../broker/replace-file.js';

/** Where names stand for devices and descriptors; `/dev/shm` holds files. */
const devices = /^\/(?:dev(?!\/shm)|proc|sys)(?:\/|$)/;

/**
 * Rejects unless a file can be put at `path` in place of what is there. A file takes the place of a name: as root, that of
 * `/dev/stdout` or `/dev/null`, for every process of the host.
 */
export async function assertReplaceable(path: string): Promise<void> {
  const directory = await realpath(dirname(path));
  await access(directory, constants.W_OK);
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw Object.assign(new Error('it is a directory'), { code: 'EISDIR', errno: 21 });
  if (devices.test(directory) || (there !== undefined && !there.isFile())) {
    throw new Error(`'${path}' is a device, a pipe or a descriptor: it takes the name of a file`);
  }
}

/** Writes a whole file or nothing: a reader never sees a part, also when this process dies meanwhile. */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  await assertReplaceable(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  try {
    // Made anew: in a directory where others may write, a link of theirs could stand there.
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await replaceFile(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
