import {
  FILE_SHARE_ALL,
  GENERIC_READ,
  GENERIC_WRITE,
  HANDLE_FLAG_INHERIT,
  INVALID_HANDLE,
  OPEN_EXISTING,
} from './constants.js';
import { check, WindowsError } from './errors.js';
import type { Handle, Win32 } from './win32.js';

/** Reads as empty, swallows what is written; inheritable. The caller closes it. Throws WindowsError. */
export function openNull(win32: Win32): Handle {
  const rights = GENERIC_READ + GENERIC_WRITE;
  const handle = win32.CreateFileW('NUL', rights, FILE_SHARE_ALL, null, OPEN_EXISTING, 0, null);
  if (handle === null || handle === INVALID_HANDLE) {
    throw new WindowsError('CreateFileW', win32.GetLastError(), 'opening NUL');
  }
  check(
    win32,
    win32.SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT),
    'SetHandleInformation',
    'NUL',
  );
  return handle;
}
