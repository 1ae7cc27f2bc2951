/** The program that this process runs: one per child. */

import { SoftSpace } from '../../api/soft-space.js';
import type { Host } from '../../host.js';
import type { Scheduler } from '../scheduler/scheduler.js';

export interface Session {
  readonly host: Host;
  readonly scheduler: Scheduler;
  /** CLOCK_MONOTONIC seconds that getruntime() counts from. */
  readonly startedAt: number;
  readonly softSpace: SoftSpace;
  /** Threads that createthread() has made so far. */
  threadsMade: number;
  /** Whether main still runs, and so holds an event. */
  mainRuns: boolean;
}

let running: Session | undefined;

export function beginSession(options: Pick<Session, 'host' | 'scheduler' | 'startedAt'>): Session {
  running = { ...options, softSpace: new SoftSpace(), threadsMade: 0, mainRuns: true };
  return running;
}

export function session(): Session {
  if (running === undefined) throw new Error('no program is running');
  return running;
}
