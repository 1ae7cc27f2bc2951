/** What the commands need of a `Supervisor`, so that they can be tried against another. */
import type { State } from '../life-cycle.js';
import type { Program, ProgramSpec } from '../program.js';
import type { SupervisorOptions } from '../supervisor.js';

export interface RunningProgram extends Pick<Program, 'outcome' | 'state' | 'status' | 'stop'> {
  on(event: 'state', listener: (state: State) => void): unknown;
}

export interface ProgramHost {
  start(spec: ProgramSpec): Promise<RunningProgram>;
  close(): Promise<void>;
}

export type HostOptions = Pick<SupervisorOptions, 'allowDegraded' | 'only'>;

/** How a command meets the world. */
export interface Surroundings {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** `warn` is called for what ends no program but should be known. Rejects when the host can't confine programs. */
  openHost(warn: (message: string) => void, options?: HostOptions): Promise<ProgramHost>;
  /** Calls `handler` with the reason when the operator wants an end: a signal of the platform's `stopSignals`, a reader that closed our output. Until the
   * function that it returns is called. */
  onStop(handler: (why: string) => void): () => void;
}
