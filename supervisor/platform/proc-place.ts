/**
 * Linux: the directory is opened once, and every name is looked up in that open directory (`/proc/self/fd/N/NAME`): replacing the
 * directory's path afterwards changes nothing. The kernel refuses links (O_NOFOLLOW).
 */
import { close, constants, fstatSync, lstatSync, type OpenMode, open, openSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { getSystemErrorName, promisify } from 'node:util';
import { loadNative } from '../../seccomp/native/addon.js';
import { type DirectoryPlace, type NoFile, noFile, noFileOf, type OpenedFile, regularFile } from '../broker/place.js';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;
// O_CLOEXEC is not here because libuv sets it on every open.
const openFlags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
const createFlags = openFlags | O_CREAT | O_EXCL;
const createMode = 0o666;

/** Plain descriptors: a FileHandle would be closed by the garbage collector. */
const openPooled = promisify<string, OpenMode, number, number>(open);
const closePooled = promisify(close);

export async function openProcPlace(path: string): Promise<DirectoryPlace> {
  const fd = await openPooled(path, O_RDONLY | O_DIRECTORY, 0);
  return new ProcPlace(fd, fstatSync(fd).dev);
}

class ProcPlace implements DirectoryPlace {
  private readonly native = loadNative().supervisor;

  constructor(
    private readonly fd: number,
    readonly device: number,
  ) {}

  at(name: string): string {
    return `/proc/self/fd/${this.fd}/${name}`;
  }

  refusal(): undefined {
    return undefined;
  }

  look(name: string): number | NoFile {
    // An error would cost more than all the rest.
    const stats = lstatSync(this.at(name), { throwIfNoEntry: false });
    if (stats === undefined) return 'missing';
    return stats.isFile() ? stats.size : 'not a file';
  }

  async lookPooled(name: string): Promise<number | NoFile> {
    try {
      const stats = await lstat(this.at(name));
      return stats.isFile() ? stats.size : 'not a file';
    } catch (error) {
      return noFile(error);
    }
  }

  open(name: string): OpenedFile | NoFile {
    const opened = this.native.openFile(this.fd, name);
    if (typeof opened === 'number') {
      const code = getSystemErrorName(opened);
      return noFileOf(code, () => Object.assign(new Error(`${code}: open ${this.at(name)}`), { code }));
    }
    const [fd, size] = opened;
    return { fd, size };
  }

  async openPooled(name: string): Promise<OpenedFile | NoFile> {
    const seen = await this.lookPooled(name);
    if (typeof seen === 'string') return seen;
    return openPooled(this.at(name), openFlags, 0).then(regularFile, noFile);
  }

  create(name: string): OpenedFile | NoFile {
    try {
      return regularFile(openSync(this.at(name), createFlags, createMode));
    } catch (error) {
      return noFile(error);
    }
  }

  createPooled(name: string): Promise<OpenedFile | NoFile> {
    return openPooled(this.at(name), createFlags, createMode).then(regularFile, noFile);
  }

  close(): Promise<void> {
    return closePooled(this.fd);
  }
}
