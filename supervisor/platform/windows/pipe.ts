/**
 * A pipe between this process and one that it starts: our end is a stream that waits without a thread, the other's is a plain handle
 * that blocks, as its synchronous reads and writes want. Anonymous pipes can't do the first. So it is a named pipe, but for no one
 * else: its name is random, ours is its only instance, remote clients are refused, its access list names our user alone, and who has
 * connected is checked.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { HANDLE_FLAG_INHERIT, INVALID_HANDLE, PIPE } from './constants.js';
import { check, WindowsError } from './errors.js';
import { encode, sizeOf } from './layout.js';
import type { Handle, Win32 } from './win32.js';

export interface ProcessPipe {
  /** For the other process: inheritable. */
  readonly theirs: Handle;
  readonly ours: Socket;
}

const bufferBytes = 64 << 10;
const sddlRevision = 1;

/** `direction`: what the other process does with its end. Rejects when the pipe can't be made, or somebody else came first. */
export async function openPipe(win32: Win32, direction: 'reads' | 'writes', user: string): Promise<ProcessPipe> {
  const name = `\\\\.\\pipe\\repyard-${randomBytes(16).toString('hex')}`;
  const theirs = create(win32, name, direction, user);
  let ours: Socket | undefined;
  try {
    // A pipe of one direction begins with the other one ended.
    ours = connect({ path: name, allowHalfOpen: true });
    await once(ours, 'connect');
    check(
      win32,
      win32.SetHandleInformation(theirs, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT),
      'SetHandleInformation',
      name,
    );
    assertOurs(win32, theirs);
    return { theirs, ours };
  } catch (error) {
    ours?.destroy();
    win32.CloseHandle(theirs);
    throw error;
  }
}

function create(win32: Win32, name: string, direction: 'reads' | 'writes', user: string): Handle {
  const access = (direction === 'reads' ? PIPE.ACCESS_INBOUND : PIPE.ACCESS_OUTBOUND) | PIPE.FIRST_PIPE_INSTANCE;
  const descriptor = descriptorFor(win32, user);
  try {
    const length = sizeOf('SECURITY_ATTRIBUTES');
    const security = encode('SECURITY_ATTRIBUTES', { nLength: length, lpSecurityDescriptor: descriptor });
    const mode = PIPE.REJECT_REMOTE_CLIENTS;
    const handle = win32.CreateNamedPipeW(name, access, mode, 1, bufferBytes, bufferBytes, 0, security);
    if (handle === null || handle === INVALID_HANDLE) {
      throw new WindowsError('CreateNamedPipeW', win32.GetLastError(), 'making a channel');
    }
    return handle;
  } finally {
    win32.LocalFree(descriptor);
  }
}

/** Full access for our user, none for anybody else, administrators included. */
function descriptorFor(win32: Win32, user: string): bigint {
  const made = Buffer.alloc(8);
  const call = 'ConvertStringSecurityDescriptorToSecurityDescriptorW';
  check(win32, win32[call](`D:P(A;;GA;;;${user})`, sddlRevision, made, null), call, "making a channel's access list");
  return made.readBigUInt64LE();
}

function assertOurs(win32: Win32, pipe: Handle): void {
  const client = Buffer.alloc(4);
  const done = win32.GetNamedPipeClientProcessId(pipe, client);
  check(win32, done, 'GetNamedPipeClientProcessId', 'asking who has connected to a channel');
  const pid = client.readUInt32LE();
  if (pid !== process.pid) throw new Error(`process ${pid} has connected to a channel that isn't its own`);
}
