/** What of a program's restrictions the operating system keeps, and what is said about the whole of them. */
import type { Restrictions } from '../restrictions/restrictions.js';
import { SupervisorError } from './errors.js';
import { affinityEnforcement } from './limits/affinity.js';
import { smallestShare } from './limits/cpu-bandwidth.js';
import type { LimitGroup, OsLimits } from './limits/limiter.js';
import { nannyEnforcement } from './nanny-enforcement.js';
import type { Enforcement } from './outcome.js';
import type { Platform } from './platform/platform.js';

/**
 * `charged`: cores that the supervisor's work for the program takes off its share. RepyV2's `cpu 10` on two cores means all that there
 * is; the limiter knows the cores.
 */
export function osLimits({ limits, extensions = {} }: Restrictions, charged = 0): OsLimits {
  const { cpu = 0, memory = 0 } = limits;
  const { cpuweight, memoryhigh, cputime } = extensions;
  return {
    cpu: Math.max(cpu - charged, Math.min(cpu, smallestShare)),
    memory,
    processes: 1,
    ...(cpuweight === undefined ? {} : { cpuWeight: cpuweight }),
    ...(memoryhigh === undefined ? {} : { memoryHigh: memoryhigh }),
    ...(cputime === undefined ? {} : { cpuTime: cputime }),
  };
}

/** What the group says of a resource stands instead of the nanny's line. */
export function enforcementOf(
  { kind, layers }: Pick<Platform, 'kind' | 'layers'>,
  group: LimitGroup,
  restrictions: Restrictions,
): Enforcement[] {
  const affinity = restrictions.cpuset === undefined ? [] : [affinityEnforcement];
  const kept = group.enforcement();
  const nanny = nannyEnforcement(kind, restrictions).filter(
    ({ resource }) => !kept.some((line) => line.resource === resource),
  );
  return [...layers, ...kept, ...affinity, ...nanny];
}

/**
 * What was promised must be kept. Throws SupervisorError HOST; `lack`: what the host's limiter falls short in, if it does. A wall that
 * is `weaker` refuses nothing: others make up for it.
 */
export function assertEnforced(enforcement: readonly Enforcement[], lack: string | undefined): void {
  const weak = enforcement.filter(({ state }) => state === 'polled' || state === 'not enforced');
  if (weak.length === 0) return;
  const what = weak.map(({ resource, state, accuracy }) => `${resource} is ${state} (${accuracy})`).join(', ');
  throw new SupervisorError(
    'HOST',
    `this host can't enforce all limits: ${what}${lack === undefined ? '' : `; ${lack}`}. To run it nevertheless, ` +
      '--allow-degraded or "allowDegraded": true in its policy',
  );
}
