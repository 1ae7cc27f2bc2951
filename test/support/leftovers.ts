/** What a run of the tests has left on the host: processes, cgroups, files. Programs that others run beside don't count. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { claimAbandoned } from '../../supervisor/limits/yard-slot.js';

export interface Leftovers {
  readonly processes: readonly string[];
  readonly groups: readonly string[];
  readonly files: readonly string[];
}

/** Where root's supervisors keep their lock files, which stay; others' may be in a directory of this kind. */
const lockFiles = '/run/repyard';
const lockFilesOfUser = /^repyard-\d+$/;

/** Groups of supervisors that are gone. The next supervisor would remove them, so that a test that killed one has left nothing. */
export function abandonedGroups(): string[] {
  if (process.getuid?.() !== 0 || !existsSync(lockFiles)) return [];
  const found: string[] = [];
  for (const slot of claimAbandoned()) {
    found.push(...slot.inherited.filter((directory) => existsSync(directory)));
    slot.release();
  }
  return found;
}

/**
 * `temporary` was the run's own directory for temporary files: it marks the processes of the run in their environment. A zygote has none;
 * one that lost its supervisor has the host's first process as parent. Waits a moment for what is just ending.
 */
export async function readLeftovers(
  temporary: string,
  groupsBefore: readonly string[],
  ms = 30_000,
): Promise<Leftovers> {
  for (const end = Date.now() + ms; ; await delay(100)) {
    const left = {
      processes: processesOf(temporary),
      groups: abandonedGroups().filter((group) => !groupsBefore.includes(group)),
      files: [...filesIn(temporary, lockFilesOfUser), ...filesIn(lockFiles, /^repyard-\d+\.lock$/)],
    };
    if (Object.values(left).flat().length === 0 || Date.now() > end) return left;
  }
}

function filesIn(directory: string, expected: RegExp): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => !expected.test(name))
    .map((name) => `${directory}/${name}`);
}

function processesOf(temporary: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = read(pid, 'cmdline').replaceAll('\0', ' ').trim();
      const orphan = command.includes('/bundled/zygote.cjs') && /^PPid:\t1$/m.test(read(pid, 'status'));
      const ours = read(pid, 'environ').split('\0').includes(`TMPDIR=${temporary}`);
      return command !== '' && (orphan || ours) ? [`${pid}: ${command.slice(0, 200)}`] : [];
    });
}

/** Empty for a process that has just ended. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
