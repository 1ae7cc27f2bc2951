import { bounds } from '../../protocol/bounds.js';
import { RepyError } from '../../protocol/exceptions.js';
import { LimitFault } from '../nanny/faults.js';

/** What RepyV2 adds to the size of every directory entry: one block for its name and inode. */
export const entryBytes = 4096;

/**
 * How much of `diskused` a program's directory takes: for every entry its size and 4096 (RepyV2's formula). Exact without
 * polling, because only the broker writes there; and asked first, so that a write that would pass the limit doesn't happen.
 * All methods are synchronous: what is reserved is reserved before another request is looked at.
 */
export class DiskAccount {
  constructor(
    public allowed: number,
    private bytes: number,
    private names: number,
  ) {}

  get used(): number {
    return this.bytes;
  }

  get entries(): number {
    return this.names;
  }

  /** Throws LimitFault when more is used than allowed: because of what was there before, or of a limit that was lowered. */
  check(): void {
    if (this.bytes > this.allowed) throw this.fault(this.bytes);
  }

  /** Takes the cost of a new file. Throws LimitFault, or ResourceExhaustedError when the directory is full of names. */
  reserveEntry(): void {
    if (this.names >= bounds.directoryEntries) {
      throw new RepyError('ResourceExhaustedError', `A directory holds at most ${bounds.directoryEntries} files!`);
    }
    this.reserve(entryBytes);
    this.names += 1;
  }

  /** Gives back a removed file of this size, or one that could not be made. */
  releaseEntry(size: number): void {
    this.release(entryBytes + size);
    this.names = Math.max(0, this.names - 1);
  }

  /** Takes the growth of a file. Throws LimitFault. */
  reserve(bytes: number): void {
    const used = this.bytes + bytes;
    if (bytes > 0 && used > this.allowed) throw this.fault(used);
    this.bytes = used;
  }

  /** Gives back growth that didn't happen. */
  release(bytes: number): void {
    this.bytes = Math.max(0, this.bytes - bytes);
  }

  private fault(used: number): LimitFault {
    return new LimitFault({ resource: 'diskused', allowed: this.allowed, used });
  }
}
