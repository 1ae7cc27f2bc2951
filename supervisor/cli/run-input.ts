/** What `repyard run` reads and opens before a program can start. Each function throws `Refused` when it can't. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bounds } from '../../protocol/bounds.js';
import { RestrictionsError } from '../../restrictions/errors.js';
import { greatestFile, readRestrictions as parseRestrictions } from '../../restrictions/read.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import { CircularLog } from '../broker/circular-log.js';
import type { LogSink } from '../broker/log-sink.js';
import { messageOf } from '../errors.js';
import { setupExitCode, usageExitCode } from './exit-codes.js';
import { readBounded } from './read-file.js';
import { badRestrictions, type Report, systemError, unreadableProgram } from './reports.js';
import { ServiceLog, serviceLogPrefix } from './service-log.js';
import { StatusFiles } from './status-files.js';
import { assertReplaceable } from './write-file.js';

/** Why the program can't be started: what to print, and the outcome. */
export class Refused extends Error {
  constructor(
    readonly report: Report,
    readonly exitCode: number,
    reason: string,
  ) {
    super(reason);
  }
}

export function refuse(report: Report, exitCode: number, reason = report.text.toString().trim()): never {
  throw new Refused(report, exitCode, reason);
}

/** `file` is to be written, or replaced; `given` is its name as the operator gave it. */
export async function assertWritable(file: string, given: string): Promise<void> {
  try {
    await assertReplaceable(file);
  } catch (error) {
    refuse(systemError('IOError', error, given), setupExitCode, messageOf(error));
  }
}

/** Opens something that is written to, named so on the command line. */
async function opened<T>(open: () => Promise<T>, given: string, what: string): Promise<T> {
  try {
    return await open();
  } catch (error) {
    refuse(systemError('IOError', error, given), setupExitCode, `can't open the ${what}: ${messageOf(error)}`);
  }
}

export function openLog(prefix: string, given: string): Promise<LogSink> {
  return opened(() => CircularLog.open(prefix), `${given}.old`, 'log');
}

export function openStatus(prefix: string, given: string, warn: (message: string) => void): Promise<StatusFiles> {
  return opened(() => StatusFiles.open(prefix, warn), given, 'status files');
}

/** In the directory where the command was given. */
export function openServiceLog(program: string): Promise<ServiceLog> {
  return opened(() => ServiceLog.open(resolve(serviceLogPrefix), program), serviceLogPrefix, 'service log');
}

export async function directoryOf(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    return resolve(path);
  } catch (error) {
    refuse(systemError('OSError', error, path), setupExitCode, `can't use the directory '${path}'`);
  }
}

export async function readRestrictions(path: string, given: string): Promise<Restrictions> {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(path, greatestFile);
  } catch (error) {
    refuse(
      systemError('IOError', error, given),
      setupExitCode,
      `can't read the restrictions '${given}': ${messageOf(error)}`,
    );
  }
  try {
    return await parseRestrictions(bytes);
  } catch (error) {
    if (!(error instanceof RestrictionsError)) throw error;
    refuse(badRestrictions(given, error), setupExitCode, `${given}: ${error.message}`);
  }
}

export async function readProgram(path: string, given: string): Promise<Uint8Array> {
  let source: Uint8Array;
  try {
    source = await readBounded(path, bounds.programBytes);
  } catch (error) {
    refuse(unreadableProgram(given), usageExitCode, `can't read the program '${given}': ${messageOf(error)}`);
  }
  if (source.byteLength > bounds.programBytes) {
    const text = `repyard run: '${given}' is larger than ${bounds.programBytes} bytes\n`;
    refuse({ to: 'err', text }, setupExitCode);
  }
  return source;
}
