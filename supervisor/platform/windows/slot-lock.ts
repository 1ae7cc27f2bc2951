/** The lock of a slot's file: it goes with the process, however that ends. */
import { lstatSync } from 'node:fs';
import { claimSlot, type YardSlot } from '../../limits/yard-slot.js';
import {
  ERROR,
  FILE_SHARE_ALL,
  GENERIC_READ,
  GENERIC_WRITE,
  INVALID_HANDLE,
  LOCKFILE,
  OPEN_ALWAYS,
} from './constants.js';
import { check, WindowsError } from './errors.js';
import { encode } from './layout.js';
import type { Handle, Win32 } from './win32.js';

/** One byte far behind the end: locked bytes can't be read by others, and the file's own must be. */
const lockedAt = { OffsetHigh: 0x40000000 };

/** Creates or opens the file and takes its lock; undefined when another process holds it. Throws WindowsError. */
export function lockFile(win32: Win32, path: string): Handle | undefined {
  const rights = GENERIC_READ + GENERIC_WRITE;
  const handle = win32.CreateFileW(path, rights, FILE_SHARE_ALL, null, OPEN_ALWAYS, 0, null);
  if (handle === null || handle === INVALID_HANDLE) {
    throw new WindowsError('CreateFileW', win32.GetLastError(), `opening ${path}`);
  }
  const flags = LOCKFILE.EXCLUSIVE_LOCK | LOCKFILE.FAIL_IMMEDIATELY;
  const locked = win32.LockFileEx(handle, flags, 0, 1, 0, encode('OVERLAPPED', lockedAt));
  if (locked !== 0) return handle;
  const code = win32.GetLastError();
  win32.CloseHandle(handle);
  if (code === ERROR.LOCK_VIOLATION || code === ERROR.IO_PENDING) return undefined;
  throw new WindowsError('LockFileEx', code, `locking ${path}`);
}

/** The lowest free slot. The directory is in the user's own profile, which Windows closes to other users. */
export function claimWindowsSlot(win32: Win32, directory: string): YardSlot {
  return claimSlot({
    directory,
    isSafe: (path) => lstatSync(path).isDirectory(),
    native: {
      lockFile(path) {
        const handle = lockFile(win32, path);
        return handle === undefined ? null : Number(handle);
      },
      close(handle) {
        check(win32, win32.CloseHandle(BigInt(handle)), 'CloseHandle', 'giving a slot back');
      },
    },
  });
}
