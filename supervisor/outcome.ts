/**
 * Why and how a program ended: decided once, first cause wins, never guessed from text.
 * `repyard run --outcome FILE` writes it as JSON; `Supervisor` resolves each program with it.
 */
export type EndReason =
  /** The main module and all threads ended. */
  | 'exited'
  /** The program called exitall(). */
  | 'exitall'
  /** An exception reached the top; `report` holds the text. */
  | 'uncaught'
  /** The static check refused the program; `report` holds construct and line. */
  | 'unsafe'
  /** A quota ended it; `limit` says which. */
  | 'limit'
  /** The operator stopped it. */
  | 'stopped'
  /** The process died of itself: a signal, a forbidden system call, a broken frame. */
  | 'crashed'
  /** It never ran: the host can't give what was promised, or a layer could not be set up. */
  | 'refused'
  /** The supervisor's side failed: zygote died, internal error. */
  | 'supervisor';

export interface LimitHit {
  /** A name of the resource table, for example `memory`. */
  readonly resource: string;
  /** In the resource's unit. */
  readonly allowed: number;
  readonly used: number;
  /**
   * From when the supervisor saw the limit crossed to when the process was gone. Absent when the kernel or the engine ended the
   * program in the act of crossing, and when there was no process any more.
   */
  readonly secondsToEnd?: number;
}

/** What a program used until its end. Units: seconds, bytes, counts. */
export interface Usage {
  readonly cpuSeconds: number;
  /** Time that the supervisor worked for it: charged to the same limit, on top of `cpuSeconds`. */
  readonly serviceSeconds: number;
  /** Time that the kernel or the poller kept it from running because of its cpu quota. */
  readonly throttledSeconds: number;
  readonly memoryBytes: number;
  readonly memoryPeakBytes: number;
  readonly processes: number;
  readonly diskBytes: number;
  /** Every resource of the table that the nanny tallies, by name: totals for rates, current use for counts. */
  readonly tallied: Readonly<Record<string, number>>;
}

export interface Enforcement {
  /** A resource, or (`weaker` only) a wall between programs. */
  readonly resource: string;
  /** For example `cgroup v1 memory`, `nanny`, `seccomp`. */
  readonly mechanism: string;
  /** `weaker`: kept by other means than with root, which `accuracy` names; no reason to refuse a program. */
  readonly state: 'enforced' | 'weaker' | 'polled' | 'not enforced';
  /** Stated accuracy in words and figures, for example `peak at most 1.02 of the limit`. */
  readonly accuracy: string;
}

/** Milliseconds since the program was accepted; `null` for a stage that was never reached. */
export interface Timings {
  /** Handed to a zygote. */
  readonly queued: number | null;
  readonly forked: number | null;
  readonly locked: number | null;
  readonly checked: number | null;
  readonly compiled: number | null;
  readonly firstInstruction: number | null;
  readonly ended: number;
}

export interface Outcome {
  readonly program: string;
  readonly reason: EndReason;
  readonly limit?: LimitHit;
  /** RepyV2's internal code, the exit status of `repyard run`. */
  readonly exitCode: number;
  readonly signal?: string;
  /** One sentence for people. */
  readonly message: string;
  /** The guest's error report or the checker's refusal, as RepyV2 prints it. Untrusted text, bounded. */
  readonly report?: string;
  readonly usage: Usage;
  readonly enforcement: readonly Enforcement[];
  readonly timings: Timings;
}

/** RepyV2's internal exit codes (harshexit.py), by reason; an uncaught exception in a thread is 30 instead of 6. */
export const exitCodes: Readonly<Record<EndReason, number>> = {
  exited: 0,
  exitall: 200,
  uncaught: 6,
  unsafe: 5,
  limit: 98,
  stopped: 44,
  crashed: 70,
  refused: 3,
  supervisor: 70,
};
