/** How a program ends. Every way first waits for the calls it already made, as RepyV2's calls end before the next line runs. */
import { endCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { lastReport, uncaughtReport } from './report.js';
import { session } from './session.js';

function drain(): void {
  try {
    session().requests.drain();
  } catch {
    // The answers don't matter any more, and the end must be reported whatever happens.
  }
}

/** The program ran to its end, or nothing is left that could go on. */
export const endExited = (host: Host): never => host.end({ reason: 'exited', exitCode: endCodes.exited, report: '' });

/** The guest called exitall(). */
export function endExitall(): never {
  drain();
  return session().host.end({ reason: 'exitall', exitCode: endCodes.exitall, report: '' });
}

export function endWithReport(host: Host, report: string): never {
  drain();
  return host.end({ reason: 'uncaught', exitCode: endCodes.uncaught, report });
}

/** `thrown` reached the top. */
export function endUncaught(host: Host, thrown: unknown): never {
  let report: string;
  try {
    report = uncaughtReport(thrown);
  } catch {
    report = lastReport();
  }
  return endWithReport(host, report);
}

export const endUnsafe = (host: Host, report: string): never =>
  host.end({ reason: 'unsafe', exitCode: endCodes.unsafe, report });
