import { formatPythonNumber } from './python-numbers.js';
import { resources } from './resources.js';
import type { Restrictions } from './restrictions.js';

/**
 * Writes restrictions as a RepyV2 restrictions file, which RepyV2 and `parseRepyV2Text` read back as the same limits.
 * `allowDegraded` has no place in that format; a comment tells of it.
 */
export function formatRepyV2Text(restrictions: Restrictions): string {
  const lines: string[] = [];
  for (const { name } of resources) {
    if (name === 'messport' || name === 'connport') {
      for (const port of [...restrictions[name]].sort((a, b) => a - b)) lines.push(`resource ${name} ${port}`);
    } else {
      lines.push(`resource ${name} ${formatPythonNumber(restrictions.limits[name] ?? 0)}`);
    }
  }
  if (restrictions.allowDegraded) lines.push('# allowDegraded: a JSON policy is needed to say so');
  lines.push(...restrictions.calls);
  return `${lines.join('\n')}\n`;
}

/** The same as a JSON policy; rates without limit are `"unlimited"`. */
export function formatJsonPolicy(restrictions: Restrictions): string {
  const limits: Record<string, number | string | number[]> = {};
  for (const { name } of resources) {
    if (name === 'messport' || name === 'connport') {
      limits[name] = [...restrictions[name]].sort((a, b) => a - b);
    } else {
      const limit = restrictions.limits[name] ?? 0;
      limits[name] = limit === Number.POSITIVE_INFINITY ? 'unlimited' : limit;
    }
  }
  return `${JSON.stringify({ resources: limits, allowDegraded: restrictions.allowDegraded }, null, 2)}\n`;
}
