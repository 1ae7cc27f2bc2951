/** What stands between programs in another way where the supervisor is an ordinary user; `repyard doctor` tells it too. */
import type { Enforcement } from '../outcome.js';

export const rootlessLayers: readonly Enforcement[] = [
  {
    resource: 'uid',
    mechanism: 'user namespace',
    state: 'weaker',
    accuracy:
      "all programs have the supervisor's uid and gid; in place of uids of their own, every system call that names a process " +
      'ends a program or is refused, and no program can be traced or read by others of its uid',
  },
  {
    resource: 'groups',
    mechanism: 'user namespace',
    state: 'weaker',
    accuracy:
      "programs keep the supervisor's supplementary groups; there is no file for them: the root is empty, and opening is refused",
  },
];
