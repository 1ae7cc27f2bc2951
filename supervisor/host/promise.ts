import type { Restrictions } from '../../restrictions/restrictions.js';

/** What a running program may take of the host at most. */
export interface HostPromise {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  readonly processes: number;
  /** Descriptors that the supervisor holds for it. */
  readonly descriptors: number;
}

/** The channel, and the doors and meters of the limit group: up to ten on cgroup v1. */
const ownDescriptors = 12;

/** The guest's files and sockets are descriptors of the supervisor. */
const guestDescriptors = ['filesopened', 'insockets', 'outsockets'] as const;

export function promiseOf({ limits }: Restrictions): HostPromise {
  return {
    cpu: limits.cpu ?? 0,
    memory: limits.memory ?? 0,
    processes: 1,
    descriptors: guestDescriptors.reduce((sum, name) => sum + (limits[name] ?? 0), ownDescriptors),
  };
}
