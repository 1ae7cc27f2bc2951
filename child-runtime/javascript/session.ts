/**
 * The one program of this process. The functions that guests see are made once in the zygote, frozen and shared by all
 * children; what differs between children is here.
 */
import { SoftSpace } from '../api/soft-space.js';
import type { Host } from '../host.js';
import { keepShape } from '../warm/shapes.js';
import { Requests } from './requests.js';
import { Timers } from './timers.js';

export interface Session {
  readonly host: Host;
  readonly requests: Requests;
  readonly timers: Timers;
  readonly softSpace: SoftSpace;
  /** What getruntime counts from, in the host's seconds. */
  readonly startedAt: number;
  /** RepyV2's events in use: threads that run, and the program's body until it is done. */
  liveThreads: number;
}

let current: Session | undefined;

export function beginSession(host: Host, startedAt: number): Session {
  current = keepShape({
    host,
    requests: new Requests(host),
    timers: new Timers(),
    softSpace: new SoftSpace(),
    startedAt,
    liveThreads: 1,
  });
  return current;
}

export function session(): Session {
  if (current === undefined) throw new Error('no program runs');
  return current;
}
