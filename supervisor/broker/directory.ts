/**
 * A program's one directory. It is opened once, and every name is looked up in what was opened (`place.ts`). Names are a guest's, but
 * checked (`checkFileName`): one component, never `..`.
 *
 * Whatever somebody with more rights plants there: a symbolic link is not followed, and only regular files are opened.
 */
import { readdirSync, unlinkSync } from 'node:fs';
import { lstat, opendir, readdir, unlink } from 'node:fs/promises';
import { bounds } from '../../protocol/bounds.js';
import { DiskAccount, entryBytes } from './disk-account.js';
import type { Maybe } from './maybe.js';
import { type DirectoryPlace, type NoFile, noFile, type OpenedFile, type OpenPlace } from './place.js';
import { deviceOf, StoragePace } from './storage-pace.js';

export class ProgramDirectory {
  readonly pace: StoragePace;
  private closed = false;

  private constructor(
    private readonly place: DirectoryPlace,
    readonly disk: DiskAccount,
  ) {
    this.pace = new StoragePace(deviceOf(place.device));
  }

  /**
   * Opens the directory and counts what is in it. `allowed`: the limit of `diskused`; whether the count passes it already
   * is for the caller to look at. Rejects when it is no directory, or holds more than `bounds.directoryEntries` entries.
   */
  static async open(path: string, allowed: number, openPlace: OpenPlace): Promise<ProgramDirectory> {
    const place = await openPlace(path);
    try {
      const { bytes, entries } = await measure(place);
      return new ProgramDirectory(place, new DiskAccount(allowed, bytes, entries));
    } catch (error) {
      await place.close();
      throw error;
    }
  }

  /** Why there can't be a file of that name on this system; undefined when there can. */
  refusal(name: string): string | undefined {
    return this.place.refusal(name);
  }

  /** Opens an existing regular file for reading and writing. */
  openFile(name: string): Maybe<OpenedFile | NoFile> {
    const { place } = this;
    return this.pace.run(
      true,
      () => place.open(name),
      () => place.openPooled(name),
    );
  }

  /** Creates and opens a file that doesn't exist yet. The caller has reserved its disk space. */
  createFile(name: string): Maybe<OpenedFile | NoFile> {
    const { place } = this;
    return this.pace.run(
      true,
      () => place.create(name),
      () => place.createPooled(name),
    );
  }

  /** Whether there is a regular file of that name. */
  has(name: string): Maybe<boolean> {
    const { place } = this;
    return this.pace.run(
      true,
      () => typeof place.look(name) === 'number',
      () => place.lookPooled(name).then((seen) => typeof seen === 'number'),
    );
  }

  /** Removes a regular file and returns the size that it had. */
  remove(name: string): Maybe<number | NoFile> {
    const { place } = this;
    return this.pace.run(
      true,
      () => {
        const seen = place.look(name);
        if (typeof seen === 'string') return seen;
        try {
          unlinkSync(place.at(name));
          return seen;
        } catch (error) {
          return noFile(error);
        }
      },
      async () => {
        const seen = await place.lookPooled(name);
        if (typeof seen === 'string') return seen;
        return unlink(place.at(name)).then(() => seen, noFile);
      },
    );
  }

  /** The names of all entries, of whatever kind, as RepyV2 lists them; bytes as latin-1. In no particular order. */
  list(): Maybe<string[]> {
    const path = this.place.at('');
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
    await this.place.close();
  }
}

async function measure(place: DirectoryPlace): Promise<{ bytes: number; entries: number }> {
  const path = place.at('');
  const prefix = Buffer.from(path);
  let bytes = 0;
  let entries = 0;
  // Names are bytes: latin-1 keeps them whole where UTF-8 would not.
  for await (const { name } of await opendir(path, { encoding: 'latin1' as BufferEncoding })) {
    entries += 1;
    if (entries > bounds.directoryEntries) {
      throw new Error(`the program's directory holds more than ${bounds.directoryEntries} entries`);
    }
    bytes += entryBytes + (await lstat(Buffer.concat([prefix, Buffer.from(name, 'latin1')]))).size;
  }
  return { bytes, entries };
}
