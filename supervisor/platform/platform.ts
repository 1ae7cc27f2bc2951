/**
 * What differs between operating systems, and all that does: nothing outside of this folder asks which system it runs on. Linux has
 * one path, and no other system's is ever taken there in its place: a layer that can't be set up is an error.
 */
import type { Language } from '../../protocol/messages.js';
import type { EnforcedBy } from '../../restrictions/resources.js';
import type { SocketNative } from '../../seccomp/native/addon.js';
import type { DirectoryPlace } from '../broker/place.js';
import type { Capacity } from '../host/capacity.js';
import type { Launcher } from '../launch/launcher.js';
import type { LimiterChoice } from '../limits/choose-limiter.js';
import type { Limiter } from '../limits/limiter.js';
import type { YardSlot } from '../limits/yard-slot.js';
import type { Enforcement } from '../outcome.js';
import type { Naming } from './naming.js';

/** What may be set of any launcher; each heeds what it has a use for. */
export interface LaunchTuning {
  /** Path of the engine. Default: the pinned one. For tests: another version is another sandbox. */
  readonly engine?: string;
  /** Zygotes only: of all programs; no other is loaded then. Default: any. */
  readonly language?: Language | undefined;
  /** Zygotes only. */
  readonly recycleAfterForks?: number;
  readonly recycleAfterMinutes?: number;
  /** How long a process of the engine may take to load the runtime. */
  readonly startTimeoutMs?: number;
}

export interface Platform {
  /** The column of the resource table that says what enforces each limit here. */
  readonly kind: keyof EnforcedBy;
  /**
   * What confines programs on Linux and doesn't here, or in another way: lines of every outcome's enforcement report. One that isn't
   * `enforced` or `weaker` keeps programs from being run until the operator accepts it.
   */
  readonly layers: readonly Enforcement[];
  /** Signals by which an operator ends a command. */
  readonly stopSignals: readonly NodeJS.Signals[];
  /** Of files that the operator names; a program's own are the place's to judge. */
  readonly naming: Naming;
  /** Path of the pinned engine. Throws when it isn't installed. */
  enginePath(): string;
  /** Tells this supervisor apart from others on the host. Throws when it can't be. */
  claimSlot(): YardSlot;
  /** The best limiter of this host. Rejects when programs couldn't even be watched. */
  openLimiter(slot: YardSlot, choice: LimiterChoice): Promise<Limiter>;
  /** Starts nothing before it is asked. */
  createLauncher(tuning: LaunchTuning): Launcher;
  /** What there is for all programs together. */
  readCapacity(): Promise<Capacity>;
  /** Holds a process to these processors, all if undefined. Rejects unless it is. */
  setAffinity(pid: number, processors: readonly number[] | undefined): Promise<void>;
  /** Opens a program's directory. */
  openPlace(path: string): Promise<DirectoryPlace>;
  /** Loaded with the first use. Throws when this system has none. */
  sockets(): SocketNative;
}
