import type { Profile } from '../../restrictions/profile.js';
import type { ChildChannel } from '../channel.js';
import type { GroupDoor } from '../limits/limiter.js';

/** Everything that is decided before a child exists; nothing here says which program it will run. */
export interface LaunchRequest {
  /** The program's memory quota in bytes: chooses the zygote by memory class, and V8's limits. */
  readonly memory: number;
  /** Chooses the zygote, too, and with it the seccomp filter. Default `jit`. */
  readonly profile?: Profile;
  /** The child's own, used by no other live process; where the supervisor is an ordinary user, the supervisor's. */
  readonly uid: number;
  /** Default: the uid's number. */
  readonly gid?: number;
  readonly door: GroupDoor;
}

/** How the operating system saw a child end; facts only, the supervisor's `Ending` rule decides the reason. */
export interface ChildEnding {
  readonly exitCode: number | null;
  /** For example `SIGSYS`. */
  readonly signal: string | null;
  /** Set when V8 reached the heap limit of the memory class and ended the process by our handler. */
  readonly heapExhausted: boolean;
  /** Set when the child ended because its zygote did. */
  readonly zygoteDied: boolean;
  /** Set when locking failed: the step and errno. No guest code has run then. */
  readonly lockFailure?: string;
  /** What the kernel counted until it was reaped, its lock included; unknown when its zygote died. For hosts without cgroups. */
  readonly used?: { readonly cpuSeconds: number; readonly maxRssBytes: number };
}

/** A child that was forked from a zygote and locks itself. Its program is sent over `channel`, and read only once it is locked. */
export interface LaunchedChild {
  readonly pid: number;
  /** The supervisor's end of the channel; the launcher creates it, the session owns and destroys it. */
  readonly channel: ChildChannel;
  /** performance.now()-like milliseconds (CLOCK_MONOTONIC) when the request was sent and when fork returned in the zygote. */
  readonly requestedAt: number;
  readonly forkedAt: number;
  /** Resolves once the process is reaped. Never rejects. */
  readonly ended: Promise<ChildEnding>;
  /**
   * Has the engine keep to another memory quota from now on, and collect garbage if it's less. What enforces the quota is the child's
   * group: a child that takes no notice only loses by it. `mapped`: the quota that what it may map follows, larger as long as the garbage
   * isn't collected, since collecting takes memory too. Rejects with a LaunchError when the kernel refuses; no-op once reaped.
   * Absent where an engine's limits are fixed when it starts.
   */
  resize?(memory: number, mapped?: number): Promise<void>;
  /** Sends a signal through the zygote, its parent, so that a reused pid is never hit. No-op once reaped. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
}

/** Starts children. Restarts a zygote that died and recycles an old one; a recycled zygote stays until its last child ended. */
export interface Launcher {
  launch(request: LaunchRequest): Promise<LaunchedChild>;
  /** Starts the zygote for this memory class and profile now, so that the first launch needn't wait for it. */
  warm(memory: number, profile?: Profile): Promise<void>;
  /** Ends the zygotes; call when no child is left. Children that are left die with them. */
  close(): Promise<void>;
}
