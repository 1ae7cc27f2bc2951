/** The supervisor's own errors, each with a code. A guest never sees them; the operator does. */
export type SupervisorErrorCode =
  /** The host can't give what the restrictions promise. */
  | 'ADMISSION'
  /** A layer of the lock or the limits can't be set up on this host. */
  | 'HOST'
  /** A start request that is none: a field is missing, or of another kind. */
  | 'START'
  /** New limits for a running program that can't be set; the old ones hold. */
  | 'LIMITS'
  /** Used after close(). */
  | 'CLOSED';

export class SupervisorError extends Error {
  constructor(
    readonly code: SupervisorErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SupervisorError';
  }
}

/** The message of anything thrown, for people. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
