/**
 * An open directory as one operating system offers it: how an entry is reached, and how a regular file is opened without following
 * a link. What is done with the files is `ProgramDirectory`'s, and the same everywhere.
 */
import { closeSync, fstatSync } from 'node:fs';
import { RepyError } from '../../protocol/exceptions.js';

export interface OpenedFile {
  readonly fd: number;
  readonly size: number;
}
/** Why there is no such file: nothing of that name, or something that is no regular file. */
export type NoFile = 'missing' | 'not a file';

export interface DirectoryPlace {
  /** Tells storage devices apart (st_dev). */
  readonly device: number;
  /** The path by which the system's calls reach an entry, or with '' the directory itself, with a separator at its end. Names were checked. */
  at(name: string): string;
  /** Why a name that RepyV2 allows can't be a file's here; undefined when it can. */
  refusal(name: string): string | undefined;
  /** The size of a regular file. Throws what is the host's trouble. */
  look(name: string): number | NoFile;
  /** The same in the thread pool; so are the others whose names end so. */
  lookPooled(name: string): Promise<number | NoFile>;
  /** Opens an existing regular file for reading and writing; a link is `not a file`. */
  open(name: string): OpenedFile | NoFile;
  openPooled(name: string): Promise<OpenedFile | NoFile>;
  /** Makes and opens a file that doesn't exist: `not a file` when something of that name does. */
  create(name: string): OpenedFile | NoFile;
  createPooled(name: string): Promise<OpenedFile | NoFile>;
  close(): Promise<void>;
}

/** Rejects when there is no such directory. */
export type OpenPlace = (path: string) => Promise<DirectoryPlace>;

const notAFile: ReadonlySet<string> = new Set(['ELOOP', 'EISDIR', 'ENXIO', 'ENODEV', 'EEXIST']);

/** The meaning of a failed open; anything unexpected (EIO, EACCES) is the host's trouble and thrown on. */
export function noFile(error: unknown): NoFile {
  return noFileOf(error instanceof Error && 'code' in error ? String(error.code) : '', () => error);
}

/** The same for an errno's name; `unexpected` makes what is thrown. */
export function noFileOf(code: string, unexpected: () => unknown): NoFile {
  if (code === 'ENOENT') return 'missing';
  if (notAFile.has(code)) return 'not a file';
  // The host has no more descriptors: the program's own count was allowed more than there is.
  if (code === 'EMFILE' || code === 'ENFILE') {
    throw new RepyError('ResourceExhaustedError', "Resource 'filesopened' limit exceeded!!");
  }
  throw unexpected();
}

/** The file behind a fresh descriptor, if it is a regular one. It may have been swapped since it was looked at. */
export function regularFile(fd: number): OpenedFile | NoFile {
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
