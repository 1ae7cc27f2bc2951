import { ResourceMathError } from './errors.js';
import { intersectNetworks } from './network-rules.js';
import type { Profile } from './profile.js';
import { numericResources } from './resources.js';
import type { Restrictions } from './restrictions.js';

const portNames = ['messport', 'connport'] as const;

/**
 * What two programs may use together: the limits' sums, the ports' union. RepyV2's add_resourcedicts.
 * Throws ResourceMathError when a limit is negative. `calls` are the first's; degraded, traffic, and compiled code only
 * where both allow it.
 */
export function addRestrictions(a: Restrictions, b: Restrictions): Restrictions {
  return combine(
    a,
    b,
    (x, y) => x + y,
    (x, y) => new Set([...x, ...y]),
  );
}

/**
 * What is left of `a` when `b` is taken out of it. RepyV2's subtract_resourcedicts.
 * Throws ResourceMathError when less than nothing would be left, or a port is taken that isn't there.
 */
export function subtractRestrictions(a: Restrictions, b: Restrictions): Restrictions {
  return combine(
    a,
    b,
    (x, y) => (x === y ? 0 : x - y),
    (x, y) => {
      if ([...y].some((port) => !x.has(port))) {
        throw new ResourceMathError('Subtracted resource dictionary does not contain all elements');
      }
      return new Set([...x].filter((port) => !y.has(port)));
    },
  );
}

/** The names of the resources of which `part` takes more than `whole` has, in the table's order; empty when it fits. */
export function excess(part: Restrictions, whole: Restrictions): string[] {
  const numeric = numericResources.filter(({ name }) => limit(part, name) > limit(whole, name)).map(({ name }) => name);
  const ports = portNames.filter((name) => [...part[name]].some((port) => !whole[name].has(port)));
  return [...numeric, ...ports];
}

/** Whether `part` can be taken out of `whole`. */
export function fits(part: Restrictions, whole: Restrictions): boolean {
  return excess(part, whole).length === 0;
}

function limit(restrictions: Restrictions, name: string): number {
  return restrictions.limits[name] ?? 0;
}

function combine(
  a: Restrictions,
  b: Restrictions,
  numbers: (x: number, y: number) => number,
  ports: (x: ReadonlySet<number>, y: ReadonlySet<number>) => ReadonlySet<number>,
): Restrictions {
  assertNothingNegative(a);
  assertNothingNegative(b);
  const limits = Object.fromEntries(
    numericResources.map(({ name }) => [name, numbers(limit(a, name), limit(b, name))]),
  );
  const result: Restrictions = {
    limits: Object.freeze(limits),
    messport: ports(a.messport, b.messport),
    connport: ports(a.connport, b.connport),
    allowDegraded: a.allowDegraded && b.allowDegraded,
    ...(a.network === undefined && b.network === undefined ? {} : { network: intersectNetworks(a.network, b.network) }),
    ...stricterProfile(a.profile, b.profile),
    calls: a.calls,
  };
  assertNothingNegative(result);
  return Object.freeze(result);
}

function stricterProfile(a?: Profile, b?: Profile): Pick<Restrictions, 'profile'> {
  return a === 'hardened' || b === 'hardened' ? { profile: 'hardened' } : {};
}

function assertNothingNegative(restrictions: Restrictions): void {
  for (const { name } of numericResources) {
    // Written so that nan is refused too.
    if (!(limit(restrictions, name) >= 0)) {
      throw new ResourceMathError(`Insufficient quantity: Resource '${name}' has a negative quantity`);
    }
  }
}
