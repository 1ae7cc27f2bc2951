/**
 * The files that one program has open, and the file calls of the API. RepyV2's emulfile.py: the order of checks, the costs and the
 * messages are its, except that `diskused` is asked before a write and that links are not followed.
 */
import { closeSync } from 'node:fs';
import { bounds } from '../../protocol/bounds.js';
import { RepyError } from '../../protocol/exceptions.js';
import { ProtocolViolation } from '../../protocol/violation.js';
import { Cancelled } from '../nanny/faults.js';
import type { Nanny } from '../nanny/nanny.js';
import type { ProgramDirectory } from './directory.js';
import { checkFileName } from './file-names.js';
import { type Maybe, orElse, then } from './maybe.js';
import type { NoFile, OpenedFile } from './place.js';
import { closedError, ProgramFile } from './program-file.js';

const blockBytes = 4096;
/** Closed handles whose file names are remembered, for the message of a later use. */
const rememberedNames = 256;

export class OpenFiles {
  private readonly files = new Map<number, ProgramFile>();
  private readonly namesInUse = new Set<string>();
  private readonly closedNames = new Map<number, string>();
  private lastHandle = 0;
  /** RepyV2 lets one thread at a time open or remove. Undefined when none does. */
  private naming: Promise<unknown> | undefined;
  private ended = false;

  constructor(
    private readonly directory: ProgramDirectory,
    private readonly nanny: Nanny,
  ) {}

  /** Opens a file and returns its handle. RepyV2 ended a program that would `create` a directory's name; here it isn't found. */
  openFile(name: string, create: boolean): Maybe<number> {
    checkFileName(name, (wanted) => this.directory.refusal(wanted));
    return this.oneByOne(() => {
      if (this.namesInUse.has(name)) throw inUse(`Cannot open file "${name}" because it is already open!`);
      this.nanny.acquire('filesopened');
      return orElse(
        () => then(this.nanny.charge('fileread', blockBytes), () => this.opened(name, create)),
        (error) => {
          this.nanny.release('filesopened');
          throw error;
        },
      );
    });
  }

  private opened(name: string, create: boolean): Maybe<number> {
    const register = (file: OpenedFile | NoFile): number => {
      if (typeof file === 'string') throw notFound(openFailure(name, file));
      return this.register(name, file);
    };
    return then(this.directory.openFile(name), (file) =>
      file === 'missing' && create ? this.create(name).then(register) : register(file),
    );
  }

  /** Removes a file that is not open. */
  removeFile(name: string): Maybe<null> {
    checkFileName(name, (wanted) => this.directory.refusal(wanted));
    return this.oneByOne(async () => {
      if (this.namesInUse.has(name)) throw inUse(`Cannot remove file "${name}" because it is in use!`);
      await this.nanny.charge('fileread', blockBytes);
      if (!(await this.directory.has(name))) throw notFound(removeFailure(name));
      await this.nanny.charge('filewrite', 0);
      const size = await this.directory.remove(name);
      if (typeof size === 'string') throw notFound(removeFailure(name));
      this.directory.disk.releaseEntry(size);
      await this.nanny.charge('filewrite', blockBytes);
      return null;
    });
  }

  listFiles(): Maybe<string[]> {
    return then(this.nanny.charge('fileread', blockBytes), () => this.directory.list());
  }

  /** Reads at most `limit` bytes (null: to the end), and never more than `bounds.dataBytes`: a reader of more asks again. */
  readAt(handle: number, limit: number | null, offset: number): Maybe<string> {
    const file = this.find(handle);
    const most = Math.min(limit ?? bounds.dataBytes, bounds.dataBytes);
    const read = file.inTurn(() => {
      file.checkSeek(offset);
      return then(this.nanny.charge('fileread', 0), () => file.read(most, offset));
    });
    return then(read, (data) => then(this.nanny.charge('fileread', touchedBytes(offset, data.length)), () => data));
  }

  writeAt(handle: number, data: string | Uint8Array, offset: number): Maybe<null> {
    const file = this.find(handle);
    const written = file.inTurn(() => {
      file.checkSeek(offset);
      return then(this.nanny.charge('filewrite', 0), () => file.write(data, offset));
    });
    return then(written, () => then(this.nanny.charge('filewrite', touchedBytes(offset, data.length)), () => null));
  }

  close(handle: number): Maybe<null> {
    const file = this.find(handle);
    return file.inTurn(() => {
      file.close();
      this.forget(handle, file);
      return null;
    });
  }

  /** Bytes that the answer to such a read will hold at most: for the session's bound on memory. */
  expectedBytes(handle: number, limit: number | null, offset: number): number {
    const left = Math.max(0, (this.files.get(handle)?.size ?? 0) - offset);
    return Math.min(left, limit ?? left, bounds.dataBytes);
  }

  /** Closes everything once what is going on has ended. Nothing can be opened afterwards. */
  async end(): Promise<void> {
    this.ended = true;
    await this.naming;
    for (const [handle, file] of this.files) {
      await file.release();
      this.forget(handle, file);
    }
  }

  private async create(name: string): Promise<OpenedFile | NoFile> {
    await this.nanny.charge('filewrite', 0);
    this.directory.disk.reserveEntry();
    let file: OpenedFile | NoFile = 'missing';
    try {
      file = await this.directory.createFile(name);
    } finally {
      if (typeof file === 'string') this.directory.disk.releaseEntry(0);
    }
    if (typeof file === 'string') return file;
    try {
      await this.nanny.charge('filewrite', blockBytes);
      return file;
    } catch (error) {
      closeSync(file.fd);
      throw error;
    }
  }

  private register(name: string, opened: OpenedFile): number {
    if (this.ended) {
      closeSync(opened.fd);
      throw new Cancelled();
    }
    this.lastHandle += 1;
    this.files.set(this.lastHandle, new ProgramFile(name, opened, this.directory));
    this.namesInUse.add(name);
    return this.lastHandle;
  }

  private forget(handle: number, { name }: ProgramFile): void {
    if (!this.files.delete(handle)) return;
    this.namesInUse.delete(name);
    this.nanny.release('filesopened');
    this.closedNames.set(handle, name);
    const [oldest] = this.closedNames.keys();
    if (this.closedNames.size > rememberedNames && oldest !== undefined) this.closedNames.delete(oldest);
  }

  private find(handle: number): ProgramFile {
    const file = this.files.get(handle);
    if (file !== undefined) return file;
    if (!(handle >= 1 && handle <= this.lastHandle)) throw new ProtocolViolation('bad field', 'a handle never given');
    throw closedError(this.closedNames.get(handle) ?? '?');
  }

  private oneByOne<T>(work: () => Maybe<T>): Maybe<T> {
    const result = this.naming === undefined ? work() : this.naming.then(work);
    if (!(result instanceof Promise)) return result;
    const naming: Promise<unknown> = result
      .catch(() => undefined)
      .then(() => {
        if (this.naming === naming) this.naming = undefined;
      });
    this.naming = naming;
    return result;
  }
}

/**
 * RepyV2's count of blocks, in bytes: 4096 for each aligned block that [offset, offset + length) touches; at an
 * unaligned offset one even for no bytes.
 */
export function touchedBytes(offset: number, length: number): number {
  return (Math.ceil((offset + length) / blockBytes) - Math.floor(offset / blockBytes)) * blockBytes;
}

function openFailure(name: string, why: NoFile): string {
  return why === 'missing'
    ? `Cannot openfile non-existent file "${name}" without creating it!`
    : `Cannot openfile "${name}" because it is not a regular file!`;
}

const removeFailure = (name: string): string => `Cannot remove non-existent file "${name}".`;

const notFound = (message: string): RepyError => new RepyError('FileNotFoundError', message);
const inUse = (message: string): RepyError => new RepyError('FileInUseError', message);
