import type { Outcome } from '../outcome.js';

/** The outcome of a program that never reached a supervisor: its files or its restrictions are not usable. */
export function refusal(program: string, message: string, exitCode: number): Outcome {
  return {
    program,
    reason: 'refused',
    exitCode,
    message,
    usage: {
      cpuSeconds: 0,
      serviceSeconds: 0,
      throttledSeconds: 0,
      memoryBytes: 0,
      memoryPeakBytes: 0,
      processes: 0,
      diskBytes: 0,
      tallied: {},
    },
    enforcement: [],
    timings: {
      queued: null,
      forked: null,
      locked: null,
      checked: null,
      compiled: null,
      firstInstruction: null,
      ended: 0,
    },
  };
}
