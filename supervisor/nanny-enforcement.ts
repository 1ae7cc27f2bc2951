import { type ExtendedLimits, extensions } from '../restrictions/extensions.js';
import { resources } from '../restrictions/resources.js';
import type { Enforcement } from './outcome.js';

/** What the limiter of the operating system keeps, and says so itself. */
const osResources: ReadonlySet<string> = new Set(['cpu', 'memory', 'cpuweight', 'memoryhigh']);

/** The lines of the outcome's enforcement report for all that the nanny and the broker keep: the same on every host. */
export function nannyEnforcement({ extensions: given = {} }: ExtendedLimits): Enforcement[] {
  const own = extensions.filter(({ name }) => given[name] !== undefined);
  return [...resources, ...own]
    .filter(({ name }) => !osResources.has(name))
    .map(({ name, enforcedBy, accuracy }) => ({
      resource: name,
      mechanism: enforcedBy.linux,
      state: 'enforced',
      accuracy,
    }));
}
