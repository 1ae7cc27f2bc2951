/**
 * Decides why a program ended. First cause wins: whatever condemned the program before its process went is the reason;
 * otherwise the child's own `end` message; otherwise what the operating system saw. Nothing is guessed from text.
 */
import type { EndMessage } from '../protocol/messages.js';
import type { Restrictions } from '../restrictions/restrictions.js';
import type { ChildEnding } from './launch/launcher.js';
import type { GroupUsage } from './limits/limiter.js';
import { type EndReason, exitCodes, type LimitHit, type Usage } from './outcome.js';

/** Why, in the terms of the outcome, without what only the final bookkeeping knows. */
export interface Cause {
  readonly reason: EndReason;
  readonly message: string;
  readonly limit?: LimitHit;
  /** RepyV2's internal code where it isn't the reason's own. */
  readonly exitCode?: number;
  readonly report?: string;
}

type PlainEnd = Exclude<EndMessage['reason'], 'memory' | 'events'>;

const messages: Readonly<Record<PlainEnd, string>> = {
  exited: 'the program ran to its end',
  exitall: 'the program called exitall()',
  uncaught: 'an exception was not caught',
  unsafe: 'the static safety check refused the program',
};

/** The cause that the child's last message gives. The exit code is the child's only among those that RepyV2 knows for the reason. */
export function causeOfEndMessage(
  end: EndMessage,
  memory: { readonly allowed: number; readonly peak: number },
  events = 0,
): Cause {
  const report = end.report === '' ? {} : { report: end.report };
  if (end.reason === 'memory') {
    return {
      ...memoryLimitCause(memory.allowed, memory.peak, 'an allocation that would pass it was refused'),
      ...report,
    };
  }
  if (end.reason === 'events') return limitCause({ resource: 'events', allowed: events, used: events + 1 });
  const known = end.reason === 'uncaught' ? [6, 30, 4, 3] : end.reason === 'exited' ? [0, 4] : [];
  return {
    reason: end.reason,
    message: messages[end.reason],
    exitCode: known.includes(end.exitCode) ? end.exitCode : exitCodes[end.reason],
    ...report,
  };
}

/** For a limit that the program would have passed, or that the supervisor saw it pass. */
export function limitCause(limit: LimitHit): Cause {
  return { reason: 'limit', limit, message: `${limit.resource}: ${limitWords(limit)}` };
}

function limitWords({ resource, allowed, used }: LimitHit): string {
  // The call that was refused for it is charged nothing: there is no use to tell of.
  if (allowed === 0 && used === 0) return 'its limit is 0, so nothing that costs some can be done';
  const rounded = Math.round(used * 1000) / 1000;
  const isTime = resource === 'cputime' || resource === 'walltime';
  return isTime ? `${rounded} of ${allowed} seconds used` : `would use ${rounded} of ${allowed}`;
}

export function memoryLimitCause(allowed: number, used: number, how: string): Cause {
  return {
    reason: 'limit',
    limit: { resource: 'memory', allowed, used },
    message: `memory: ${used} of ${allowed} bytes used; ${how}`,
  };
}

/** What a program may use, and the processor time that it used, in seconds, the supervisor's work for it included. */
interface Account {
  readonly memoryAllowed: number;
  readonly cpuTimeAllowed: number;
  readonly cpuTime: number;
}

export function accountOf(
  { limits, extensions }: Restrictions,
  { cpuSeconds, serviceSeconds }: Pick<Usage, 'cpuSeconds' | 'serviceSeconds'>,
): Account {
  const cpuTimeAllowed = extensions?.cputime ?? Number.POSITIVE_INFINITY;
  return { memoryAllowed: limits.memory ?? 0, cpuTimeAllowed, cpuTime: cpuSeconds + serviceSeconds };
}

export function cpuTimeLimitCause({ cpuTimeAllowed: allowed, cpuTime: used }: Account): Cause {
  return {
    reason: 'limit',
    limit: { resource: 'cputime', allowed, used },
    message: `cputime: ${used} of ${allowed} seconds used; ended by the system at the limit`,
  };
}

/** The cause when nothing was decided before the process was reaped. */
export function causeOfProcessEnd(ending: ChildEnding, usage: GroupUsage | undefined, account: Account): Cause {
  const { memoryAllowed } = account;
  if (ending.lockFailure !== undefined) {
    return { reason: 'refused', message: `the child could not be locked: ${ending.lockFailure}` };
  }
  if (ending.zygoteDied) return { reason: 'supervisor', message: 'the zygote that the child was forked from died' };
  const peak = usage?.memoryPeakBytes ?? 0;
  if ((usage?.memoryKills ?? 0) > 0) return memoryLimitCause(memoryAllowed, peak, 'killed at the limit');
  if (usage?.cpuTimeReached) return cpuTimeLimitCause(account);
  if (ending.heapExhausted) return memoryLimitCause(memoryAllowed, peak, "the engine's heap for this limit was full");
  if (ending.signal === 'SIGSYS') return { reason: 'crashed', message: 'killed by seccomp: a forbidden system call' };
  if (ending.signal !== null) return { reason: 'crashed', message: `the process was ended by ${ending.signal}` };
  return { reason: 'crashed', message: `the process exited with ${ending.exitCode} without saying why` };
}
