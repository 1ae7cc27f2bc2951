/** Removes the cgroups of supervisors that are gone, however they ended. */
import { basename, join } from 'node:path/posix';
import type { ControlFiles } from './control-files.js';
import { removeTree } from './group-directory.js';
import { claimAbandoned, type SlotOptions, supervisorName, type YardSlot, yardName } from './yard-slot.js';

/**
 * Clears the caller's slot, then every other one whose lock is free: what its file lists, and what has its name below
 * one of `parents`. A group that can't be removed stays listed in its slot's file, for the next start to try again.
 * Returns those of the caller's slot.
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
  const found = parents.flatMap((parent) => names.map((name) => join(parent, name)));
  const left: string[] = [];
  for (const directory of new Set([...listed, ...found])) {
    if (!(await files.exists(join(directory, 'cgroup.procs')))) continue;
    await removeTree(files, directory).catch(() => left.push(directory));
  }
  slot.record(left);
  return left;
}
