/**
 * API calls of real guests: how many per second, and what each costs the supervisor. Four guests call as fast as they
 * can, one call at a time, so that no two calls share a system call: the dearest way to ask.
 */
import { openYard, wideRestrictions } from '../test/support/yard.js';
import type { Report } from './report.js';

const guests = 4;
const callsEach = 8000;

const calls: Readonly<Record<string, string>> = {
  'log 64 B': 'await log(line);',
  'writeat 1 KiB': 'await file.writeat(kilobyte, (i % 64) * 1024);',
  'readat 1 KiB': 'await file.readat(1024, (i % 64) * 1024);',
  randombytes: 'await randombytes();',
  getresources: 'await getresources();',
};

const program = (call: string, count: number): string => `
  const line = '0123456789'.repeat(6) + 'abc\\n';
  const kilobyte = 'x'.repeat(1024);
  const file = await openfile('data', true);
  await file.writeat(kilobyte.repeat(64), 0);
  for (let i = 0; i < ${count}; i += 1) { ${call} }
`;

export async function measure(): Promise<Report> {
  const yard = await openYard();
  try {
    const options = { restrictions: wideRestrictions.replaceAll('1000000000', '1e12') };
    const rows: (string | number)[][] = [];
    const costs: number[] = [];
    for (const [name, call] of Object.entries(calls)) {
      const sample = async (count: number): Promise<{ seconds: number; cpuMicroseconds: number }> => {
        const begin = performance.now();
        const before = process.cpuUsage();
        await Promise.all(Array.from({ length: guests }, () => yard.run(program(call, count), options)));
        const { user, system } = process.cpuUsage(before);
        return { seconds: (performance.now() - begin) / 1000, cpuMicroseconds: user + system };
      };
      // Starts, ends and the warming up of the code are the same in both, and cancel.
      const few = await sample(callsEach / 4);
      const many = await sample(callsEach + callsEach / 4);
      const count = guests * callsEach;
      const cost = (many.cpuMicroseconds - few.cpuMicroseconds) / count;
      if (name !== 'getresources') costs.push(cost);
      rows.push([name, Math.round(count / (many.seconds - few.seconds)), cost, Math.round(1e6 / cost)]);
    }
    const dearest = Math.max(...costs);
    return {
      title: `API calls of ${guests} guests at once, one call at a time each`,
      columns: ['call', 'calls/s here', 'supervisor us/call', 'calls/s per core'],
      rows,
      notes: ['calls/s here: guests and supervisor share the cores of this machine'],
      promises: [
        {
          what: 'a small metered call (all but getresources) costs the supervisor at most 20 us: 50,000 calls/s per core',
          figure: `${dearest.toFixed(1)} us for the dearest`,
          kept: dearest <= 20,
        },
      ],
    };
  } finally {
    await yard.close();
  }
}
