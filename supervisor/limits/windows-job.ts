/**
 * Windows: a job object for each program. What of a limit reads back, Windows keeps; the poller keeps processor time and memory where
 * it doesn't (Wine, hosts whose schedulers know no rate), by suspending and ending as `polling.ts` does.
 */
import type { Enforcement } from '../outcome.js';
import { ERROR, JOB_OBJECT_MSG, STATUS_QUOTA_EXCEEDED } from '../platform/windows/constants.js';
import { Job } from '../platform/windows/job.js';
import { applyLimits, type JobLimits, type Kept, priorityOf } from '../platform/windows/job-limits.js';
import type { ChildProcess } from '../platform/windows/process.js';
import { committedBytes, type ProcessTimes, tick } from '../platform/windows/process-meter.js';
import type { Win32 } from '../platform/windows/win32.js';
import { LimitsError } from './errors.js';
import type { AttachedChild, GroupDoor, GroupUsage, LimitGroup, OsLimits } from './limiter.js';
import { PolledGroup } from './polling.js';
import type { ProcessMeter } from './process-files.js';
import { jobEnforcement } from './windows-enforcement.js';

/** How the starter puts a program's process into its job. */
export interface JobDoor {
  readonly job: Job;
  /** Call once the process is in it and before it is attached; the group doesn't close it. */
  entered(process: ChildProcess): void;
}

/** What all jobs of a supervisor have in common. */
export interface JobSurroundings {
  readonly win32: Win32;
  readonly times: ProcessTimes;
  readonly processors: number;
  /** Whether the supervisor is in a job itself. */
  readonly nested: boolean;
  /** Whether processor time and memory are left to the poller. */
  readonly pollOnly: boolean;
}

/**
 * Bytes that the engine may take before it is ready to be told its program: then the limit is set to what it takes plus the program's own.
 */
const engineRoom = 1 << 30;
/** Seconds in user mode that it may use until then. */
const engineSeconds = 60;

const memoryMessages: readonly number[] = [JOB_OBJECT_MSG.PROCESS_MEMORY_LIMIT, JOB_OBJECT_MSG.JOB_MEMORY_LIMIT];

export class JobGroup implements LimitGroup {
  readonly door: GroupDoor;
  private readonly job: Job;
  private readonly polled: PolledGroup;
  private process: ChildProcess | undefined;
  private kept: Kept;
  /** Committed bytes of the engine alone. */
  private engine = engineRoom;
  private memoryHits = 0;
  /** Seconds that the job had used when its program began. */
  private before = 0;
  /** Of those in user mode. Until it begins, what the engine may use on top of the program's own. */
  private userBefore = engineSeconds;
  private timeReached = false;

  /** Throws WindowsError; nothing is left then. */
  constructor(
    private readonly surroundings: JobSurroundings,
    private limits: OsLimits,
  ) {
    this.job = new Job(surroundings.win32);
    try {
      this.job.listen();
      this.kept = applyLimits(this.job, this.jobLimits(limits));
    } catch (error) {
      this.job.close();
      throw error;
    }
    const entered = (process: ChildProcess): void => {
      this.process = process;
    };
    this.door = { joinFiles: [], job: { job: this.job, entered } };
    this.polled = new PolledGroup(this.polledLimits(limits), (pid) => this.meter(pid));
  }

  /** The engine has loaded and waits for its program: what it takes from now on is the program's. */
  attach(child: AttachedChild): void {
    const { process, surroundings } = this;
    if (process === undefined) throw new Error('attached a process that is not in the job');
    this.engine = committedBytes(surroundings.win32, process.handle);
    this.before = this.accountedSeconds();
    this.userBefore = this.userSeconds();
    this.apply(this.limits);
    this.polled.attach(child);
  }

  async change(limits: OsLimits): Promise<void> {
    this.hear();
    // It ended under the limits that were: others would tell of another end.
    if (this.timeReached)
      throw new LimitsError('LIMIT_REFUSED', 'the program is at its end: its processor time is used up');
    await this.polled.change(this.polledLimits(limits));
    try {
      this.apply(limits);
    } catch (error) {
      await this.polled.change(this.polledLimits(this.limits));
      throw error;
    }
    this.limits = limits;
  }

  usage(): GroupUsage {
    this.hear();
    const polled = this.polled.usage();
    // The job's own account goes to the very end of its processes. Wine keeps none.
    const cpuSeconds = Math.max(polled.cpuSeconds, this.accountedSeconds() - this.before);
    const usage = {
      ...polled,
      cpuSeconds,
      memoryKills: polled.memoryKills + this.memoryHits,
      cpuTimeReached: this.timeReached,
    };
    return this.memoryHits === 0 ? usage : { ...usage, memoryPeakBytes: this.peak(usage.memoryPeakBytes) };
  }

  async suspend(): Promise<void> {
    await this.polled.suspend();
  }

  async resume(): Promise<void> {
    await this.polled.resume();
  }

  enforcement(): readonly Enforcement[] {
    return jobEnforcement(this.kept, this.limits);
  }

  /** Closing the job ends whatever is left in it. */
  async remove(): Promise<void> {
    await this.polled.remove();
    this.job.close();
  }

  private hear(): void {
    const messages = this.job.messages();
    this.memoryHits += messages.filter((message) => memoryMessages.includes(message)).length;
    // No program has a way to ask for a process: one that does has broken out of its language.
    if (messages.includes(JOB_OBJECT_MSG.ACTIVE_PROCESS_LIMIT)) this.job.terminate(STATUS_QUOTA_EXCEEDED);
    this.timeReached ||= messages.includes(JOB_OBJECT_MSG.END_OF_JOB_TIME) || this.endedAtTotal();
  }

  /**
   * A job that ends its processes at their time, as ours does, is documented to send no message of it: they have this exit code, which
   * a program could give itself as well, but not the time that the job accounts.
   */
  private endedAtTotal(): boolean {
    const { cpuTime } = this.limits;
    if (cpuTime === undefined || this.kept.userTime !== undefined) return false;
    if (this.process?.exitCode() !== ERROR.NOT_ENOUGH_QUOTA) return false;
    return this.userSeconds() - this.userBefore >= cpuTime - tick;
  }

  /** A limit that was kept at first must be kept at its new value too: throws LimitsError LIMIT_REFUSED, with the old ones back. */
  private apply(limits: OsLimits): void {
    const now = applyLimits(this.job, this.jobLimits(limits));
    const names = (Object.keys(now) as (keyof Kept)[]).filter(
      (name) => name !== 'userTime' || limits.cpuTime !== undefined,
    );
    const lost = names.find((name) => this.kept[name] === undefined && now[name]);
    if (lost === undefined) {
      // The one limit that may come and go while a program runs.
      this.kept = { ...this.kept, userTime: now.userTime };
      return;
    }
    applyLimits(this.job, this.jobLimits(this.limits));
    throw new LimitsError('LIMIT_REFUSED', `the job's limits can't be changed: ${lost}: ${now[lost]}`);
  }

  private jobLimits({ cpu, memory, processes, cpuWeight, cpuTime }: OsLimits): JobLimits {
    const { processors, nested, pollOnly } = this.surroundings;
    const kept = pollOnly
      ? { cpu: undefined, memory: undefined, userTime: undefined }
      : { cpu, memory: this.engine + memory, userTime: this.userTimeLeft(cpuTime) };
    return { ...kept, processors, processes, priority: priorityOf(cpuWeight), uiRestrictions: !nested };
  }

  /** What Windows keeps, the poller needn't. */
  private polledLimits(limits: OsLimits): OsLimits {
    return this.kept.cpu === undefined ? { ...limits, cpu: Number.POSITIVE_INFINITY } : limits;
  }

  /** With every setting of its limits the job counts time anew: what was used is not to be had again. */
  private userTimeLeft(cpuTime: number | undefined): number | undefined {
    return cpuTime === undefined ? undefined : cpuTime - (this.userSeconds() - this.userBefore);
  }

  private userSeconds(): number {
    return this.job.get('BasicAccounting').TotalUserTime * tick;
  }

  private accountedSeconds(): number {
    const { TotalUserTime, TotalKernelTime } = this.job.get('BasicAccounting');
    return (TotalUserTime + TotalKernelTime) * tick;
  }

  /** The moment at the limit is one that polling misses. */
  private peak(polled: number): number {
    const { PeakJobMemoryUsed } = this.job.get('ExtendedLimit');
    return Math.max(polled, Math.min(PeakJobMemoryUsed - this.engine, this.limits.memory));
  }

  private meter(pid: number): ProcessMeter {
    const { process, engine } = this;
    const { win32, times } = this.surroundings;
    if (process === undefined) throw new Error('watched a process that is not in the job');
    const before = times.cpuSeconds(process.handle, pid) ?? 0;
    return {
      read() {
        if (process.exitCode() !== undefined) return undefined;
        const cpu = times.cpuSeconds(process.handle, pid);
        if (cpu === undefined) return undefined;
        const anonymousBytes = Math.max(0, committedBytes(win32, process.handle) - engine);
        return { cpuSeconds: cpu - before, anonymousBytes };
      },
      close() {},
    };
  }
}
