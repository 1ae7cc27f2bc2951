/** How a program ends: RepyV2's internal codes with the channel's reasons. */

import { bounds } from '../../protocol/bounds.js';
import type { EndMessage } from '../../protocol/messages.js';
import { endCodes } from '../exit-codes.js';
import type { Host } from '../host.js';
import { systemExit } from './core/exceptions.js';
import { Fatal, pythonException } from './core/handlers.js';
import { uncaughtReport } from './core/report.js';
import { session } from './core/session.js';
import { T } from './core/state.js';
import { isInstanceOf } from './core/types.js';

/** An exception that no thread but main caught, RepyV2's code for it. */
const THREAD_FAILED = 30;
/** SystemExit in the main thread. */
const SYSTEM_EXIT = 4;

/** Whether the program's end has been reported. */
let over = false;

export function beginProgram(): void {
  over = false;
}

function end(host: Host, message: Omit<EndMessage, 'type'>): never {
  over = true;
  return host.end(message);
}

export const endExited = (host: Host): never => end(host, { reason: 'exited', exitCode: endCodes.exited, report: '' });

/** The guest called exitall(). */
export function endExitall(): never {
  return end(session().host, { reason: 'exitall', exitCode: endCodes.exitall, report: '' });
}

/** The guest asked for a thread too many, and its policy ends it for that. */
export function endThreadLimit(): never {
  return end(session().host, { reason: 'events', exitCode: endCodes.events, report: '' });
}

export const endUnsafe = (host: Host, report: string): never =>
  end(host, { reason: 'unsafe', exitCode: endCodes.unsafe, report });

/** Something that no guest may catch came up: the end of the process in tests, or a fault of the runtime. */
function fatal(host: Host, cause: unknown): never {
  // A host that doesn't end the process ends the program by throwing.
  if (over) throw cause;
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const report = `---\nInternal Error\n---\nException (with class 'exception_hierarchy.InternalRepyError'): ${text}\n---`;
  return end(host, { reason: 'uncaught', exitCode: 843, report: report.slice(0, bounds.reportBytes) });
}

/** The program failed before it began. */
export const endWithReport = (host: Host, exitCode: number, report: string): never =>
  end(host, { reason: 'uncaught', exitCode, report });

/** A thrown value reached the top of the main thread, or (`inThread`) of another. */
export function endUncaught(host: Host, thrown: unknown, inThread: boolean): never {
  if (thrown instanceof Fatal) return fatal(host, thrown.cause);
  let e: ReturnType<typeof pythonException>;
  try {
    e = pythonException(thrown);
  } catch (error) {
    return fatal(host, error instanceof Fatal ? error.cause : error);
  }
  e.traceback = T.tb;
  T.tb = undefined;
  if (!inThread && isInstanceOf(e, systemExit)) {
    return end(host, { reason: 'exited', exitCode: SYSTEM_EXIT, report: '' });
  }
  const exitCode = inThread ? THREAD_FAILED : endCodes.uncaught;
  return end(host, { reason: 'uncaught', exitCode, report: uncaughtReport(e) });
}
