/** What can go wrong with OS limits, each with a code. */
export type LimitsErrorCode =
  /** The host lacks a mechanism, or it doesn't work here; the message says which and how to fix it. */
  | 'UNAVAILABLE'
  /** A limit's value is outside of what the mechanism can enforce, or the kernel refused it. */
  | 'LIMIT_REFUSED'
  /** Processes are left that could not be killed in time. */
  | 'NOT_EMPTY'
  /** All slots, or all uids of the slot, are taken. */
  | 'EXHAUSTED';

export class LimitsError extends Error {
  constructor(
    readonly code: LimitsErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LimitsError';
  }
}

/** The errno's name of a failed system call, for example `EBUSY`. */
export function errnoOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}
