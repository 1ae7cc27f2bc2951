import { loadNative, reservedExitCodes } from '../../seccomp/native/addon.js';
import type { ChildEnding } from './launcher.js';
import type { Reply } from './wire.js';

/** The facts of an `ended` reply. The lock's state comes from memory that a locked child can't reach, not from its exit code. */
export function endingOf(reply: Reply): ChildEnding {
  const { exitCode, signal, lock } = reply;
  const locked = lock.state === 'done';
  return {
    exitCode,
    signal,
    heapExhausted: locked && exitCode === reservedExitCodes.heapExhausted,
    zygoteDied: false,
    used: { cpuSeconds: reply.cpuSeconds, maxRssBytes: reply.bytes },
    ...(locked ? {} : { lockFailure: lockFailure(reply) }),
  };
}

function lockFailure({ lock, error, signal, exitCode }: Reply): string {
  const step = loadNative().supervisor.lockSteps[lock.step] ?? `step ${lock.step}`;
  return `${step}: ${lock.state === 'failed' ? error : `ended by ${signal ?? `exit code ${exitCode}`}`}`;
}

/** How a child ends whose zygote has gone: by the kernel's parent-death signal. */
export const endingWithZygote: ChildEnding = {
  exitCode: null,
  signal: 'SIGKILL',
  heapExhausted: false,
  zygoteDied: true,
};
