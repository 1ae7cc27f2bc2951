import { ERROR } from './constants.js';
import type { Win32 } from './win32.js';

/** A call of Windows that failed. */
export class WindowsError extends Error {
  override readonly name = 'WindowsError';
  constructor(
    /** The function's name. */
    readonly call: string,
    /** GetLastError's, or an NTSTATUS. */
    readonly code: number,
    what: string,
  ) {
    super(`${what}: ${call} failed with ${describe(code)}`);
  }
}

const names = new Map<number, string>(Object.entries(ERROR).map(([name, code]) => [code, `ERROR_${name}`]));

const advice: Readonly<Record<number, string>> = {
  [ERROR.ACCESS_DENIED]: 'the account that Repyard runs as lacks the right; run it as the user who installed it',
  [ERROR.FILE_NOT_FOUND]: 'install Repyard again',
  [ERROR.INVALID_PARAMETER]: "this Windows doesn't know it; Windows 10 or Server 2016 and newer do",
  8: 'the host is out of memory',
  1455: 'the host is out of memory: its paging file is full',
  1314: 'the account that Repyard runs as lacks a privilege',
};

function describe(code: number): string {
  const name = names.get(code) ?? (code > 0xffff ? `0x${code.toString(16)}` : `${code}`);
  const hint = advice[code];
  return hint === undefined ? `error ${name}` : `error ${name} (${hint})`;
}

/** Throws WindowsError unless the call succeeded; `what`: what it was for. */
export function check(
  win32: Pick<Win32, 'GetLastError'>,
  result: number | bigint | null,
  call: string,
  what: string,
): void {
  if (result === null || result === 0 || result === 0n) throw new WindowsError(call, win32.GetLastError(), what);
}

/** Throws WindowsError for an NTSTATUS that isn't success. */
export function checkStatus(status: number, call: string, what: string): void {
  if (status >>> 0 >= 0x80000000) throw new WindowsError(call, status >>> 0, what);
}
