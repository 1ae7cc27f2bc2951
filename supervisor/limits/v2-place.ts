/**
 * Where on cgroup v2 the yard can be. A group with processes of its own can't hand controllers down to subgroups (the
 * "no internal processes" rule), and the supervisor sits in one. In order of preference:
 *
 * 1. the own group, if it hands the controllers down already, or lets itself be told to;
 * 2. the own group after the supervisor moved into a leaf below it, if nobody else is in it;
 * 3. the nearest group above that hands them down already, if that evades no limit of the groups below it.
 *
 * Foreign processes are never moved, and no group but the own one is reconfigured.
 */
import { join } from 'node:path/posix';
import type { ControlFiles } from './control-files.js';
import { errnoOf, LimitsError } from './errors.js';
import { processesOf, removeDirectory } from './group-directory.js';
import type { Hierarchy } from './hierarchies.js';
import { groupsUp } from './own-limits.js';
import { supervisorName } from './yard-slot.js';

export interface Place {
  /** The group to make the yard in. */
  readonly group: string;
  /** Moves the supervisor back where it was, if it had to move. */
  leave(): Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

/** Throws LimitsError UNAVAILABLE that says why each place is out of the question, and what to do. */
export async function findPlace(
  files: ControlFiles,
  { ownGroup, mountPoint }: Hierarchy,
  controllers: readonly string[],
  slot: number,
  pid = process.pid,
): Promise<Place> {
  const leaf = join(ownGroup, supervisorName(slot));
  const why: string[] = [];
  for (const group of groupsUp(ownGroup, mountPoint)) {
    if (await handsDown(files, group, controllers)) {
      if (await files.writable(join(group, 'cgroup.procs'))) return { group, leave: nothing };
      why.push(`${group} isn't ours to write to`);
    } else if (group !== ownGroup) {
      why.push(`${group} doesn't hand down ${controllers.join(', ')}`);
    } else {
      const refused = await enable(files, group, controllers);
      if (refused === undefined) return { group, leave: nothing };
      const others = (await processesOf(files, group)).filter((other) => other !== pid);
      if (refused !== 'EBUSY') why.push(`${group} isn't ours to configure (${refused})`);
      else if (others.length > 0) why.push(`${group} holds other processes (${others.slice(0, 3).join(', ')})`);
      else return moveToLeaf(files, group, leaf, controllers, pid);
    }
    const limited = await limitOf(files, group);
    if (limited !== undefined) {
      why.push(`groups above would evade its ${limited}`);
      break;
    }
  }
  const advice = 'start it alone in a delegated group: systemd-run --scope -p Delegate=yes repyard ...';
  throw new LimitsError('UNAVAILABLE', `no place for cgroups: ${why.join('; ')}. To fix it, ${advice}`);
}

/** Lets a group hand controllers down; the errno's name if the kernel refuses. */
export async function enable(
  files: ControlFiles,
  group: string,
  controllers: readonly string[],
): Promise<string | undefined> {
  try {
    await files.write(join(group, 'cgroup.subtree_control'), controllers.map((name) => `+${name}`).join(' '));
    return undefined;
  } catch (error) {
    return errnoOf(error) ?? 'unknown error';
  }
}

async function handsDown(files: ControlFiles, group: string, controllers: readonly string[]): Promise<boolean> {
  const handed = (await files.read(join(group, 'cgroup.subtree_control')).catch(() => '')).split(/\s+/);
  return controllers.every((name) => handed.includes(name));
}

async function moveToLeaf(
  files: ControlFiles,
  group: string,
  leaf: string,
  controllers: readonly string[],
  pid: number,
): Promise<Place> {
  const unmake = (): Promise<void> => removeDirectory(files, leaf);
  const leave = async (): Promise<void> => {
    const back = controllers.map((name) => `-${name}`).join(' ');
    await files.write(join(group, 'cgroup.subtree_control'), back);
    await files.write(join(group, 'cgroup.procs'), `${pid}`);
    await unmake();
  };
  await files.makeDirectory(leaf);
  try {
    await files.write(join(leaf, 'cgroup.procs'), `${pid}`);
  } catch (error) {
    await unmake();
    throw new LimitsError('UNAVAILABLE', `can't move into ${leaf} (${errnoOf(error)})`, { cause: error });
  }
  const refused = await enable(files, group, controllers);
  if (refused === undefined) return { group, leave };
  await leave();
  throw new LimitsError('UNAVAILABLE', `${group} doesn't hand down ${controllers.join(', ')} (${refused})`);
}

/** The first control file by which this group limits what is in it. */
async function limitOf(files: ControlFiles, group: string): Promise<string | undefined> {
  for (const file of ['cpu.max', 'memory.max', 'memory.high', 'pids.max']) {
    const value = await files.read(join(group, file)).catch(() => 'max');
    if (!value.startsWith('max')) return file;
  }
  return undefined;
}
