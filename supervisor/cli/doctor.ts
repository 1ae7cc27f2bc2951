import { examine } from '../doctor/doctor.js';
import { isWell } from '../doctor/report.js';
import { doctorText } from '../doctor/text.js';
import { exitCodes } from '../outcome.js';
import { hostPlatform } from '../platform/host.js';
import { setupExitCode } from './exit-codes.js';
import type { Surroundings } from './program-host.js';
import { sanitiseText } from './sanitise.js';

export interface DoctorCommandOptions {
  readonly json?: boolean;
  readonly allowDegraded?: boolean;
}

/** A line that is longer than this is hard to read, however wide the terminal is. */
const widest = 120;
const usualWidth = 100;

/** `repyard doctor`. Returns 0, or what `repyard run` returns when it can't set a program up, or when it is stopped. */
export async function doctor(
  { json, allowDegraded }: DoctorCommandOptions,
  { stdout, onStop }: Pick<Surroundings, 'stdout' | 'onStop'>,
): Promise<number> {
  const stop = new AbortController();
  const release = onStop(() => stop.abort());
  const report = await examine({
    platform: await hostPlatform(),
    allowDegraded: allowDegraded ?? false,
    signal: stop.signal,
  });
  release();
  if (stop.signal.aborted) return exitCodes.stopped;
  const width = Math.min(stdout.columns ?? usualWidth, widest);
  stdout.write(json === true ? `${JSON.stringify(report, null, 2)}\n` : sanitiseText(doctorText(report, width)));
  return isWell(report) ? 0 : setupExitCode;
}
