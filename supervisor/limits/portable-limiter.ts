/** Limits where the system helps with nothing: processes are watched, stopped, continued and killed (`polling.ts`). */
import type { Enforcement } from '../outcome.js';
import type { Limiter, LimitGroup, OsLimits } from './limiter.js';
import { PolledGroup } from './polling.js';
import type { ProcessMeter } from './process-files.js';

export class PortableLimiter implements Limiter {
  readonly mechanism = 'SIGSTOP and SIGCONT';
  readonly lack = 'this system has no limits for groups of processes that Repyard knows';

  constructor(private readonly watch: (pid: number) => ProcessMeter) {}

  async create(_id: string, limits: OsLimits): Promise<LimitGroup> {
    return new PortableGroup(limits, this.watch);
  }

  async close(): Promise<void> {}
}

const processes: Enforcement = {
  resource: 'processes',
  mechanism: 'none',
  state: 'not enforced',
  accuracy: 'the language offers no way to make one; a program that breaks out of it can',
};

class PortableGroup extends PolledGroup {
  override enforcement(): readonly Enforcement[] {
    return super.enforcement().map((row) => (row.resource === 'processes' ? processes : row));
  }
}
