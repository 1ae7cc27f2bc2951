import type { Enforcement } from '../outcome.js';
import type { JobDoor } from './windows-job.js';

/** The limits that the operating system keeps; the nanny keeps the others. */
export interface OsLimits {
  /** Cores, for example 0.25; may exceed the host's number of cores. Always > 0. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Processes and threads together; 1 for every guest. */
  readonly processes: number;
  /** Of 100, from 1 to 10000: the part of a contended processor. */
  readonly cpuWeight?: number;
  /** Bytes above which the program is slowed down. */
  readonly memoryHigh?: number;
  /**
   * Seconds of processor time in all. The supervisor counts them everywhere (`totals.ts`); a limiter whose kernel knows such a total
   * sets it too, as a second wall that stands while the supervisor is held up. The others ignore it.
   */
  readonly cpuTime?: number;
}

export interface GroupUsage {
  readonly cpuSeconds: number;
  readonly throttledSeconds: number;
  readonly memoryBytes: number;
  readonly memoryPeakBytes: number;
  readonly processes: number;
  /** How often the kernel killed a process of the group for want of memory. */
  readonly memoryKills: number;
  /** Whether the kernel ended the program at its total of processor time. */
  readonly cpuTimeReached?: boolean;
}

export const noUsage: GroupUsage = {
  cpuSeconds: 0,
  throttledSeconds: 0,
  memoryBytes: 0,
  memoryPeakBytes: 0,
  processes: 0,
  memoryKills: 0,
};

/**
 * How a newly forked process gets into its group before it is locked.
 * cgroup v2: `cloneInto` is a descriptor of the group's directory, for CLONE_INTO_CGROUP.
 * cgroup v1: the child writes "0" to each of `joinFiles`, descriptors of the groups' `tasks` files. Measured: 8 to 30 us
 * each, where `cgroup.procs` takes 7 ms, because a thread that moves itself needs no global lock.
 * What it holds stays the group's, and is closed by `remove`.
 */
export interface GroupDoor {
  readonly cloneInto?: number;
  readonly joinFiles: readonly number[];
  /** Windows: the job object, as the platform's `ProcessStarter` takes it. */
  readonly job?: JobDoor;
}

/** The program's process, for limiters that watch it. */
export interface AttachedChild {
  readonly pid: number;
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
}

/** The OS limits of one program. Created before the fork, removed after the process was reaped. */
export interface LimitGroup {
  readonly door: GroupDoor;
  /** Call once, as soon as the process exists. */
  attach(child: AttachedChild): void;
  /** Sets new limits on the running program, all or none. Rejects when one can't be set. */
  change(limits: OsLimits): Promise<void>;
  /**
   * Cheap enough for a poller: a few reads from files that stay open. At a `glance` one read will do for a program that has used no
   * processor time since the last reading.
   */
  usage(glance?: boolean): GroupUsage;
  suspend(): Promise<void>;
  resume(): Promise<void>;
  /** What is enforced and how; part of the outcome. */
  enforcement(): readonly Enforcement[];
  /** Kills what is left in the group, waits for it to be empty (bounded), closes descriptors, removes directories. Idempotent. */
  remove(): Promise<void>;
}

/** One per supervisor. `create` rejects if a limit can't be enforced: a program then doesn't run. */
export interface Limiter {
  readonly mechanism: string;
  /** Why it can only poll; undefined when the kernel keeps the limits. */
  readonly lack?: string;
  create(id: string, limits: OsLimits): Promise<LimitGroup>;
  /** Removes the supervisor's own parent group. Called when no program is left. */
  close(): Promise<void>;
}
