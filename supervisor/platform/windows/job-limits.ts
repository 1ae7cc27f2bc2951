/**
 * A job's limits: what is asked for, and what of it reads back. Windows answers that a limit is set; some (Wine, and hosts with rules
 * of their own) answer so and keep nothing. So each is read back, and counts only if it is there.
 */
import { JOB_OBJECT_LIMIT, JOB_OBJECT_UILIMIT, PRIORITY_CLASS } from './constants.js';
import { WindowsError } from './errors.js';
import { hardCap, type Job } from './job.js';
import { tick } from './process-meter.js';
import type { Values } from './structures.js';

export interface JobLimits {
  /** Cores; undefined when Windows is not to hold it to them. */
  readonly cpu: number | undefined;
  readonly processors: number;
  /** Committed bytes of the whole process, engine included; undefined when Windows is not to hold it to them. */
  readonly memory: number | undefined;
  /** Seconds in user mode from now on, whatever was used before; undefined when Windows is not to end the job at a total. */
  readonly userTime: number | undefined;
  readonly processes: number;
  readonly priority: number;
  /** Windows takes UI restrictions from no job whose processes are in another one already: the supervisor's own, which they inherit. */
  readonly uiRestrictions: boolean;
}

/** Why a limit isn't there; undefined for one that is. */
export interface Kept {
  readonly killOnClose: string | undefined;
  readonly cpu: string | undefined;
  readonly memory: string | undefined;
  readonly userTime: string | undefined;
  readonly processes: string | undefined;
  readonly priority: string | undefined;
  readonly dieOnException: string | undefined;
  readonly userInterface: string | undefined;
}

const allUiLimits = Object.values(JOB_OBJECT_UILIMIT).reduce((all, limit) => all | limit, 0);
const unasked = 'only polling is wanted';
const untimed = 'no total is wanted of it';
const silent = 'it was accepted, but does not read back';

/** Windows counts memory in these, and reads a limit back rounded down to them. */
const page = 4096;

/** Sets all limits on the job and says which are there. Never throws: a limit that can't be set has its reason in the answer. */
export function applyLimits(job: Job, asked: JobLimits): Kept {
  const memory = asked.memory === undefined ? undefined : Math.floor(asked.memory / page) * page;
  const limits = { ...asked, memory };
  return { ...applyExtended(job, limits), ...applyCpu(job, limits), ...applyUi(job, limits) };
}

/** The bytes for class ExtendedLimit. No BREAKAWAY flag is among them: what a program starts stays in its job. */
export function extendedLimits(limits: JobLimits): Values<'JOBOBJECT_EXTENDED_LIMIT_INFORMATION'> {
  const { memory, userTime } = limits;
  return {
    BasicLimitInformation: {
      ...(userTime === undefined ? {} : { PerJobUserTimeLimit: ticksOf(userTime) }),
      LimitFlags: flagsOf(limits),
      ActiveProcessLimit: limits.processes,
      PriorityClass: limits.priority,
    },
    ...(memory === undefined ? {} : { ProcessMemoryLimit: memory, JobMemoryLimit: memory }),
  };
}

/** At least one: a limit of 0 is not documented, and what is used up ends at the next look. At most fourteen years. */
function ticksOf(seconds: number): number {
  return Math.min(Math.max(1, Math.ceil(seconds / tick)), 2 ** 52);
}

function flagsOf({ memory, userTime }: JobLimits): number {
  const { KILL_ON_JOB_CLOSE, ACTIVE_PROCESS, PRIORITY_CLASS, DIE_ON_UNHANDLED_EXCEPTION } = JOB_OBJECT_LIMIT;
  const always = KILL_ON_JOB_CLOSE | ACTIVE_PROCESS | PRIORITY_CLASS | DIE_ON_UNHANDLED_EXCEPTION;
  const memoryFlags = memory === undefined ? 0 : JOB_OBJECT_LIMIT.PROCESS_MEMORY | JOB_OBJECT_LIMIT.JOB_MEMORY;
  return always | memoryFlags | (userTime === undefined ? 0 : JOB_OBJECT_LIMIT.JOB_TIME);
}

function applyExtended(job: Job, limits: JobLimits): Omit<Kept, 'cpu' | 'userInterface'> {
  try {
    job.set('ExtendedLimit', extendedLimits(limits));
    const { BasicLimitInformation: basic, ...read } = job.get('ExtendedLimit');
    const has = (flag: number, same: boolean) => ((basic.LimitFlags & flag) === flag && same ? undefined : silent);
    const memoryFlags = JOB_OBJECT_LIMIT.PROCESS_MEMORY | JOB_OBJECT_LIMIT.JOB_MEMORY;
    const sameMemory = read.ProcessMemoryLimit === limits.memory && read.JobMemoryLimit === limits.memory;
    return {
      killOnClose: has(JOB_OBJECT_LIMIT.KILL_ON_JOB_CLOSE, true),
      processes: has(JOB_OBJECT_LIMIT.ACTIVE_PROCESS, basic.ActiveProcessLimit === limits.processes),
      priority: has(JOB_OBJECT_LIMIT.PRIORITY_CLASS, basic.PriorityClass === limits.priority),
      dieOnException: has(JOB_OBJECT_LIMIT.DIE_ON_UNHANDLED_EXCEPTION, true),
      memory: limits.memory === undefined ? unasked : has(memoryFlags, sameMemory),
      userTime:
        limits.userTime === undefined
          ? untimed
          : has(JOB_OBJECT_LIMIT.JOB_TIME, isTime(job, basic.PerJobUserTimeLimit, limits.userTime)),
    };
  } catch (error) {
    const why = reasonOf(error);
    const userTime = limits.userTime === undefined ? untimed : why;
    return { killOnClose: why, processes: why, priority: why, dieOnException: why, memory: why, userTime };
  }
}

/** To a new limit Windows adds what the job's processes have used, as it documents; whether that reads back too, it doesn't. */
function isTime(job: Job, read: number, seconds: number): boolean {
  const least = ticksOf(seconds);
  return read >= least && read <= least + job.get('BasicAccounting').TotalUserTime;
}

function applyCpu(job: Job, { cpu, processors }: JobLimits): Pick<Kept, 'cpu'> {
  if (cpu === undefined) return { cpu: unasked };
  const wanted = hardCap(cpu, processors);
  try {
    job.set('CpuRateControl', wanted);
    const read = job.get('CpuRateControl');
    const same = read.ControlFlags === wanted.ControlFlags && read.CpuRate === wanted.CpuRate;
    return { cpu: same ? undefined : silent };
  } catch (error) {
    return { cpu: reasonOf(error) };
  }
}

function applyUi(job: Job, { uiRestrictions }: JobLimits): Pick<Kept, 'userInterface'> {
  if (!uiRestrictions)
    return { userInterface: 'the supervisor runs in a job of its own, and jobs with it do not nest' };
  try {
    job.set('BasicUIRestrictions', { UIRestrictionsClass: allUiLimits });
    const { UIRestrictionsClass } = job.get('BasicUIRestrictions');
    return { userInterface: UIRestrictionsClass === allUiLimits ? undefined : silent };
  } catch (error) {
    return { userInterface: reasonOf(error) };
  }
}

/** An error that isn't Windows' own is a defect of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof WindowsError) return error.message;
  throw error;
}

/** A program's priority class: a weight below the usual 100 gives way to others. */
export function priorityOf(weight: number | undefined): number {
  if (weight === undefined || weight === 100) return PRIORITY_CLASS.NORMAL;
  return weight < 50 ? PRIORITY_CLASS.IDLE : weight < 100 ? PRIORITY_CLASS.BELOW_NORMAL : PRIORITY_CLASS.NORMAL;
}
