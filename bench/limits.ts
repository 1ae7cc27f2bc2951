/** How exactly limits hold: one table of what was allowed and what was used. */
import { openYard } from '../test/support/yard.js';
import { classes } from './limits/classes.js';
import { cpu } from './limits/cpu.js';
import { disk } from './limits/disk.js';
import { memory } from './limits/memory.js';
import { neighbours } from './limits/neighbours.js';
import type { Part } from './limits/part.js';
import { rates } from './limits/rates.js';
import type { Report } from './report.js';

export async function measure(): Promise<Report> {
  const yard = await openYard();
  try {
    await yard.output(`log('warm')`);
    const parts: Part[] = [];
    for (const part of [cpu, memory, classes, disk, rates, neighbours]) parts.push(await part(yard));
    return {
      title: 'Limits: what was allowed, what was used',
      columns: ['what', 'allowed', 'used', 'ratio', ''],
      rows: parts.flatMap(({ rows }) => rows),
      promises: parts.flatMap(({ promises }) => promises),
    };
  } finally {
    await yard.close();
  }
}
