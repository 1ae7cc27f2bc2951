/** What the tests on Windows share: this host's functions, and processes in jobs. */
import type { StartedProcess } from '../../supervisor/launch/starter.js';
import type { GroupDoor } from '../../supervisor/limits/limiter.js';
import { Job } from '../../supervisor/platform/windows/job.js';
import { windowsStarter } from '../../supervisor/platform/windows/starter.js';
import { makePoorToken, ownUser } from '../../supervisor/platform/windows/token.js';
import { loadWin32 } from '../../supervisor/platform/windows/win32.js';

export const win32 = loadWin32();
export const systemRoot = process.env.SystemRoot ?? 'C:\\Windows';
export const token = makePoorToken(win32);

const start = windowsStarter({ win32, token: token.handle, user: ownUser(win32), systemRoot });

/** Starts Node with a script, in the group that the door belongs to. */
export function startScript(script: string, door: GroupDoor, args: readonly string[] = []): Promise<StartedProcess> {
  return start(
    { engine: process.execPath, args: ['-e', script, '--', ...args], env: { GIVEN: 'yes' }, cwd: systemRoot },
    door,
  );
}

/** The same in a job without limits, but that it ends with its handle. */
export async function startInJob(
  script: string,
  args: readonly string[] = [],
): Promise<{ job: Job; child: StartedProcess }> {
  const job = new Job(win32);
  job.set('ExtendedLimit', { BasicLimitInformation: { LimitFlags: 0x2000 } });
  const child = await startScript(script, { joinFiles: [], job: { job, entered() {} } }, args);
  child.errors.resume();
  return { job, child };
}

export async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** Whether a process of this pid runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when it has gone; false after a minute. */
export async function untilGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 2400; tries++) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}

/** Whether the process of this pid is in the job. */
export function isInJobOf(job: Job, pid: number): boolean {
  const queryInformation = 0x400;
  const process = win32.OpenProcess(queryInformation, 0, pid);
  if (process === null) throw new Error(`process ${pid} can't be opened`);
  const inJob = job.contains(process);
  win32.CloseHandle(process);
  return inJob;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
