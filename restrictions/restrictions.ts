import type { ExtendedLimits } from './extensions.js';
import type { NetworkRules } from './network-rules.js';
import type { Profile } from './profile.js';

/** What a program may use, after parsing: the numbers of the resource table, in its units. Immutable. */
export interface Restrictions extends ExtendedLimits {
  /** Value of each rate, quantity and count of the resource table by name; every name is present (0 where not given). */
  readonly limits: Readonly<Record<string, number>>;
  readonly messport: ReadonlySet<number>;
  readonly connport: ReadonlySet<number>;
  /** Whether the program may run on a host where a limit can't be enforced. JSON policies only; default false. */
  readonly allowDegraded: boolean;
  /** JSON policies only; otherwise RepyV2's: IPv4, everywhere. */
  readonly network?: NetworkRules;
  /** How its code is run. JSON policies only; default `jit`. */
  readonly profile?: Profile;
  /** RepyV2's `call ...` lines, accepted and kept as text, without effect. */
  readonly calls: readonly string[];
}
