/** What a thousand idle guests cost the supervisor: its processor time, and how long its event loop is kept busy at a time. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openYard } from '../test/support/yard.js';
import { busyBelow, watchIdle } from './limits/idle-cores.js';
import { limitsText, pause } from './limits/part.js';
import type { Report } from './report.js';

const guests = 1000;
const seconds = 10;
/** Until the last start is done with, and the poller has seen that nobody does anything. */
const settling = 5;

export async function measure(): Promise<Report> {
  const yard = await openYard();
  try {
    const restrictions = limitsText({ cpu: 0.1, memory: 12_000_000, filesopened: 1, insockets: 0, outsockets: 0 });
    const begun = performance.now();
    const programs = await Promise.all(
      Array.from({ length: guests }, () => yard.start('await sleep(3600);', { restrictions })),
    );
    await yard.running(programs);
    const started = (performance.now() - begun) / 1000;
    await pause(settling);

    const idleCores = watchIdle();
    const delays = monitorEventLoopDelay({ resolution: 1 });
    const before = { cpu: process.cpuUsage(), at: performance.now() };
    yard.supervisor.polling.reset();
    delays.enable();
    await pause(seconds);
    delays.disable();
    const elapsed = (performance.now() - before.at) / 1000;
    const { user, system } = process.cpuUsage(before.cpu);
    const share = (user + system) / 1e6 / elapsed;
    const { readings, longestBatchMs } = yard.supervisor.polling.statistics;
    const busy = idleCores() < busyBelow;
    for (const program of programs) program.stop();
    await Promise.all(programs.map((program) => program.outcome));
    return {
      title: `${guests} idle guests for ${seconds} s`,
      columns: ['what', 'figure'],
      rows: [
        ['started one after another, s', started],
        ['supervisor and poller, % of a core', share * 100],
        ['readings a second', readings / elapsed],
        ['longest batch of readings, ms', longestBatchMs],
        ['event loop delay, p99.9, ms', delays.percentile(99.9) / 1e6 - 1],
      ],
      notes: busy ? ['machine busy'] : [],
      promises: [
        {
          what: `${guests} idle guests: poller and supervisor below 5 % of one core`,
          figure: `${(share * 100).toFixed(2)} %`,
          kept: share < 0.05,
        },
        {
          what: 'longest event-loop delay because of polling below 2 ms',
          figure: `${longestBatchMs.toFixed(2)} ms`,
          kept: longestBatchMs < 2,
        },
      ],
    };
  } finally {
    await yard.close();
  }
}
