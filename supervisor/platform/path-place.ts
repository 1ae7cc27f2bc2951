/**
 * A directory by its path, for systems without `/proc/self/fd`. Its identity is compared with that of the directory that was opened
 * before each use, and an opened file's with that of the regular file that was seen there: a link that is put in its place in between
 * leads to another file, which is closed again unread. Between the first comparison and the use there is a moment in which somebody
 * with the right to rename the directory could; a program has no such right.
 */
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, open, openSync, realpathSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { type DirectoryPlace, type NoFile, noFile, type OpenedFile } from '../broker/place.js';

// What a system doesn't have is undefined there.
const { O_CREAT, O_EXCL, O_NOCTTY = 0, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDWR } = constants;
const openFlags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
// Nothing is followed where nothing may exist.
const createFlags = openFlags | O_CREAT | O_EXCL;
const createMode = 0o666;
const openPooled = promisify<string, number, number, number>(open);
const bigint = { bigint: true } as const;

export type Refusal = (name: string) => string | undefined;

/** `refusal`: why a name that RepyV2 allows can't be a file's here. */
export async function openPathPlace(path: string, refusal: Refusal): Promise<DirectoryPlace> {
  const root = await realpath(path);
  const stats = await lstat(root, bigint);
  if (!stats.isDirectory()) throw Object.assign(new Error(`ENOTDIR: not a directory, '${path}'`), { code: 'ENOTDIR' });
  return new PathPlace(root, stats, refusal);
}

/** Windows' volumes have longer numbers by one call than by another. */
const sameFile = (a: BigIntStats, b: BigIntStats): boolean =>
  a.ino === b.ino && BigInt.asUintN(32, a.dev) === BigInt.asUintN(32, b.dev);

class PathPlace implements DirectoryPlace {
  readonly device: number;

  constructor(
    private readonly root: string,
    private readonly identity: BigIntStats,
    readonly refusal: Refusal,
  ) {
    this.device = Number(identity.dev);
  }

  at(name: string): string {
    const now = lstatSync(this.root, { ...bigint, throwIfNoEntry: false });
    if (now === undefined || !now.isDirectory() || !sameFile(now, this.identity)) {
      throw new Error(`the program's directory ${this.root} was replaced by something else`);
    }
    return name === '' ? this.root + sep : join(this.root, name);
  }

  look(name: string): number | NoFile {
    const seen = this.seen(name);
    return typeof seen === 'string' ? seen : Number(seen.size);
  }

  async lookPooled(name: string): Promise<number | NoFile> {
    return this.look(name);
  }

  open(name: string): OpenedFile | NoFile {
    const seen = this.seen(name);
    if (typeof seen === 'string') return seen;
    try {
      return theSame(openSync(this.at(name), openFlags), seen);
    } catch (error) {
      return noFile(error);
    }
  }

  async openPooled(name: string): Promise<OpenedFile | NoFile> {
    const seen = this.seen(name);
    if (typeof seen === 'string') return seen;
    return openPooled(this.at(name), openFlags, 0).then((fd) => theSame(fd, seen), noFile);
  }

  create(name: string): OpenedFile | NoFile {
    try {
      return theSame(openSync(this.at(name), createFlags, createMode));
    } catch (error) {
      return noFile(error);
    }
  }

  createPooled(name: string): Promise<OpenedFile | NoFile> {
    return openPooled(this.at(name), createFlags, createMode).then((fd) => theSame(fd), noFile);
  }

  async close(): Promise<void> {}

  private seen(name: string): BigIntStats | NoFile {
    const path = this.at(name);
    try {
      const stats = lstatSync(path, { ...bigint, throwIfNoEntry: false });
      if (stats === undefined) return 'missing';
      if (!stats.isFile()) return 'not a file';
      // Systems that fold case, or know files by second names, find it by a name that isn't its own.
      return basename(realpathSync.native(path)) === name ? stats : 'missing';
    } catch (error) {
      return noFile(error);
    }
  }
}

/** The file behind a fresh descriptor, if it is the regular one that was `seen`, or was made. */
function theSame(fd: number, seen?: BigIntStats): OpenedFile | NoFile {
  try {
    const stats = fstatSync(fd, bigint);
    if (stats.isFile() && (seen === undefined || sameFile(stats, seen))) return { fd, size: Number(stats.size) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return 'not a file';
}
