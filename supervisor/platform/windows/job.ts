/** A job object: one program's process is in it, and dies with its last handle, which the supervisor holds. */
import { JOB_OBJECT_CPU_RATE_CONTROL, JobObjectInformation } from './constants.js';
import { check, WindowsError } from './errors.js';
import { decode, encode, sizeOf } from './layout.js';
import type { Decoded, StructureName, Values } from './structures.js';
import type { Handle, Win32 } from './win32.js';

/** The structure of each information class that we use. */
const structureOf = {
  BasicAccounting: 'JOBOBJECT_BASIC_ACCOUNTING_INFORMATION',
  BasicUIRestrictions: 'JOBOBJECT_BASIC_UI_RESTRICTIONS',
  AssociateCompletionPort: 'JOBOBJECT_ASSOCIATE_COMPLETION_PORT',
  ExtendedLimit: 'JOBOBJECT_EXTENDED_LIMIT_INFORMATION',
  CpuRateControl: 'JOBOBJECT_CPU_RATE_CONTROL_INFORMATION',
} as const satisfies Readonly<Record<keyof typeof JobObjectInformation, StructureName>>;

type Information = keyof typeof structureOf;

export class Job {
  private readonly own: Handle;
  private readonly port: Handle;
  private open = true;

  /** Throws WindowsError. */
  constructor(private readonly win32: Win32) {
    const handle = win32.CreateJobObjectW(null, null);
    check(win32, handle, 'CreateJobObjectW', 'making a job object');
    this.own = handle!;
    const port = win32.CreateIoCompletionPort(0xffffffffffffffffn, null, 0, 1);
    if (port === null) {
      const error = new WindowsError('CreateIoCompletionPort', win32.GetLastError(), "making a job's message port");
      win32.CloseHandle(handle);
      throw error;
    }
    this.port = port;
  }

  /** Throws once it is closed: Windows gives the number to something else then. */
  get handle(): Handle {
    if (!this.open) throw new Error('the job is closed');
    return this.own;
  }

  /** What tells of limits that were met comes to `messages`. Throws WindowsError. */
  listen(): void {
    this.set('AssociateCompletionPort', { CompletionKey: this.handle, CompletionPort: this.port });
  }

  /** Throws WindowsError when Windows refuses. That it accepts says nothing: read back what matters. */
  set<Name extends Information>(information: Name, values: Values<(typeof structureOf)[Name]>): void {
    const { win32 } = this;
    const bytes = encode(structureOf[information], values);
    const done = win32.SetInformationJobObject(this.handle, JobObjectInformation[information], bytes, bytes.length);
    check(win32, done, 'SetInformationJobObject', `setting a job's ${information}`);
  }

  /** Throws WindowsError. */
  get<Name extends Information>(information: Name): Decoded<(typeof structureOf)[Name]> {
    const { win32 } = this;
    const bytes = Buffer.alloc(sizeOf(structureOf[information]));
    const number = JobObjectInformation[information];
    const done = win32.QueryInformationJobObject(this.handle, number, bytes, bytes.length, null);
    check(win32, done, 'QueryInformationJobObject', `reading a job's ${information}`);
    return decode(structureOf[information], bytes);
  }

  contains(process: Handle): boolean {
    const answer = Buffer.alloc(4);
    const done = this.win32.IsProcessInJob(process, this.handle, answer);
    check(this.win32, done, 'IsProcessInJob', 'asking whether a process is in its job');
    return answer.readInt32LE() !== 0;
  }

  /** The messages that have come since the last call, at most `most`: numbers of JOB_OBJECT_MSG. Doesn't wait. */
  messages(most = 16): number[] {
    const read: number[] = [];
    const message = Buffer.alloc(4);
    const key = Buffer.alloc(8);
    const detail = Buffer.alloc(8);
    while (this.open && read.length < most) {
      if (this.win32.GetQueuedCompletionStatus(this.port, message, key, detail, 0) === 0) break;
      read.push(message.readUInt32LE());
    }
    return read;
  }

  /** Ends every process in it, whatever state they are in. */
  terminate(exitCode: number): void {
    if (!this.open) return;
    check(this.win32, this.win32.TerminateJobObject(this.handle, exitCode), 'TerminateJobObject', 'ending a program');
  }

  /** What is left in the job dies with this handle. Idempotent. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    this.win32.CloseHandle(this.port);
    this.win32.CloseHandle(this.own);
  }
}

/** Whether this process is in a job itself, made by whoever started it. */
export function isInJob(win32: Win32): boolean {
  const answer = Buffer.alloc(4);
  check(
    win32,
    win32.IsProcessInJob(win32.GetCurrentProcess(), null, answer),
    'IsProcessInJob',
    'asking for our own job',
  );
  return answer.readInt32LE() !== 0;
}

/** A hard cap of so many cores: parts of 10,000 of all processors. The least that Windows knows is 1. */
export function hardCap(cores: number, processors: number): Values<'JOBOBJECT_CPU_RATE_CONTROL_INFORMATION'> {
  const { ENABLE, HARD_CAP } = JOB_OBJECT_CPU_RATE_CONTROL;
  const share = Math.min(cores / processors, 1);
  return { ControlFlags: ENABLE | HARD_CAP, CpuRate: Math.max(1, Math.round(share * 10_000)) };
}
