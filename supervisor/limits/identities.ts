/** Which uid and gid children run as: each its own where the supervisor is root, else the one that an ordinary user can give, its own. */
import { UidPool } from './uid-pool.js';
import type { YardSlot } from './yard-slot.js';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

export interface Identities {
  /** All children have the same. */
  readonly shared: boolean;
  /** Throws LimitsError EXHAUSTED when there is none left. */
  allocate(): Identity;
  /** Only after the child was reaped. */
  release(identity: Identity): void;
}

/** Whether this process lacks what giving children uids of their own takes: then they are shut in by a user namespace. */
export const isRootless = (): boolean => (process.geteuid?.() ?? 0) !== 0;

export function identitiesOf(slot: YardSlot): Identities {
  if (isRootless()) return sharedIdentity({ uid: process.geteuid!(), gid: process.getegid!() });
  const pool = new UidPool(slot.uidBase);
  return {
    shared: false,
    allocate() {
      const uid = pool.allocate();
      return { uid, gid: uid };
    },
    release: ({ uid }) => pool.release(uid),
  };
}

export function sharedIdentity(identity: Identity): Identities {
  return { shared: true, allocate: () => identity, release: () => undefined };
}
