/**
 * Any other system, macOS among them, as best effort: a process of the host's own Node for each program, watched from outside. What
 * confines a program is the language alone, and each outcome says so.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { RepyError } from '../../protocol/exceptions.js';
import type { Capacity } from '../host/capacity.js';
import { nodeStarter } from '../launch/child-process-starter.js';
import { permissionLayer } from '../launch/permission-flags.js';
import { spawnLauncher } from '../launch/spawn.js';
import { kernelFiles } from '../limits/control-files.js';
import { LimitsError } from '../limits/errors.js';
import { PortableLimiter } from '../limits/portable-limiter.js';
import { ProcessFiles } from '../limits/process-files.js';
import { PsTable } from '../limits/ps-meter.js';
import type { YardSlot } from '../limits/yard-slot.js';
import type { Enforcement } from '../outcome.js';
import { caselessNaming } from './naming.js';
import { openPathPlace } from './path-place.js';
import type { Platform } from './platform.js';

const missing = (resource: string, accuracy: string): Enforcement => ({
  resource,
  mechanism: 'none',
  state: 'not enforced',
  accuracy,
});

export const portableLayers: readonly Enforcement[] = [
  permissionLayer,
  missing('system calls', 'no filter: a program that breaks out of the language can make any'),
  missing('isolation', "no namespaces, no user of its own: such a program has the supervisor's rights on this host"),
];

export const portable: Platform = {
  kind: 'other',
  layers: portableLayers,
  stopSignals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  naming: caselessNaming,
  enginePath: hostEngine,
  claimSlot: loneSlot,
  async openLimiter() {
    if (existsSync('/proc/self/statm')) return new PortableLimiter((pid) => new ProcessFiles(pid, kernelFiles, true));
    const table = new PsTable();
    return new PortableLimiter((pid) => table.watch(pid));
  },
  createLauncher: ({ engine = hostEngine(), startTimeoutMs }) =>
    spawnLauncher({ engine, start: nodeStarter(), ...(startTimeoutMs === undefined ? {} : { startTimeoutMs }) }),
  readCapacity: readPortableCapacity,
  setAffinity: noAffinity,
  openPlace: (path) => openPathPlace(path, caselessNaming.refusal),
  sockets() {
    // The guest learns it, and may go on.
    throw new RepyError('InternalRepyError', 'There are no sockets for programs on this system!');
  },
};

/** The Node that runs the supervisor. */
function hostEngine(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return process.execPath;
  throw new Error(
    `programs need Node 22.13 or newer on this system, which has no pinned engine; this is ${process.version}`,
  );
}

/** Nothing is shared with other supervisors: no groups, and no uids. */
export function loneSlot(): YardSlot {
  return { slot: 0, uidBase: 1, inherited: [], record: () => undefined, release: () => undefined };
}

export async function noAffinity(_pid: number, processors: readonly number[] | undefined): Promise<void> {
  if (processors === undefined) return;
  throw new LimitsError(
    'LIMIT_REFUSED',
    `cpuset ${processors.join(',')}: this system can't hold programs to processors`,
  );
}

export async function readPortableCapacity(): Promise<Capacity> {
  const host = (value: number) => ({ value, source: 'this host' });
  return {
    cpu: host(availableParallelism()),
    memory: host(totalmem()),
    processes: host(Number.POSITIVE_INFINITY),
    descriptors: host(Number.POSITIVE_INFINITY),
  };
}
