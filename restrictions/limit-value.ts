import { ResourceMathError, ResourceValueError } from './errors.js';
import { greatestPort, numericResources, type Resource } from './resources.js';
import type { Restrictions } from './restrictions.js';

/** What is allowed for a resource, in words: `a number above 0 (cores)`, `a whole number from 1 to 65535`. */
export function allowedValues(resource: Resource): string {
  const noun = resource.number === 'int' ? 'a whole number' : 'a number';
  if (resource.kind === 'port') return `${noun} from 1 to ${greatestPort}`;
  return 'above' in resource.least
    ? `${noun} above ${resource.least.above} (${resource.unit})`
    : `${noun} from ${resource.least.from} up (${resource.unit})`;
}

/** Whether a limit of this value can be kept. Infinity can, for a rate: it never makes the program wait. */
export function isSensible(resource: Resource, value: number): boolean {
  if (Number.isNaN(value)) return false;
  if (resource.number === 'int' && !Number.isInteger(value)) return false;
  if (resource.kind === 'port' && value > greatestPort) return false;
  return 'above' in resource.least ? value > resource.least.above : value >= resource.least.from;
}

/** Throws ResourceValueError when no program could run under this limit. `given` is the value as written. */
export function assertSensible(resource: Resource, value: number, given: string, line?: number): void {
  if (isSensible(resource, value)) return;
  throw new ResourceValueError(
    `Resource '${resource.name}' can't be limited to '${given}': give ${allowedValues(resource)}`,
    line,
  );
}

/**
 * Fills in the defaults. Throws ResourceMathError, RepyV2's message, when a required resource is missing, and
 * ResourceValueError when one is missing whose default makes no sense: a program can't run with 0 events.
 */
export function complete(
  given: ReadonlyMap<string, number>,
  ports: { readonly messport: ReadonlySet<number>; readonly connport: ReadonlySet<number> },
  options: Pick<Restrictions, 'allowDegraded' | 'network' | 'calls'>,
): Restrictions {
  const limits: Record<string, number> = {};
  const missing = numericResources.filter((resource) => !given.has(resource.name));
  for (const resource of missing) {
    if (resource.required) throw new ResourceMathError(`Missing required resource: '${resource.name}'`);
  }
  for (const resource of missing) {
    if (isSensible(resource, resource.default)) continue;
    throw new ResourceValueError(
      `Resource '${resource.name}' is missing, and no program can run without: give ${allowedValues(resource)}`,
    );
  }
  for (const resource of numericResources) limits[resource.name] = given.get(resource.name) ?? resource.default;
  return Object.freeze({ limits: Object.freeze(limits), ...ports, ...options });
}
