import { bounds } from '../../protocol/bounds.js';
import { RepyError } from '../../protocol/exceptions.js';
import { actionAt, type ExtendedLimits } from '../../restrictions/extensions.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import { LimitFault } from '../nanny/faults.js';
import type { LimitHit } from '../outcome.js';

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

  /** Limits beyond RepyV2's, and what happens at each. */
  private extended: ExtendedLimits = {};

  /** Sets the limits of these restrictions. */
  change(restrictions: Restrictions): void {
    this.allowed = restrictions.limits.diskused ?? 0;
    this.extended = restrictions;
  }

  /** The sizes of all entries alone. */
  get bytesInFiles(): number {
    return this.bytes - this.names * entryBytes;
  }

  get used(): number {
    return this.bytes;
  }

  get entries(): number {
    return this.names;
  }

  /** Throws LimitFault when more is used than allowed: because of what was there before, or of a limit that was lowered. */
  check(): void {
    if (this.bytes > this.allowed) throw new LimitFault(this.hit('diskused', this.allowed, this.bytes));
    const { diskbytes = Infinity, diskfiles = Infinity } = this.extended.extensions ?? {};
    if (this.bytesInFiles > diskbytes) throw new LimitFault(this.hit('diskbytes', diskbytes, this.bytesInFiles));
    if (this.names > diskfiles) throw new LimitFault(this.hit('diskfiles', diskfiles, this.names));
  }

  /** Takes the cost of a new file. Throws LimitFault, or ResourceExhaustedError when the directory is full of names. */
  reserveEntry(): void {
    if (this.names >= bounds.directoryEntries) {
      throw new RepyError('ResourceExhaustedError', `A directory holds at most ${bounds.directoryEntries} files!`);
    }
    this.demand('diskfiles', this.extended.extensions?.diskfiles, this.names + 1);
    this.demand('diskused', this.allowed, this.bytes + entryBytes);
    this.bytes += entryBytes;
    this.names += 1;
  }

  /** Gives back a removed file of this size, or one that could not be made. */
  releaseEntry(size: number): void {
    this.release(entryBytes + size);
    this.names = Math.max(0, this.names - 1);
  }

  /** Takes the growth of a file. Throws LimitFault. */
  reserve(bytes: number): void {
    if (bytes > 0) {
      this.demand('diskbytes', this.extended.extensions?.diskbytes, this.bytesInFiles + bytes);
      this.demand('diskused', this.allowed, this.bytes + bytes);
    }
    this.bytes += bytes;
  }

  /** Gives back growth that didn't happen. */
  release(bytes: number): void {
    this.bytes = Math.max(0, this.bytes - bytes);
  }

  /** Throws what the policy wants when `used` is more than `allowed`. */
  private demand(resource: 'diskused' | 'diskbytes' | 'diskfiles', allowed = Infinity, used: number): void {
    if (used <= allowed) return;
    if (actionAt(this.extended, resource) === 'stop') throw new LimitFault(this.hit(resource, allowed, used));
    throw new RepyError('ResourceExhaustedError', `Resource '${resource}' limit exceeded!!`);
  }

  private hit(resource: string, allowed: number, used: number): LimitHit {
    return { resource, allowed, used };
  }
}
