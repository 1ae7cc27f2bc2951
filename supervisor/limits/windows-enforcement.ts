/** What is said of a program's limits on Windows. */
import type { Enforcement } from '../outcome.js';
import type { Kept } from '../platform/windows/job-limits.js';
import type { OsLimits } from './limiter.js';

export function jobEnforcement(kept: Kept, { cpuWeight, memoryHigh, cpuTime }: OsLimits): Enforcement[] {
  return [
    kept.cpu === undefined
      ? row('cpu', 'job object CPU rate', 'enforced', 'a hard cap in parts of 10,000 of all processors')
      : row(
          'cpu',
          'NtSuspendProcess',
          'polled',
          `within 10 % of the limit over 10 seconds, because the job's CPU rate is not kept (${kept.cpu})`,
        ),
    kept.memory === undefined
      ? row(
          'memory',
          'job object memory',
          'enforced',
          'committed bytes on top of those of the engine before it has its program',
        )
      : row(
          'memory',
          'working set and TerminateJobObject',
          'polled',
          `ended within 0.1 s of passing the limit, because the job's limit is not kept (${kept.memory})`,
        ),
    rowOf('processes', 'job object active processes', 'exact: a second process is not made', kept.processes),
    rowOf(
      'user interface',
      'job object UI restrictions',
      'no clipboard, desktop, or handles of others',
      kept.userInterface,
    ),
    ...(cpuWeight === undefined
      ? []
      : [rowOf('cpuweight', 'job object priority class', 'three classes', kept.priority)]),
    // Where it isn't kept, the supervisor's own line says who counts.
    ...(cpuTime === undefined || kept.userTime !== undefined
      ? []
      : [
          row(
            'cputime',
            "the supervisor's clock and job object time",
            'enforced',
            'ended within 0.05 s of it, more when the host is busy; by the job at as much time in user mode alone',
          ),
        ]),
    ...(memoryHigh === undefined ? [] : [row('memoryhigh', 'none', 'not enforced', 'that takes cgroups')]),
  ];
}

function row(resource: string, mechanism: string, state: Enforcement['state'], accuracy: string): Enforcement {
  return { resource, mechanism, state, accuracy };
}

function rowOf(resource: string, mechanism: string, accuracy: string, lack: string | undefined): Enforcement {
  return lack === undefined
    ? row(resource, mechanism, 'enforced', accuracy)
    : row(resource, mechanism, 'not enforced', lack);
}
