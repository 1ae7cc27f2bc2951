/** The limiter of Windows: job objects, proved with a real process before the first program starts. */
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { PRIORITY_CLASS } from '../platform/windows/constants.js';
import { WindowsError } from '../platform/windows/errors.js';
import { isInJob, Job } from '../platform/windows/job.js';
import { applyLimits, type Kept } from '../platform/windows/job-limits.js';
import { openNull } from '../platform/windows/null-device.js';
import { ChildProcess } from '../platform/windows/process.js';
import { chooseTimes, type ProcessTimes } from '../platform/windows/process-meter.js';
import type { Handle, Win32 } from '../platform/windows/win32.js';
import type { LimiterChoice } from './choose-limiter.js';
import { LimitsError } from './errors.js';
import type { Limiter, LimitGroup, OsLimits } from './limiter.js';
import { JobGroup, type JobSurroundings } from './windows-job.js';

export interface JobLimiterOptions {
  readonly win32: Win32;
  /** The token that programs run under. */
  readonly token: Handle;
  readonly choice: LimiterChoice;
  /** Of the host. */
  readonly systemRoot: string;
  /** How long a process may take to die with its job. */
  readonly diesWithinMs?: number;
}

export class JobLimiter implements Limiter {
  readonly mechanism = 'Windows job object';
  readonly lack?: string;

  /** Rejects with LimitsError UNAVAILABLE where a job doesn't end what is in it, or processes can't be watched. */
  static async open(options: JobLimiterOptions): Promise<JobLimiter> {
    const { win32, choice } = options;
    const nested = isInJob(win32);
    try {
      const { kept, times } = await prove(options, nested);
      const pollOnly = choice === 'polling';
      return new JobLimiter({ win32, times, processors: availableParallelism(), nested, pollOnly }, kept);
    } catch (error) {
      if (!(error instanceof WindowsError)) throw error;
      throw new LimitsError('UNAVAILABLE', `job objects can't be used: ${error.message}`, { cause: error });
    }
  }

  private constructor(
    private readonly surroundings: JobSurroundings,
    kept: Kept,
  ) {
    const lacks = [surroundings.pollOnly && 'only polling is wanted', kept.cpu, kept.memory].find(Boolean);
    if (lacks) this.lack = `this host's job objects don't keep every limit: ${lacks}`;
  }

  async create(_id: string, limits: OsLimits): Promise<LimitGroup> {
    return new JobGroup(this.surroundings, limits);
  }

  async close(): Promise<void> {}
}

const canaryLimits = { cpu: 0.5, memory: 1 << 30, userTime: undefined, processes: 1, priority: PRIORITY_CLASS.NORMAL };

/**
 * Puts a process, which never runs, into a job, and closes the job: programs must not outlive the supervisor. On the way it shows what
 * the job keeps, and how a process' time is read here.
 */
async function prove(
  { win32, token, systemRoot, diesWithinMs = 5000 }: JobLimiterOptions,
  nested: boolean,
): Promise<{ kept: Kept; times: ProcessTimes }> {
  const job = new Job(win32);
  let canary: ChildProcess | undefined;
  try {
    const kept = applyLimits(job, { ...canaryLimits, processors: availableParallelism(), uiRestrictions: !nested });
    canary = createCanary(win32, token, job, systemRoot);
    canary.suspend();
    canary.resume();
    const times = chooseTimes(win32, canary.handle);
    job.close();
    for (let waited = 0; canary.exitCode() === undefined; waited += 5) {
      if (waited >= diesWithinMs) throw new LimitsError('UNAVAILABLE', 'a process outlives the job that it is in');
      await delay(5);
    }
    return { kept, times };
  } finally {
    job.close();
    canary?.abandon();
  }
}

function createCanary(win32: Win32, token: Handle, job: Job, systemRoot: string): ChildProcess {
  const nothing = openNull(win32);
  try {
    return ChildProcess.create(win32, {
      executable: process.execPath,
      args: [],
      environment: { SystemRoot: systemRoot },
      directory: systemRoot,
      token,
      job,
      stdio: [nothing, nothing, nothing],
    });
  } finally {
    win32.CloseHandle(nothing);
  }
}
