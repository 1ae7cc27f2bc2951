/** The answer to getresources(): [limits, usage, stop times], in RepyV2's shape. */

import { WireDict, WireFloat, type WireValue } from '../../protocol/values.js';
import { resources } from '../../restrictions/resources.js';
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
  const limits: Entries = [];
  const usage: Entries = [['threadcpu', new WireFloat(process.cpuSeconds)]];
  for (const { name, kind } of resources) {
    switch (kind) {
      case 'port':
        limits.push([name, [...nanny.restrictions[name as PortName]]]);
        usage.push([name, [...nanny.usedPorts(name as PortName)].map((port) => new WireFloat(port))]);
        break;
      case 'rate': {
        limits.push([name, new WireFloat(nanny.restrictions.limits[name] ?? 0)]);
        const used = name === 'cpu' ? process.cpuSeconds : nanny.used(name as RateName);
        usage.push([name, new WireFloat(used)]);
        break;
      }
      case 'quantity':
        limits.push([name, integral(nanny.restrictions.limits[name] ?? 0)]);
        usage.push([name, integral(name === 'diskused' ? diskUsed : process.memoryBytes)]);
        break;
      case 'count':
        limits.push([name, integral(nanny.restrictions.limits[name] ?? 0)]);
        usage.push([name, integral(nanny.used(name as CountName))]);
        break;
    }
  }
  const stops = (process.stopTimes ?? []).map(([at, seconds]) => [new WireFloat(at), new WireFloat(seconds)]);
  return [new WireDict(limits), new WireDict(usage), stops];
}

/** An operator may write more than an int can carry; it then reads as the most that one can. */
const integral = (value: number): number => Math.min(Math.trunc(value), Number.MAX_SAFE_INTEGER);
