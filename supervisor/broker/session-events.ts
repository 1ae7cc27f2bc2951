import type { EndMessage, StartedMessage } from '../../protocol/messages.js';
import { ProtocolViolation } from '../../protocol/violation.js';
import { LimitFault } from '../nanny/faults.js';
import type { LimitHit } from '../outcome.js';

/** Called at most once each; nothing is called after `close`. */
export interface SessionEvents {
  onStarted(times: StartedMessage): void;
  /** The child's last word; it exits by itself. */
  onEnd(end: EndMessage): void;
  /** The child broke the protocol: the owner kills it. Nothing more of it is served. */
  onViolation(reason: string): void;
  /** The program met a limit that ends it: the owner kills it. Nothing more of it is served. */
  onResourceFault(limit: LimitHit): void;
  /** The supervisor's own side failed: a full disk, a broken log. Nothing more is served. */
  onInternalError(reason: string): void;
}

/** Tells the owner of what condemned the child, by its kind. */
export function tellFault(events: SessionEvents, error: unknown): void {
  if (error instanceof ProtocolViolation) events.onViolation(error.message);
  else if (error instanceof LimitFault) events.onResourceFault(error.limit);
  else events.onInternalError(error instanceof Error ? error.message : String(error));
}
