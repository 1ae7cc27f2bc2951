import type { Launcher } from './launch/launcher.js';
import type { Limiter } from './limits/limiter.js';
import type { UsagePoller } from './limits/poller.js';

/** What the supervisor lends to each of its programs. */
export interface ProgramServices {
  readonly limiter: Limiter;
  readonly launcher: Launcher;
  readonly uids: { allocate(): number; release(uid: number): void };
  readonly poller: Pick<UsagePoller, 'add' | 'delete'>;
  /** Something went wrong that ends no program but that the operator should know. */
  warn(message: string): void;
}
