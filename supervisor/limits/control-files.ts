/**
 * The few file operations that cgroups are made of. Everything in this folder goes through this interface, so that tests
 * can stand in a kernel of another shape, or one that fails at any step.
 */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { access, type FileHandle, mkdir, open, readdir, readFile, rmdir } from 'node:fs/promises';

export interface ControlFiles {
  makeDirectory(path: string): Promise<void>;
  removeDirectory(path: string): Promise<void>;
  /** Names of the subdirectories; empty when `path` is absent. */
  subdirectories(path: string): Promise<string[]>;
  exists(path: string): Promise<boolean>;
  /** Whether this process may write to it. */
  writable(path: string): Promise<boolean>;
  read(path: string): Promise<string>;
  /** One write() of all of `text`: the kernel takes a setting as a whole. The file must exist. */
  write(path: string, text: string): Promise<void>;
  /** The same, then what the file reads. */
  writeAndRead(path: string, text: string): Promise<string>;
  /** A close-on-exec descriptor. */
  open(path: string, purpose: 'read' | 'write' | 'directory'): number;
  /** Reads an open control file from its start; at most 4096 bytes, which the files in use stay far below. */
  reread(descriptor: number): string;
  close(descriptor: number): void;
  signal(pid: number, name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
}

const openFlags = {
  read: constants.O_RDONLY,
  write: constants.O_WRONLY,
  directory: constants.O_RDONLY | constants.O_DIRECTORY,
};

const readBuffer = Buffer.alloc(4096);

/** Opens without O_CREAT: a control file that is absent must give ENOENT. */
async function using<T>(path: string, flags: number, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

function accessible(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

export const kernelFiles: ControlFiles = {
  async makeDirectory(path) {
    await mkdir(path, 0o755);
  },
  removeDirectory: rmdir,
  async subdirectories(path) {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  },
  exists: (path) => accessible(path, constants.F_OK),
  writable: (path) => accessible(path, constants.W_OK),
  read(path) {
    return readFile(path, 'utf8');
  },
  async write(path, text) {
    await using(path, constants.O_WRONLY, (file) => file.write(text));
  },
  writeAndRead(path, text) {
    return using(path, constants.O_RDWR, async (file) => {
      await file.write(text);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
      return buffer.toString('latin1', 0, bytesRead);
    });
  },
  open(path, purpose) {
    return openSync(path, openFlags[purpose] | constants.O_NOFOLLOW);
  },
  reread(descriptor) {
    return readBuffer.toString('latin1', 0, readSync(descriptor, readBuffer, 0, readBuffer.length, 0));
  },
  close: closeSync,
  signal: process.kill,
};
