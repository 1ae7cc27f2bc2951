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

type Name = (typeof resources)[number]['name'];
const kinds = new Map<string, (typeof resources)[number]['kind']>(resources.map(({ name, kind }) => [name, kind]));

/**
 * The order of the entries. A dict of Python 2 shows them in that of their hashes, and those that collide in the order in which they came;
 * with these, a Python guest sees the order that RepyV2's programs saw.
 */
const limitsOrder: readonly Name[] = [
  ...([
    'netrecv',
    'fileread',
    'connport',
    'messport',
    'lograte',
    'outsockets',
    'filewrite',
    'random',
    'memory',
  ] as const),
  ...(['filesopened', 'looprecv', 'netsend', 'loopsend', 'events', 'diskused', 'cpu', 'insockets'] as const),
];
const usageOrder: readonly (Name | 'threadcpu')[] = [
  ...([
    'lograte',
    'threadcpu',
    'fileread',
    'memory',
    'random',
    'loopsend',
    'insockets',
    'events',
    'filesopened',
  ] as const),
  ...([
    'diskused',
    'filewrite',
    'netsend',
    'looprecv',
    'outsockets',
    'connport',
    'netrecv',
    'messport',
    'cpu',
  ] as const),
];

/**
 * Rates are floats, quantities and counts ints, ports a list that the child makes a set of: ints as limits, and floats for
 * those in use, as RepyV2 has it. `events` are threads, which only the child can count: it puts its own number in.
 */
export function resourceReport(nanny: Nanny, process: ProcessUsage, diskUsed: number): WireValue {
  const usage = usageOrder.map((name): [string, WireValue] => {
    switch (kinds.get(name)) {
      case 'port':
        return [name, [...nanny.usedPorts(name as PortName)].map((port) => new WireFloat(port))];
      case 'quantity':
        return [name, integral(name === 'diskused' ? diskUsed : process.memoryBytes)];
      case 'count':
        return [name, integral(nanny.used(name as CountName))];
      default: {
        const isCpu = name === 'cpu' || name === 'threadcpu';
        return [name, new WireFloat(isCpu ? process.cpuSeconds : nanny.used(name as RateName))];
      }
    }
  });
  const stops = (process.stopTimes ?? []).map(([at, seconds]) => [new WireFloat(at), new WireFloat(seconds)]);
  return [limitsReport(nanny.restrictions), new WireDict(usage), stops];
}

/** Made once for each set of restrictions: programs ask often, and limits change seldom. */
const limitsOf = new WeakMap<Restrictions, WireDict>();

/** The first part of that answer; also the value of the notice `limits`, which tells a program that its limits were changed. */
export function limitsReport(restrictions: Restrictions): WireDict {
  const made = limitsOf.get(restrictions);
  if (made !== undefined) return made;
  const entries = limitsOrder.map((name): [string, WireValue] => {
    const kind = kinds.get(name);
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
