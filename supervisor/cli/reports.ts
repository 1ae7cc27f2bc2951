/** What RepyV2 prints when something goes wrong, in the places where scripts look for it. */
import type { RestrictionsError } from '../../restrictions/errors.js';
import { messageOf } from '../errors.js';
import type { Outcome } from '../outcome.js';

/** Where a text goes. */
export interface Report {
  readonly to: 'out' | 'err';
  readonly text: string | Uint8Array;
}

/** RepyV2's report of an exception. Its own frames are left out: they name files that aren't there. */
export function exception(reason: string, place?: string): Report {
  const frames = place === undefined ? [] : [place];
  const text = [
    '---',
    'Uncaught exception!',
    '---',
    'Following is a full traceback, and a user traceback.',
    'The user traceback excludes non-user modules. The most recent call is displayed last.',
    '',
    'Full debugging traceback:',
    ...frames,
    '',
    'User traceback:',
    ...frames,
    '',
    reason,
    '---',
    '',
  ];
  return { to: 'err', text: text.join('\n') };
}

export function badRestrictions(file: string, error: RestrictionsError): Report {
  const place = error.line === undefined ? `  "${file}"` : `  "${file}", line ${error.line}`;
  return exception(`Exception (with class 'resourcemanipulation.${error.name}'): ${error.message}`, place);
}

/** A file or directory, named so on the command line, that the system refuses. `type` is Python's class for it. */
export function systemError(type: 'IOError' | 'OSError', error: unknown, given: string): Report {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known = typeof code === 'string' ? systemTexts[code] : undefined;
  const reason = known === undefined ? messageOf(error) : `[Errno ${known[0]}] ${known[1]}: '${given}'`;
  return exception(`Exception (with type 'exceptions.${type}'): ${reason}`);
}

/** Python's numbers and words; Node has numbers of its own on some systems. */
const systemTexts: Readonly<Record<string, readonly [number, string]>> = {
  ENOENT: [2, 'No such file or directory'],
  EACCES: [13, 'Permission denied'],
  EPERM: [1, 'Operation not permitted'],
  ENOTDIR: [20, 'Not a directory'],
  EISDIR: [21, 'Is a directory'],
  ELOOP: [40, 'Too many levels of symbolic links'],
  ENAMETOOLONG: [36, 'File name too long'],
};

export function unreadableProgram(file: string): Report {
  return { to: 'out', text: `FATAL ERROR: Unable to read the specified program file: '${file}'\n` };
}

const killTexts: Readonly<Record<string, string>> = { memory: 'Memory use', diskused: 'Disk use' };

/** What `repyard run` prints of an outcome; `undefined` for a program that just ended. */
export function outcomeReport(outcome: Outcome): Report | undefined {
  const { reason, message, report, limit } = outcome;
  switch (reason) {
    case 'exited':
    case 'exitall':
      return undefined;
    case 'unsafe':
      return { to: 'out', text: unsafeText(report ?? message) };
    case 'uncaught':
      return { to: 'err', text: lined(report ?? message) };
    case 'limit': {
      const words = limit === undefined ? undefined : killTexts[limit.resource];
      if (limit?.allowed === 0 && words === undefined) return neverDrains(limit.resource);
      if (limit === undefined || words === undefined) return { to: 'err', text: lined(message) };
      const text = `${words} '${limit.used}' over limit '${limit.allowed}'. Impolitely killing child!\n`;
      return { to: 'err', text };
    }
    default:
      return {
        to: 'err',
        text: `repyard: ${message.startsWith(reason) ? '' : `${reason}: `}${message}\n${report === undefined ? '' : lined(report)}`,
      };
  }
}

/** A rate whose limit is 0 was asked for something. */
function neverDrains(resource: string): Report {
  const reason = `Resource '${resource}' limit set to 0, won't drain!`;
  const { text } = exception(`Exception (with class 'exception_hierarchy.InternalRepyError'): ${reason}`);
  return { to: 'err', text: `Internal Error\n${text}` };
}

const unsafeHead = 'Specified repy program is unsafe!';
const unsafeReason = 'Static-code analysis failed with error: ';

/** RepyV2's two lines about a program that its check refuses. */
export function unsafeText(report: string): string {
  if (report.startsWith(unsafeHead)) return lined(report);
  return lined(`${unsafeHead}\n${report.startsWith(unsafeReason) ? '' : unsafeReason}${report}`);
}

function lined(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
