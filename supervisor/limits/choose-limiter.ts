import { messageOf } from '../errors.js';
import { detectLimiter } from './detect.js';
import { LimitsError } from './errors.js';
import type { Limiter } from './limiter.js';
import { PollingLimiter } from './polling.js';
import type { YardSlot } from './yard-slot.js';

/** `detect`: cgroups if they work here, polling otherwise. `polling`: as if there were no cgroups. */
export type LimiterChoice = 'detect' | 'polling';

/** The best limiter of this host. Its `lack` says what it falls short in; whether that will do, each program's operator decides. */
export async function chooseLimiter(slot: YardSlot, choice: LimiterChoice): Promise<Limiter> {
  if (choice === 'polling') return PollingLimiter.open('cgroups are not to be used');
  try {
    return await detectLimiter(slot);
  } catch (error) {
    if (!(error instanceof LimitsError) || error.code === 'EXHAUSTED') throw error;
    return PollingLimiter.open(messageOf(error));
  }
}
