/** What `repyard run` reads and opens before a program can start. Each function throws `Refused` when it can't. */
import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bounds } from '../../protocol/bounds.js';
import { RestrictionsError } from '../../restrictions/errors.js';
import { greatestFile, loadRestrictions } from '../../restrictions/load.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import type { LogSink } from '../broker/log-sink.js';
import { messageOf } from '../errors.js';
import { CircularLog } from './circular-log.js';
import { setupExitCode, usageExitCode } from './exit-codes.js';
import { readBounded } from './read-file.js';
import { badRestrictions, type Report, systemError, unreadableProgram } from './reports.js';

/** Why the program can't be started: what to print, and the outcome. */
export class Refused extends Error {
  constructor(
    readonly report: Report,
    readonly exitCode: number,
    reason: string,
    /** The outcome itself can't be written. */
    readonly beyondRecord = false,
  ) {
    super(reason);
  }
}

export function refuse(report: Report, exitCode: number, reason = report.text.trim()): never {
  throw new Refused(report, exitCode, reason);
}

export async function assertWritable(directory: string): Promise<void> {
  try {
    await access(directory, constants.W_OK);
  } catch (error) {
    throw new Refused(systemError('IOError', error), setupExitCode, messageOf(error), true);
  }
}

export async function openLog(prefix: string): Promise<LogSink> {
  try {
    return await CircularLog.open(prefix);
  } catch (error) {
    refuse(systemError('IOError', error), setupExitCode, `can't open the log: ${messageOf(error)}`);
  }
}

export async function directoryOf(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR', errno: 20, path });
    return resolve(path);
  } catch (error) {
    refuse(systemError('OSError', error), setupExitCode, `can't use the directory '${path}'`);
  }
}

export async function readRestrictions(path: string, given: string): Promise<Restrictions> {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(path, greatestFile);
  } catch (error) {
    refuse(systemError('IOError', error), setupExitCode, `can't read the restrictions '${given}': ${messageOf(error)}`);
  }
  try {
    return loadRestrictions(bytes);
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
