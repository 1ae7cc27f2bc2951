import { writeNetwork } from './network-policy.js';
import { formatPythonNumber } from './python-numbers.js';
import { resources } from './resources.js';
import type { Restrictions } from './restrictions.js';

/**
 * Writes restrictions as a RepyV2 restrictions file, which RepyV2 and `parseRepyV2Text` read back as the same limits.
 * `allowDegraded`, `profile` and `network` have no place in that format; comments tell of them.
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
  for (const what of beyondRepyV2(restrictions)) lines.push(`# ${what}: a JSON policy is needed to say so`);
  if (restrictions.allowDegraded) lines.push('# allowDegraded: a JSON policy is needed to say so');
  if (restrictions.profile !== undefined)
    lines.push(`# profile ${restrictions.profile}: a JSON policy is needed to say so`);
  if (restrictions.network !== undefined) lines.push('# network: a JSON policy is needed to say more than ports');
  lines.push(...restrictions.calls);
  return `${lines.join('\n')}\n`;
}

/** The same as a JSON policy; rates without limit are `"unlimited"`. Throws RangeError for the network rules of several policies. */
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
  const { allowDegraded, extensions, cpuset, atLimit, profile } = restrictions;
  const given = { ...limits, ...extensions, ...(cpuset === undefined ? {} : { cpuset }) };
  const actions = atLimit === undefined ? {} : { atLimit };
  const network = restrictions.network === undefined ? {} : { network: writeNetwork(restrictions.network) };
  return `${JSON.stringify({ resources: given, ...actions, ...network, profile, allowDegraded }, null, 2)}\n`;
}

function beyondRepyV2({ extensions = {}, cpuset, atLimit = {} }: Restrictions): string[] {
  return [
    ...Object.entries(extensions).map(([name, limit]) => `${name} ${limit}`),
    ...(cpuset === undefined ? [] : [`cpuset ${cpuset.join(',')}`]),
    ...Object.entries(atLimit).map(([name, action]) => `at the limit of ${name}: ${action}`),
  ];
}
