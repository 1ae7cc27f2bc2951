/** How a program ends. Every way first waits for the calls it already made, as RepyV2's calls end before the next line runs. */
import { endCodes } from '../exit-codes.js';
import { typeNameOf } from '../harden/thrown.js';
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

/** The guest asked for a thread too many, and its policy ends it for that. */
export function endThreadLimit(): never {
  drain();
  return session().host.end({ reason: 'events', exitCode: endCodes.events, report: '' });
}

export function endWithReport(host: Host, report: string, exitCode = endCodes.uncaught): never {
  drain();
  return host.end({ reason: 'uncaught', exitCode, report });
}

/** The engine answers a refused allocation with a RangeError; a program that doesn't catch it ended by its memory quota. */
const isForWantOfMemory = (host: Host, thrown: unknown): boolean =>
  host.refusedBytes() > 0 && typeNameOf(thrown) === 'RangeError';

/** RepyV2's code for an exception that nobody caught in a thread. */
export const threadCode = 30;

/** `thrown` reached the top. */
export function endUncaught(host: Host, thrown: unknown, exitCode = endCodes.uncaught): never {
  let report: string;
  try {
    report = uncaughtReport(thrown);
  } catch {
    report = lastReport();
  }
  if (!isForWantOfMemory(host, thrown)) return endWithReport(host, report, exitCode);
  drain();
  return host.end({ reason: 'memory', exitCode: endCodes.memory, report });
}

export const endUnsafe = (host: Host, report: string): never =>
  host.end({ reason: 'unsafe', exitCode: endCodes.unsafe, report });
