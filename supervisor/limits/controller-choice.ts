import { v1Controllers } from './cgroup-v1.js';
import { v2Controllers } from './cgroup-v2.js';
import type { Controller } from './controller.js';
import { LimitsError } from './errors.js';
import type { Hierarchy } from './hierarchies.js';

/** A hierarchy that takes part, and with what. */
export interface Choice {
  readonly hierarchy: Hierarchy;
  readonly controllers: readonly Controller[];
}

const definitions = { 1: v1Controllers, 2: v2Controllers } as const;

/**
 * Which hierarchy limits what. The kernel has each controller in one hierarchy only, so there is nothing to prefer; a
 * host may have some on v1 and some on v2. Throws LimitsError UNAVAILABLE that names what is missing and how to get it.
 */
export function chooseControllers(hierarchies: readonly Hierarchy[]): Choice[] {
  const choices = hierarchies.map((hierarchy) => ({
    hierarchy,
    controllers: definitions[hierarchy.version].filter(({ name }) => hierarchy.controllers.includes(name)),
  }));
  const found = choices.flatMap(({ controllers }) => controllers);
  const missing = v2Controllers.map(({ name }) => name).filter((name) => !found.some((other) => other.name === name));
  // v2 counts processor time in any group; v1 has a controller of its own for it.
  const [cpuOnV1, cpuacct] = ['cpu', 'cpuacct'].map((name) => v1Controllers.find((known) => known.name === name)!);
  if (found.includes(cpuOnV1!) && !found.includes(cpuacct!)) missing.push('cpuacct');
  if (missing.length > 0) throw new LimitsError('UNAVAILABLE', lacking(missing, hierarchies));
  return choices.filter(({ controllers }) => controllers.length > 0);
}

function lacking(missing: readonly string[], hierarchies: readonly Hierarchy[]): string {
  if (hierarchies.length === 0) return 'no cgroup file system is mounted: mount -t cgroup2 cgroup2 /sys/fs/cgroup';
  const unified = hierarchies.find(({ version }) => version === 2);
  const onV1 = hierarchies.some(({ version, controllers }) => version === 1 && controllers.length > 0);
  const advice =
    unified === undefined || onV1
      ? `mount -t cgroup -o ${missing[0]} cgroup /sys/fs/cgroup/${missing[0]}`
      : `have ${unified.ownGroup} delegated with them: systemd-run --scope -p Delegate=yes repyard ...`;
  return `no cgroup controller ${missing.join(', ')} here. To fix it, ${advice}`;
}
