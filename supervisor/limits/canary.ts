import { spawn } from 'node:child_process';
import { join } from 'node:path/posix';
import type { Placement } from './cgroup-group.js';
import type { ControlFiles } from './control-files.js';
import { LimitsError } from './errors.js';
import type { Limiter, OsLimits } from './limiter.js';

export interface Canary {
  readonly pid: number;
  /** Resolves when it is dead. */
  readonly dead: Promise<void>;
}

const first: OsLimits = { cpu: 0.5, memory: 64 << 20, processes: 4 };
const second: OsLimits = { cpu: 0.02, memory: 32 << 20, processes: 2 };
const name = 'canary';

/**
 * Holds a real process to limits, changes them, reads its usage and kills it with its group. Rejects with LimitsError
 * if any of that doesn't work, whatever the files of the host promise.
 */
export async function proveLimits(
  files: ControlFiles,
  limiter: Limiter,
  placements: readonly Placement[],
  start: () => Canary = startCat,
): Promise<void> {
  const group = await limiter.create(name, first);
  const canary = start();
  try {
    for (const { version, parent } of placements) {
      await files.write(join(parent, name, version === 2 ? 'cgroup.procs' : 'tasks'), `${canary.pid}`);
    }
    await group.change(second);
    const { processes } = group.usage();
    if (processes !== 1) throw new LimitsError('UNAVAILABLE', `a group of one process counts ${processes}`);
  } finally {
    // Kills the canary, wherever it got to.
    files.signal(canary.pid, 'SIGKILL');
    await canary.dead;
    await group.remove();
  }
}

/** `cat` waits for input that never comes, and ends with its pipe if the supervisor dies. */
function startCat(): Canary {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  const dead = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  if (child.pid === undefined) throw new LimitsError('UNAVAILABLE', "can't start the program `cat` to try limits on");
  return { pid: child.pid, dead };
}
