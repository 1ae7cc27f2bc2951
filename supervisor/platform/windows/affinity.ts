/** Holds a process to some of the processors: by a mask that reads back. Processors beyond the first 64 are in other groups, and none of ours. */
import { LimitsError } from '../../limits/errors.js';
import { check } from './errors.js';
import type { Win32 } from './win32.js';

/** PROCESS_SET_INFORMATION and PROCESS_QUERY_INFORMATION. */
const rights = 0x200 | 0x400;
const most = 64;

/** Throws LimitsError LIMIT_REFUSED unless the process is held to these processors, all if undefined. The pid must be a live child's. */
export function holdToProcessors(
  win32: Win32,
  pid: number,
  processors: readonly number[] | undefined,
  count: number,
): void {
  const list = processors ?? Array.from({ length: Math.min(count, most) }, (_, index) => index);
  const beyond = list.find((processor) => processor >= Math.min(count, most));
  if (beyond !== undefined) throw refused(list, `this host has no processor ${beyond} in its first group`);
  const wanted = list.reduce((mask, processor) => mask | (1n << BigInt(processor)), 0n);
  const process = win32.OpenProcess(rights, 0, pid);
  check(win32, process, 'OpenProcess', `holding process ${pid} to processors`);
  try {
    check(win32, win32.SetProcessAffinityMask(process, wanted), 'SetProcessAffinityMask', `cpuset ${list.join(',')}`);
    const [held, all] = [Buffer.alloc(8), Buffer.alloc(8)];
    check(
      win32,
      win32.GetProcessAffinityMask(process, held, all),
      'GetProcessAffinityMask',
      `cpuset ${list.join(',')}`,
    );
    if (held.readBigUInt64LE() !== wanted) throw refused(list, 'it was accepted, but does not read back');
  } finally {
    win32.CloseHandle(process);
  }
}

const refused = (list: readonly number[], why: string): LimitsError =>
  new LimitsError('LIMIT_REFUSED', `cpuset ${list.join(',')}: ${why}`);
