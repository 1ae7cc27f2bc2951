/** Real limits on this host, for tests: claims a slot as a supervisor does, and starts programs through a group's door. */
import { existsSync, statSync } from 'node:fs';
import { execa } from 'execa';
import { addonPath } from '../../seccomp/native/addon.js';
import { messageOf } from '../../supervisor/errors.js';
import { detectLimiter } from '../../supervisor/limits/detect.js';
import type { Limiter, LimitGroup } from '../../supervisor/limits/limiter.js';
import { claimSlot } from '../../supervisor/limits/yard-slot.js';

export interface LiveYard {
  readonly limiter: Limiter;
  /** The yard's own groups. */
  readonly directories: readonly string[];
  close(): Promise<void>;
}

/** The yard, or what the host lacks. */
export async function openYard(): Promise<LiveYard | string> {
  if (!existsSync(addonPath)) return 'the native addon is not built';
  try {
    const slot = claimSlot();
    try {
      let directories: readonly string[] = [];
      const record = (noted: readonly string[]) => {
        slot.record(noted);
        directories = noted;
      };
      const limiter = await detectLimiter({ ...slot, record });
      const close = async () => {
        await limiter.close();
        slot.release();
      };
      return { limiter, directories, close };
    } catch (error) {
      slot.release();
      throw error;
    }
  } catch (error) {
    return `no OS limits here: ${messageOf(error)}`;
  }
}

/** A group that another supervisor makes later may get the same name, but not the same number; undefined: there is none. */
export const numberOf = (directory: string): bigint | undefined =>
  statSync(directory, { bigint: true, throwIfNoEntry: false })?.ino;

/**
 * A shell has one thread: it goes through the door as a forked child does, and becomes the program. (With cgroup v2 a
 * child is born in the group, and a shell moves.)
 */
export function startIn(group: LimitGroup, command: string, ...args: string[]) {
  const { joinFiles, cloneInto } = group.door;
  const steps = joinFiles.map((_, index) => `echo 0 >&${index + 3}; exec ${index + 3}>&-;`);
  const descriptors = [...joinFiles];
  if (cloneInto !== undefined) {
    const at = descriptors.push(cloneInto) + 2;
    steps.push(`echo 0 >/proc/self/fd/${at}/cgroup.procs; exec ${at}>&-;`);
  }
  // execa hands descriptors on, but its types have no word for that.
  const stdio = ['pipe', 'pipe', 'pipe', ...descriptors] as unknown as ['pipe', 'pipe', 'pipe'];
  return execa('sh', ['-c', `${steps.join(' ')} exec "$@"`, 'sh', command, ...args], { stdio, reject: false });
}
