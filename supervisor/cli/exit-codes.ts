/** RepyV2's code for a wrong command line, an unreadable program, and `--help`. */
export const usageExitCode = 4;
/** RepyV2's code for a failure in set-up. */
export const setupExitCode = 3;
/** `repyard up`: a program did not end as expected. */
export const unexpectedExitCode = 1;
/** Ours to be ashamed of. */
export const internalExitCode = 70;
