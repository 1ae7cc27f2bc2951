/**
 * Whether the test runs in the throw-away machine of `test/vm/`, and as whom. There system calls cost twenty times as much, time is
 * counted in steps of 10 ms, and one processor is shared with the host: tolerances of time are wider.
 */
export const virtual: 'root' | 'user' | undefined =
  process.env.REPYARD_VM === 'root' || process.env.REPYARD_VM === 'user' ? process.env.REPYARD_VM : undefined;
