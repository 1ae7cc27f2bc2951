/** The answer to getresources(): [limits, usage, stop times], in RepyV2's shape. */

import { WireDict, WireFloat, type WireValue } from '../../protocol/values.js';
import { resources } from '../../restrictions/resources.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import type { CountName, Nanny, PortName, RateName } from '../nanny/nanny.js';

/** What the operating system says of the program. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  /** When the program was stopped to keep its cpu limit: [seconds since its start, seconds that it lasted], the last 100. */
  readonly stopTimes?: readonly (readonly [number, number])[];
}

type Entries = [string, WireValue][];

/**
 * Rates are floats, quantities and counts ints, ports a list that the child makes a set of: ints as limits, and floats for
 * those in use, as RepyV2 has it. `events` are threads, which only the child can count: it puts its own number in.
 */
export function resourceReport(nanny: Nanny, process: ProcessUsage, diskUsed: number): WireValue {
  const usage: Entries = [['threadcpu', new WireFloat(process.cpuSeconds)]];
  for (const { name, kind } of resources) {
    switch (kind) {
      case 'port':
        usage.push([name, [...nanny.usedPorts(name as PortName)].map((port) => new WireFloat(port))]);
        break;
      case 'rate': {
        const used = name === 'cpu' ? process.cpuSeconds : nanny.used(name as RateName);
        usage.push([name, new WireFloat(used)]);
        break;
      }
      case 'quantity':
        usage.push([name, integral(name === 'diskused' ? diskUsed : process.memoryBytes)]);
        break;
      case 'count':
        usage.push([name, integral(nanny.used(name as CountName))]);
        break;
    }
  }
  const stops = (process.stopTimes ?? []).map(([at, seconds]) => [new WireFloat(at), new WireFloat(seconds)]);
  return [limitsReport(nanny.restrictions), new WireDict(usage), stops];
}

/** Made once for each set of restrictions: programs ask often, and limits change seldom. */
const limitsOf = new WeakMap<Restrictions, WireDict>();

/** The first part of that answer; also the value of the notice `limits`, which tells a program that its limits were changed. */
export function limitsReport(restrictions: Restrictions): WireDict {
  const made = limitsOf.get(restrictions);
  if (made !== undefined) return made;
  const entries = resources.map(({ name, kind }): [string, WireValue] => {
    if (kind === 'port') return [name, [...restrictions[name as PortName]]];
    const limit = restrictions.limits[name] ?? 0;
    return [name, kind === 'rate' ? new WireFloat(limit) : integral(limit)];
  });
  const report = new WireDict(entries);
  limitsOf.set(restrictions, report);
  return report;
}

/** An operator may write more than an int can carry; it then reads as the most that one can. */
const integral = (value: number): number => Math.min(Math.trunc(value), Number.MAX_SAFE_INTEGER);
