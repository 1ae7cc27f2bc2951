import { access } from 'node:fs/promises';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { exitCodes } from '../outcome.js';
import { setupExitCode } from './exit-codes.js';
import { readBounded } from './read-file.js';
import { exception } from './reports.js';
import { refuse } from './run-input.js';

/** RepyV2 looks once a second; the first look that finds the file is what an operator waits for. */
const lookEveryMs = 250;
/** How long a file that is still empty may take to get its text: whoever writes it may not do so in one step. */
const settleMs = 150;
/** Bytes of a stop file that are read. */
const greatest = 64 << 10;
/** RepyV2 keeps this code for a thread that can't be started: no operator may give it. */
const threadErrorCode = 56;

/** What a stop file asks for. */
export interface StopRequest {
  /** RepyV2's internal code; the exit status is its lowest eight bits. */
  readonly code: number;
  /** Printed in the program's log; may be empty. */
  readonly message: string;
}

/** `CODE;MESSAGE`, in latin-1. What can't be read so stops with code 44 and without a message, as RepyV2 has it. */
export function parseStopFile(text: string): StopRequest {
  const separator = text.indexOf(';');
  const digits = separator < 0 ? '' : text.slice(0, separator).trim();
  const code = /^[+-]?\d{1,9}$/.test(digits) ? Number(digits) : threadErrorCode;
  if (code === threadErrorCode) return { code: exitCodes.stopped, message: '' };
  return { code, message: text.slice(separator + 1) };
}

/** The file whose appearance stops the program. */
export class StopFile {
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly path: string) {}

  /** Throws Refused when the file is there already: it would be the stop of an earlier program. */
  static async expect(path: string, given: string): Promise<StopFile> {
    if (await isThere(path)) {
      const text = `Stop file already exists! File:${given}`;
      refuse(exception(`Exception (with type 'exceptions.Exception'): ${text}`), setupExitCode, text);
    }
    return new StopFile(path);
  }

  /** Calls `found` once, when the file appears, unless `close` comes first. */
  watch(found: (request: StopRequest) => void): void {
    this.timer = setTimeout(async () => {
      const request = await this.look();
      if (this.timer === undefined) return;
      if (request === undefined) this.watch(found);
      else found(request);
    }, lookEveryMs);
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<StopRequest | undefined> {
    if (!(await isThere(this.path))) return undefined;
    const text = await this.read();
    if (text !== '') return parseStopFile(text);
    await setTimeoutPromise(settleMs);
    return parseStopFile(await this.read());
  }

  /** A file that can't be read stops the program all the same. */
  private async read(): Promise<string> {
    try {
      return Buffer.from((await readBounded(this.path, greatest)).subarray(0, greatest)).toString('latin1');
    } catch {
      return '';
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
