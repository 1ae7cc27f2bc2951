import type { TestYard } from '../../test/support/yard.js';
import type { Promised } from '../report.js';

/** One part of the table of limits: rows of what was limited, what was allowed, what was used. */
export interface Part {
  readonly rows: readonly Row[];
  readonly promises: readonly Promised[];
}

export type Row = readonly [what: string, allowed: number | string, used: number | string, ratio: number, note: string];
export type Measurement = (yard: TestYard) => Promise<Part>;

/** RepyV2's text for these limits; the rest is wide. */
export function limitsText(limits: Readonly<Record<string, number>>): string {
  const wide = { cpu: 2, memory: 15_000_000, diskused: 1e8, events: 10, filesopened: 10 };
  const rates = { fileread: 1e12, filewrite: 1e12, lograte: 1e12, random: 1e12 };
  const network = { netsend: 1e12, netrecv: 1e12, loopsend: 1e12, looprecv: 1e12, insockets: 2, outsockets: 2 };
  const all = Object.entries({ ...wide, ...rates, ...network, ...limits });
  return all.map(([name, limit]) => `resource ${name} ${limit}`).join('\n');
}

export const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
