/**
 * The life cycle of one program as a table: state x event -> next state and what to do on entering it.
 *
 *     queued -> preparing -> forking -> starting -> running -> ending -> releasing -> ended
 *
 * An event that a state doesn't list can't happen there, or no longer matters (a second stop, a started after the kill),
 * and is ignored. Whatever happens, a program that left `queued` passes through `releasing`: that is where everything it
 * held is given back.
 */
export type State =
  /** Accepted; waits for its turn to start. */
  | 'queued'
  /** Its directory, uid and limit group are being made. */
  | 'preparing'
  /** A zygote has been asked for a child. */
  | 'forking'
  /** Condemned while `preparing` or `forking` was under way: waits for that to finish. */
  | 'abandoning'
  /** The child exists; it locks itself, checks and compiles the program. */
  | 'starting'
  | 'running'
  /** Its end is decided; the process has not been reaped yet. */
  | 'ending'
  /** The process is gone; what it held is given back. */
  | 'releasing'
  | 'ended';

export type LifeEvent =
  | 'turn'
  | 'prepared'
  | 'forked'
  /** Preparing or forking failed. */
  | 'failed'
  | 'started'
  /** The child sent its `end` message. */
  | 'finished'
  /** A limit, a stop, a violation: the program must not go on. */
  | 'condemned'
  | 'reaped'
  | 'released';

export type Action = 'prepare' | 'fork' | 'serve' | 'await exit' | 'kill' | 'release' | 'conclude';

export interface Transition {
  readonly to: State;
  readonly action?: Action;
}

export const lifeCycle: Readonly<Record<State, Readonly<Partial<Record<LifeEvent, Transition>>>>> = {
  queued: {
    turn: { to: 'preparing', action: 'prepare' },
    condemned: { to: 'releasing', action: 'release' },
  },
  preparing: {
    prepared: { to: 'forking', action: 'fork' },
    failed: { to: 'releasing', action: 'release' },
    condemned: { to: 'abandoning' },
  },
  forking: {
    forked: { to: 'starting', action: 'serve' },
    failed: { to: 'releasing', action: 'release' },
    condemned: { to: 'abandoning' },
  },
  abandoning: {
    prepared: { to: 'releasing', action: 'release' },
    forked: { to: 'ending', action: 'kill' },
    failed: { to: 'releasing', action: 'release' },
  },
  starting: {
    started: { to: 'running' },
    finished: { to: 'ending', action: 'await exit' },
    condemned: { to: 'ending', action: 'kill' },
    reaped: { to: 'releasing', action: 'release' },
  },
  running: {
    finished: { to: 'ending', action: 'await exit' },
    condemned: { to: 'ending', action: 'kill' },
    reaped: { to: 'releasing', action: 'release' },
  },
  ending: {
    condemned: { to: 'ending', action: 'kill' },
    reaped: { to: 'releasing', action: 'release' },
  },
  releasing: {
    released: { to: 'ended', action: 'conclude' },
  },
  ended: {},
};

/** The transition for `event` in `state`, or undefined if it is ignored there. */
export function transition(state: State, event: LifeEvent): Transition | undefined {
  return lifeCycle[state][event];
}
