/**
 * Starts a program's process, suspended, inside its job, with exactly the handles that it is given; it runs its first instruction only
 * when it was seen to be in the job.
 */

import { environmentBlock, quoteArguments } from './command-line.js';
import {
  CHILD_PROCESS_RESTRICTED,
  CREATE,
  MITIGATION_POLICY,
  PROC_THREAD_ATTRIBUTE,
  STARTF_USESTDHANDLES,
  WAIT_OBJECT_0,
} from './constants.js';
import { check, checkStatus } from './errors.js';
import type { Job } from './job.js';
import { decode, encode, sizeOf } from './layout.js';
import type { Handle, Win32 } from './win32.js';

export interface StartOptions {
  readonly executable: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly token: Handle;
  readonly job: Job;
  /** Inheritable. The caller closes its copies afterwards. */
  readonly stdio: readonly [input: Handle, output: Handle, error: Handle];
}

export class ChildProcess {
  private open = true;
  private code: number | undefined;

  private constructor(
    private readonly win32: Win32,
    readonly handle: Handle,
    private readonly thread: Handle,
    readonly pid: number,
  ) {}

  /** In its job, and not running yet: `begin` or `abandon`. Throws WindowsError; nothing is left then. */
  static create(win32: Win32, options: StartOptions): ChildProcess {
    const { hProcess, hThread, dwProcessId } = create(win32, options);
    const child = new ChildProcess(win32, hProcess, hThread, dwProcessId);
    try {
      if (!options.job.contains(hProcess)) throw new Error(`process ${dwProcessId} was not made in its job`);
      return child;
    } catch (error) {
      child.abandon();
      throw error;
    }
  }

  /** Lets it run. Throws WindowsError. */
  begin(): void {
    const failed = this.win32.ResumeThread(this.thread) === 0xffffffff;
    if (failed) check(this.win32, 0, 'ResumeThread', 'starting a program');
  }

  /** Ends it, wherever it got to. */
  abandon(): void {
    this.win32.TerminateProcess(this.handle, 1);
    this.close();
  }

  /** Undefined while it runs. Known to the end of this object once it was seen. */
  exitCode(): number | undefined {
    if (this.code !== undefined || !this.open) return this.code;
    if (this.win32.WaitForSingleObject(this.handle, 0) !== WAIT_OBJECT_0) return undefined;
    const code = Buffer.alloc(4);
    check(this.win32, this.win32.GetExitCodeProcess(this.handle, code), 'GetExitCodeProcess', 'reading an exit code');
    this.code = code.readUInt32LE();
    return this.code;
  }

  suspend(): void {
    if (this.open) checkStatus(this.win32.NtSuspendProcess(this.handle), 'NtSuspendProcess', 'suspending a program');
  }

  resume(): void {
    if (this.open) checkStatus(this.win32.NtResumeProcess(this.handle), 'NtResumeProcess', 'resuming a program');
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.win32.CloseHandle(this.thread);
    this.win32.CloseHandle(this.handle);
  }
}

interface Created {
  readonly hProcess: Handle;
  readonly hThread: Handle;
  readonly dwProcessId: number;
}

function create(win32: Win32, options: StartOptions): Created {
  const { executable, args, environment, directory, token, job, stdio } = options;
  const attributes = new AttributeList(win32, 4);
  try {
    attributes.set(PROC_THREAD_ATTRIBUTE.HANDLE_LIST, pointers(new Set(stdio)));
    attributes.set(PROC_THREAD_ATTRIBUTE.JOB_LIST, pointers([job.handle]));
    attributes.set(PROC_THREAD_ATTRIBUTE.MITIGATION_POLICY, pointers([mitigations]));
    attributes.set(PROC_THREAD_ATTRIBUTE.CHILD_PROCESS_POLICY, dword(CHILD_PROCESS_RESTRICTED));
    const startup = encode('STARTUPINFOEXW', {
      StartupInfo: {
        cb: sizeOf('STARTUPINFOEXW'),
        dwFlags: STARTF_USESTDHANDLES,
        hStdInput: stdio[0],
        hStdOutput: stdio[1],
        hStdError: stdio[2],
      },
      lpAttributeList: attributes.address,
    });
    // CreateProcess may write to it.
    const line = Buffer.from(`${quoteArguments([executable, ...args])}\0`, 'utf16le');
    const information = Buffer.alloc(sizeOf('PROCESS_INFORMATION'));
    const flags =
      CREATE.SUSPENDED | CREATE.UNICODE_ENVIRONMENT | CREATE.EXTENDED_STARTUPINFO_PRESENT | CREATE.DETACHED_PROCESS;
    const block = environmentBlock(environment);
    const done = win32.CreateProcessAsUserW(
      token,
      executable,
      line,
      null,
      null,
      1,
      flags,
      block,
      directory,
      startup,
      information,
    );
    check(win32, done, 'CreateProcessAsUserW', `starting ${executable}`);
    const { hProcess, hThread, dwProcessId } = decode('PROCESS_INFORMATION', information);
    return { hProcess: BigInt(hProcess), hThread: BigInt(hThread), dwProcessId };
  } finally {
    attributes.delete();
  }
}

const mitigations = Object.values(MITIGATION_POLICY).reduce((all, policy) => all | policy, 0n);

/** PROC_THREAD_ATTRIBUTE_LIST. Keeps the values that it points to. */
class AttributeList {
  private readonly list: Buffer;
  private readonly values: Buffer[] = [];

  constructor(
    private readonly win32: Win32,
    count: number,
  ) {
    const size = Buffer.alloc(8);
    win32.InitializeProcThreadAttributeList(null, count, 0, size);
    this.list = Buffer.alloc(Number(size.readBigUInt64LE()));
    const done = win32.InitializeProcThreadAttributeList(this.list, count, 0, size);
    check(win32, done, 'InitializeProcThreadAttributeList', 'preparing a process');
  }

  get address(): bigint {
    return this.win32.addressOf(this.list);
  }

  set(attribute: number, value: Buffer): void {
    this.values.push(value);
    const { win32, list } = this;
    const done = win32.UpdateProcThreadAttribute(list, 0, attribute, value, value.length, null, null);
    check(win32, done, 'UpdateProcThreadAttribute', `preparing a process (attribute 0x${attribute.toString(16)})`);
  }

  delete(): void {
    this.win32.DeleteProcThreadAttributeList(this.list);
    this.values.length = 0;
  }
}

function pointers(values: Iterable<bigint>): Buffer {
  return Buffer.concat(
    Array.from(values, (value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(value);
      return bytes;
    }),
  );
}

function dword(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
