import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 2;
const atMostMs = 10_000;

/**
 * Waits until a process that isn't our child has died. The kernel has killed it already (its zygote died), so this takes moments;
 * the bound is for a process stuck in the kernel. The uid tells it from a process that got its pid later.
 */
export async function untilGone(pid: number, uid: number): Promise<void> {
  const deadline = Date.now() + atMostMs;
  while ((await isAlive(pid, uid)) && Date.now() < deadline) await delay(everyMs);
}

async function isAlive(pid: number, uid: number): Promise<boolean> {
  let status: string;
  try {
    status = await readFile(`/proc/${pid}/status`, 'utf8');
  } catch (error) {
    // Without a free descriptor, for one, nothing is known: only the kernel's word counts.
    return !['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
  const state = /^State:\s+(\S)/m.exec(status)?.[1];
  const owner = /^Uid:\s+(\d+)/m.exec(status)?.[1];
  // A zombie runs nothing and waits only for init.
  return state !== undefined && !'ZX'.includes(state) && Number(owner) === uid;
}
