/** Holds a slot until it is killed, and says which. */
import { claimWindowsSlot } from '../../supervisor/platform/windows/slot-lock.js';
import { loadWin32 } from '../../supervisor/platform/windows/win32.js';

console.log(claimWindowsSlot(loadWin32(), process.argv[2]!).slot);
setInterval(() => undefined, 1000);
