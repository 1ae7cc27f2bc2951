import type { Restrictions } from '../restrictions/restrictions.js';
import type { HostSockets } from './broker/network/host-sockets.js';
import type { Launcher } from './launch/launcher.js';
import type { Identities } from './limits/identities.js';
import type { Limiter } from './limits/limiter.js';
import type { UsagePoller } from './limits/poller.js';
import type { Platform } from './platform/platform.js';

/** What the supervisor lends to each of its programs. */
export interface ProgramServices {
  readonly platform: Pick<Platform, 'kind' | 'layers' | 'openPlace' | 'setAffinity'>;
  readonly sockets: HostSockets;
  readonly limiter: Limiter;
  readonly launcher: Launcher;
  /** Whether the operator lets programs run where a limit is only polled. */
  readonly allowDegraded: boolean;
  readonly identities: Identities;
  readonly poller: Pick<UsagePoller, 'add' | 'delete'>;
  /** Why the host can't promise the program `id` these limits, beside what all others were promised; undefined when it can. */
  refusal(id: number, restrictions: Restrictions): string | undefined;
  /** Something went wrong that ends no program but that the operator should know. */
  warn(message: string): void;
}
