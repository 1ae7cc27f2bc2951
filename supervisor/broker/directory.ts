/**
 * A program's one directory. It is opened once, and every name is looked up in that open directory
 * (`/proc/self/fd/N/NAME`): replacing the directory's path afterwards changes nothing. Names are a guest's, but checked
 * (`checkFileName`): one component, never `..`.
 *
 * Whatever somebody with more rights plants there: a symbolic link is not followed, and only regular files are opened.
 */
import {
  close,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  type OpenMode,
  open,
  openSync,
  readdirSync,
  unlinkSync,
} from 'node:fs';
import { lstat, opendir, readdir, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { bounds } from '../../protocol/bounds.js';
import { RepyError } from '../../protocol/exceptions.js';
import { DiskAccount, entryBytes } from './disk-account.js';
import type { Maybe } from './maybe.js';
import { deviceOf, StoragePace } from './storage-pace.js';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;
// O_CLOEXEC is not here because libuv sets it on every open.
const openFlags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
const createFlags = openFlags | O_CREAT | O_EXCL;
const createMode = 0o666;

/** Plain descriptors: a FileHandle would be closed by the garbage collector. */
const openPooled = promisify<string, OpenMode, number, number>(open);
const closePooled = promisify(close);

export interface OpenedFile {
  readonly fd: number;
  readonly size: number;
}
/** Why there is no such file: nothing of that name, or something that is no regular file. */
export type NoFile = 'missing' | 'not a file';

const notAFile: ReadonlySet<string> = new Set(['ELOOP', 'EISDIR', 'ENXIO', 'ENODEV', 'EEXIST']);

/** The meaning of a failed open; anything unexpected (EIO, EACCES) is the host's trouble and thrown on. */
function noFile(error: unknown): NoFile {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'missing';
  if (notAFile.has(code)) return 'not a file';
  // The host has no more descriptors: the program's own count was allowed more than there is.
  if (code === 'EMFILE' || code === 'ENFILE') {
    throw new RepyError('ResourceExhaustedError', "Resource 'filesopened' limit exceeded!!");
  }
  throw error;
}

function missing(error: unknown): false {
  noFile(error);
  return false;
}

export class ProgramDirectory {
  readonly pace: StoragePace;
  private closed = false;

  private constructor(
    private readonly fd: number,
    readonly disk: DiskAccount,
    device: number,
  ) {
    this.pace = new StoragePace(deviceOf(device));
  }

  /**
   * Opens the directory and counts what is in it. `allowed`: the limit of `diskused`; whether the count passes it already
   * is for the caller to look at. Rejects when it is no directory, or holds more than `bounds.directoryEntries` entries.
   */
  static async open(path: string, allowed: number): Promise<ProgramDirectory> {
    const fd = await openPooled(path, O_RDONLY | O_DIRECTORY, 0);
    try {
      const { dev } = fstatSync(fd);
      const { bytes, entries } = await measure(within(fd, ''));
      return new ProgramDirectory(fd, new DiskAccount(allowed, bytes, entries), dev);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /** Opens an existing regular file for reading and writing. */
  openFile(name: string): Maybe<OpenedFile | NoFile> {
    const path = within(this.fd, name);
    return this.pace.run(
      true,
      () => {
        try {
          // Looked at before it is opened: opening a device alone can have effects. An error would cost more than all the rest.
          const stats = lstatSync(path, { throwIfNoEntry: false });
          if (stats === undefined) return 'missing';
          if (!stats.isFile()) return 'not a file';
          return checked(openSync(path, openFlags));
        } catch (error) {
          return noFile(error);
        }
      },
      async () => {
        try {
          if (!(await lstat(path)).isFile()) return 'not a file';
          return checked(await openPooled(path, openFlags, 0));
        } catch (error) {
          return noFile(error);
        }
      },
    );
  }

  /** Creates and opens a file that doesn't exist yet. The caller has reserved its disk space. */
  createFile(name: string): Maybe<OpenedFile | NoFile> {
    const path = within(this.fd, name);
    return this.pace.run(
      true,
      () => {
        try {
          return checked(openSync(path, createFlags, createMode));
        } catch (error) {
          return noFile(error);
        }
      },
      () => openPooled(path, createFlags, createMode).then(checked, noFile),
    );
  }

  /** Whether there is a regular file of that name. */
  has(name: string): Maybe<boolean> {
    const path = within(this.fd, name);
    return this.pace.run(
      true,
      () => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
      () => lstat(path).then((stats) => stats.isFile(), missing),
    );
  }

  /** Removes a regular file and returns the size that it had. */
  remove(name: string): Maybe<number | NoFile> {
    const path = within(this.fd, name);
    return this.pace.run(
      true,
      () => {
        try {
          const stats = lstatSync(path);
          if (!stats.isFile()) return 'not a file';
          unlinkSync(path);
          return stats.size;
        } catch (error) {
          return noFile(error);
        }
      },
      async () => {
        try {
          const stats = await lstat(path);
          if (!stats.isFile()) return 'not a file';
          await unlink(path);
          return stats.size;
        } catch (error) {
          return noFile(error);
        }
      },
    );
  }

  /** The names of all entries, of whatever kind, as RepyV2 lists them; bytes as latin-1. In no particular order. */
  list(): Maybe<string[]> {
    const path = within(this.fd, '');
    const small = this.disk.entries < 500;
    const bounded = (names: string[]): string[] => names.slice(0, bounds.directoryEntries);
    return this.pace.run(
      small,
      () => bounded(readdirSync(path, { encoding: 'latin1' })),
      () => readdir(path, { encoding: 'latin1' }).then(bounded),
    );
  }

  /** Closes the directory; its files are closed by whoever opened them. Idempotent. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await closePooled(this.fd);
  }
}

const within = (fd: number, name: string): string => `/proc/self/fd/${fd}/${name}`;

/** The file behind a fresh descriptor, if it is a regular one. It may have been swapped since it was looked at. */
function checked(fd: number): OpenedFile | NoFile {
  try {
    const stats = fstatSync(fd);
    if (stats.isFile()) return { fd, size: stats.size };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return 'not a file';
}

async function measure(path: string): Promise<{ bytes: number; entries: number }> {
  let bytes = 0;
  let entries = 0;
  // Names are bytes: latin-1 keeps them whole where UTF-8 would not.
  for await (const { name } of await opendir(path, { encoding: 'latin1' as BufferEncoding })) {
    entries += 1;
    if (entries > bounds.directoryEntries) {
      throw new Error(`the program's directory holds more than ${bounds.directoryEntries} entries`);
    }
    bytes += entryBytes + (await lstat(Buffer.from(path + name, 'latin1'))).size;
  }
  return { bytes, entries };
}
