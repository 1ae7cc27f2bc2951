/** Making, settling and removing one cgroup directory. Used for programs' groups, and for what a dead supervisor left. */
import { join } from 'node:path/posix';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlFiles } from './control-files.js';
import type { Setting } from './controller.js';
import { errnoOf, LimitsError } from './errors.js';

/** Killed processes leave a group within milliseconds, unless they are stuck in the kernel. */
const emptyWithinMs = 2000;
/** A group whose last process was just reaped may be busy for a moment longer. */
const removeWithinMs = 1000;
const longestPauseMs = 50;

/** Writes each setting and reads it back. Throws LIMIT_REFUSED for the first that didn't take effect. */
export async function applySettings(
  files: ControlFiles,
  directory: string,
  settings: readonly Setting[],
): Promise<void> {
  for (const { file, value, tookEffect, mayBeAbsent, ifAbsent } of settings) {
    const path = join(directory, file);
    let readBack: string;
    try {
      readBack = await files.writeAndRead(path, value);
    } catch (error) {
      const absent = errnoOf(error) === 'ENOENT';
      if (absent && mayBeAbsent) continue;
      const advice = absent && ifAbsent ? `. To fix it, ${ifAbsent}` : '';
      throw new LimitsError('LIMIT_REFUSED', `${path} doesn't take ${value}: ${errnoOf(error)}${advice}`, {
        cause: error,
      });
    }
    if (!tookEffect(readBack)) {
      throw new LimitsError('LIMIT_REFUSED', `${path} reads ${readBack.trim()} after ${value} was written`);
    }
  }
}

/** The processes in the group itself; empty when the group is gone. */
export async function processesOf(files: ControlFiles, directory: string): Promise<number[]> {
  const text = await files.read(join(directory, 'cgroup.procs')).catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

/** Sends a signal to each process in the group; those that end meanwhile don't matter. */
export async function signalAll(
  files: ControlFiles,
  directory: string,
  name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT',
): Promise<void> {
  for (const pid of await processesOf(files, directory)) {
    try {
      files.signal(pid, name);
    } catch (error) {
      if (errnoOf(error) !== 'ESRCH') throw error;
    }
  }
}

/** Kills until the group is empty. Throws NOT_EMPTY after two seconds. */
export async function empty(files: ControlFiles, directory: string): Promise<void> {
  const killFile = join(directory, 'cgroup.kill');
  const emptied = await retry(emptyWithinMs, async () => {
    const left = await processesOf(files, directory);
    if (left.length === 0) return true;
    await files.write(killFile, '1').catch(() => signalAll(files, directory, 'SIGKILL'));
    return false;
  });
  if (!emptied) throw new LimitsError('NOT_EMPTY', `processes in ${directory} survived SIGKILL`);
}

/** Removes an empty group; one that is gone already is fine. */
export async function removeDirectory(files: ControlFiles, directory: string): Promise<void> {
  let last: unknown;
  const removed = await retry(removeWithinMs, async () => {
    try {
      await files.removeDirectory(directory);
      return true;
    } catch (error) {
      last = error;
      if (errnoOf(error) === 'ENOENT') return true;
      if (errnoOf(error) === 'EBUSY') return false;
      throw error;
    }
  });
  if (!removed) throw new LimitsError('NOT_EMPTY', `${directory} stays busy`, { cause: last });
}

/** Empties and removes a group with everything below it. */
export async function removeTree(files: ControlFiles, directory: string): Promise<void> {
  for (const name of await files.subdirectories(directory)) await removeTree(files, join(directory, name));
  await empty(files, directory);
  await removeDirectory(files, directory);
}

/** Tries at once, then with growing pauses, until it succeeds or the time is over. */
async function retry(withinMs: number, attempt: () => Promise<boolean>): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (let pause = 1; ; pause = Math.min(pause * 2, longestPauseMs)) {
    if (await attempt()) return true;
    if (performance.now() >= until) return false;
    await delay(pause);
  }
}
