/** Removes the cgroups of supervisors that are gone, however they ended. */
import { basename, join } from 'node:path/posix';
import type { ControlFiles } from './control-files.js';
import { processesOf, removeTree } from './group-directory.js';
import { claimAbandoned, type SlotOptions, supervisorName, type YardSlot, yardName } from './yard-slot.js';

/**
 * Clears the caller's slot, then every other one whose lock is free. What the slot's file lists is killed and removed:
 * its last holder made it. What merely has the slot's name below one of `parents` is removed if no process is in it; it
 * may belong to a supervisor that keeps its locks elsewhere. A group that can't be removed stays listed, for the next
 * start to try again; returns those of the caller's slot.
 */
export async function removeStaleYards(
  files: ControlFiles,
  own: YardSlot,
  parents: readonly string[],
  options: SlotOptions = {},
): Promise<string[]> {
  const left = await clear(files, own, parents);
  for (const abandoned of claimAbandoned(options)) {
    try {
      await clear(files, abandoned, parents);
    } finally {
      abandoned.release();
    }
  }
  return left;
}

/** The slot's lock must be held. */
async function clear(files: ControlFiles, slot: YardSlot, parents: readonly string[]): Promise<string[]> {
  const names = [yardName(slot.slot), supervisorName(slot.slot)];
  const listed = slot.inherited.filter((directory) => names.includes(basename(directory)));
  const left: string[] = [];
  for (const directory of listed) {
    if (await isGroup(files, directory)) await removeTree(files, directory).catch(() => left.push(directory));
  }
  slot.record(left);
  for (const directory of parents.flatMap((parent) => names.map((name) => join(parent, name)))) {
    const idle = (await isGroup(files, directory)) && (await isIdle(files, directory));
    if (idle && !left.includes(directory)) await removeTree(files, directory).catch(() => undefined);
  }
  return left;
}

/** Nothing but cgroups is ever removed, whatever the slot's file says. */
function isGroup(files: ControlFiles, directory: string): Promise<boolean> {
  return files.exists(join(directory, 'cgroup.procs'));
}

async function isIdle(files: ControlFiles, directory: string): Promise<boolean> {
  if ((await processesOf(files, directory)).length > 0) return false;
  for (const name of await files.subdirectories(directory)) {
    if (!(await isIdle(files, join(directory, name)))) return false;
  }
  return true;
}
