import { type ExtendedLimits, extensions } from '../restrictions/extensions.js';
import { type EnforcedBy, resources } from '../restrictions/resources.js';
import type { Enforcement } from './outcome.js';

/** What the limiter of the operating system keeps, and says so itself. */
const osResources: ReadonlySet<string> = new Set(['cpu', 'memory', 'cpuweight', 'memoryhigh']);

/** The lines of the outcome's enforcement report for all that the nanny and the broker keep. `kind`: the column that says by what. */
export function nannyEnforcement(kind: keyof EnforcedBy, { extensions: given = {} }: ExtendedLimits): Enforcement[] {
  const own = extensions.filter(({ name }) => given[name] !== undefined);
  return [...resources, ...own]
    .filter(({ name }) => !osResources.has(name))
    .map(({ name, enforcedBy, accuracy }) => ({
      resource: name,
      mechanism: enforcedBy[kind],
      state: 'enforced',
      accuracy,
    }));
}
