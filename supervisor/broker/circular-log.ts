/**
 * RepyV2's log file (its loggingrepy_core.py): the last 16 to 32 KiB of the output, in two files. `PREFIX.old` fills up to 16384
 * bytes, then `PREFIX.new`; when that is full it takes the name of the old one, and a new one begins. Unlike RepyV2's, one
 * write of any size leaves the files as the same bytes in many writes would.
 */
import { constants } from 'node:fs';
import { type FileHandle, stat } from 'node:fs/promises';
import type { LogSink } from './log-sink.js';
import { openUnlinked } from './open-unlinked.js';
import { replaceFile } from './replace-file.js';

/** Bytes of a full file. */
const fileBytes = 16384;
/** Bytes that may wait to be written; beyond it writers wait. */
const queueBytes = 4 * fileBytes;
const mode = 0o644;

const { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } = constants;
const appendFlags = O_WRONLY | O_CREAT | O_APPEND;

export class CircularLog implements LogSink {
  private queue: Uint8Array[] = [];
  private queued = 0;
  private writing: Promise<void> | undefined;
  private failure: Error | undefined;

  private constructor(
    private readonly prefix: string,
    private file: FileHandle,
    private size: number,
    private isNew: boolean,
  ) {}

  /** Opens the log, going on where an earlier run ended. A relative prefix is taken from the current directory, now. */
  static async open(prefix: string): Promise<CircularLog> {
    const [old, fresh] = [`${prefix}.old`, `${prefix}.new`];
    const newExists = await exists(fresh);
    const onlyNew = newExists && !(await exists(old));
    if (onlyNew) await replaceFile(fresh, old);
    const file = await openUnlinked(newExists ? fresh : old, appendFlags, mode);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new Error(`the log ${prefix} is not a regular file`);
      return new CircularLog(prefix, file, stats.size, newExists);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (bytes.length === 0) return undefined;
    this.queue.push(bytes);
    this.queued += bytes.length;
    if (this.writing === undefined) {
      this.writing = this.writeQueue();
      // Whoever writes next learns of a failure, if nobody waits now.
      this.writing.catch(() => undefined);
    }
    return this.queued > queueBytes ? this.writing : undefined;
  }

  async close(): Promise<void> {
    await this.writing?.catch(() => undefined);
    this.failure ??= new Error('the log is closed');
    await this.file.close();
  }

  private async writeQueue(): Promise<void> {
    try {
      while (this.queue.length > 0) {
        const bytes = Buffer.concat(this.queue);
        this.queue = [];
        await this.append(bytes);
        this.queued -= bytes.length;
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      throw this.failure;
    } finally {
      this.writing = undefined;
    }
  }

  private async append(bytes: Buffer): Promise<void> {
    const room = Math.max(0, fileBytes - this.size);
    await this.put(bytes.subarray(0, room));
    let rest = bytes.subarray(room);
    // Files that would be overwritten within this call are skipped.
    const files = Math.ceil(rest.length / fileBytes);
    if (files > 2) rest = rest.subarray((files - 2) * fileBytes);
    while (rest.length > 0) {
      await this.rotate();
      await this.put(rest.subarray(0, fileBytes));
      rest = rest.subarray(fileBytes);
    }
  }

  private async put(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return;
    await this.file.appendFile(bytes);
    this.size += bytes.length;
  }

  private async rotate(): Promise<void> {
    const fresh = `${this.prefix}.new`;
    if (this.isNew) await replaceFile(fresh, `${this.prefix}.old`);
    const file = await openUnlinked(fresh, appendFlags | O_TRUNC, mode);
    await this.file.close();
    this.file = file;
    this.size = 0;
    this.isNew = true;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
