import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The TypeScript face of `probe.node`, which `repyard doctor` tries system calls with, from a locked canary. */
export interface Probe {
  /** Makes the system call; returns its result, or the errno negated. A string, at most 63 bytes, is passed as its address. */
  call(number: number, ...args: readonly (number | string)[]): number;
}

export const probePath = fileURLToPath(new URL('./probe.node', import.meta.url));

export function loadProbe(): Probe {
  return createRequire(import.meta.url)(probePath) as Probe;
}
