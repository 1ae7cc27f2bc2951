import { resources } from '../../restrictions/resources.js';
import type { Restrictions } from '../../restrictions/restrictions.js';

/** Restrictions with these limits and 0 for all others. */
export function restrict(limits: Record<string, number>, ports: Partial<Restrictions> = {}): Restrictions {
  const all: Record<string, number> = {};
  for (const { name, kind } of resources) if (kind !== 'port') all[name] = limits[name] ?? 0;
  return { limits: all, messport: new Set(), connport: new Set(), allowDegraded: false, calls: [], ...ports };
}
