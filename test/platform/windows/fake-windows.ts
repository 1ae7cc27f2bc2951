/**
 * A Windows that records what it is told, for tests of what we tell it. Its jobs keep what is set, or say so and keep nothing, or refuse;
 * its processes do as the test says. Handles are counted: what is left open is a leak.
 */
import {
  ERROR,
  JobObjectInformation,
  STATUS_INFO_LENGTH_MISMATCH,
} from '../../../supervisor/platform/windows/constants.js';
import { encode } from '../../../supervisor/platform/windows/layout.js';
import { sidBytes } from '../../../supervisor/platform/windows/sid.js';
import type { Bool, Handle, Memory, Win32 } from '../../../supervisor/platform/windows/win32.js';

export type Manner = 'keeps' | 'ignores' | 'refuses';

export interface FakeProcess {
  readonly pid: number;
  readonly job: Handle | undefined;
  exitCode: number | undefined;
  running: boolean;
  suspensions: number;
  committed: number;
  /** Seconds. */
  cpu: number;
}

export interface Created {
  readonly token: Handle;
  readonly application: string;
  readonly commandLine: string;
  readonly inherit: number;
  readonly flags: number;
  readonly environment: string;
  readonly directory: string;
  readonly startup: Buffer;
  /** By attribute. */
  readonly attributes: ReadonlyMap<number, Buffer>;
}

export interface FakeGroup {
  readonly sid: string;
  attributes: number;
}

const attributeListBytes = 64;
const denyOnly = 0x10;

export class FakeWindows {
  readonly open = new Map<Handle, string>();
  readonly set: { readonly job: Handle; readonly information: number; readonly bytes: Buffer }[] = [];
  readonly created: Created[] = [];
  readonly processes = new Map<Handle, FakeProcess>();
  readonly messages: number[] = [];
  readonly groups: FakeGroup[] = [];
  integrity = 'S-1-16-8192';
  user = 'S-1-5-21-1-2-3-1001';
  /** How SetInformationJobObject goes, by class; else `manner`. */
  readonly manners = new Map<number, Manner>();
  manner: Manner = 'keeps';
  tokens: Manner = 'keeps';
  /** Whether this process is in a job. */
  nested = false;
  /** Whether a new process is in the job it was to be made in. */
  joins = true;
  /** Whether closing a job ends what is in it. */
  killsOnClose = true;
  /** Wine's GetProcessTimes tells everybody's as the caller's. */
  confusesTimes = false;
  ownCpu = 3;
  /** Seconds that the job has used in user mode, as it accounts, and in the kernel. */
  accounted = 0;
  accountedKernel = 0;
  peak = 0;
  affinity = 0xffn;
  private lastError = 0;
  private next = 100n;
  private readonly stored = new Map<string, Buffer>();
  private readonly memory: { readonly address: bigint; readonly bytes: Buffer }[] = [];
  private readonly lists = new Map<Buffer, Map<number, Buffer>>();

  /** Everything of what is left open but the processes' own tokens and the like. */
  leaks(): string[] {
    return [...this.open.values()];
  }

  process(handle: Handle): FakeProcess {
    const process = this.processes.get(handle);
    if (process === undefined) throw new Error(`no process has handle ${handle}`);
    return process;
  }

  readonly win32: Win32 = {
    addressOf: (buffer) => this.place(buffer),
    copyFrom: (address, bytes) => this.at(address, bytes),
    GetLastError: () => this.lastError,
    GetCurrentProcess: () => 0xffffffffffffffffn,
    LocalFree: () => null,
    CloseHandle: (handle) => this.closeHandle(handle as Handle),

    CreateJobObjectW: () => this.handle('job'),
    CreateIoCompletionPort: () => this.handle('port'),
    SetInformationJobObject: (job, information, bytes) =>
      this.setInformation(job as Handle, information, bytes as Buffer),
    QueryInformationJobObject: (job, information, into) => this.query(job as Handle, information, into as Buffer),
    IsProcessInJob: (process, job, answer) => {
      const inJob = job === null ? this.nested : this.process(process as Handle).job === job;
      (answer as Buffer).writeInt32LE(inJob ? 1 : 0);
      return 1;
    },
    TerminateJobObject: (job, code) => {
      this.endJob(job as Handle, code);
      return 1;
    },
    GetQueuedCompletionStatus: (_port, message) => {
      const next = this.messages.shift();
      if (next === undefined) return this.fail(ERROR.WAIT_TIMEOUT);
      (message as Buffer).writeUInt32LE(next);
      return 1;
    },

    InitializeProcThreadAttributeList: (list, _count, _flags, size) => {
      (size as Buffer).writeBigUInt64LE(BigInt(attributeListBytes));
      if (list === null) return this.fail(ERROR.INSUFFICIENT_BUFFER);
      this.lists.set(list as Buffer, new Map());
      this.place(list as Buffer);
      return 1;
    },
    UpdateProcThreadAttribute: (list, _flags, attribute, value) => {
      this.lists.get(list as Buffer)!.set(Number(attribute), Buffer.from(value as Buffer));
      return 1;
    },
    DeleteProcThreadAttributeList: () => undefined,
    CreateProcessAsUserW: (
      token,
      application,
      line,
      _p,
      _t,
      inherit,
      flags,
      block,
      directory,
      startup,
      information,
    ) => {
      const list = (startup as Buffer).readBigUInt64LE(104);
      const attributes = this.lists.get(this.memory.find(({ address }) => address === list)!.bytes)!;
      this.created.push({
        token: token as Handle,
        application,
        commandLine: (line as Buffer).toString('utf16le'),
        inherit,
        flags,
        environment: (block as Buffer).toString('utf16le'),
        directory,
        startup: Buffer.from(startup as Buffer),
        attributes,
      });
      const [process, thread] = [this.handle('process'), this.handle('thread')];
      const job = this.joins ? attributes.get(0x2000d)?.readBigUInt64LE() : undefined;
      const pid = 1000 + this.processes.size;
      this.processes.set(process, {
        pid,
        job,
        exitCode: undefined,
        running: false,
        suspensions: 1,
        committed: 0,
        cpu: 0,
      });
      encode('PROCESS_INFORMATION', { hProcess: process, hThread: thread, dwProcessId: pid }).copy(
        information as Buffer,
      );
      return 1;
    },
    ResumeThread: () => {
      const process = [...this.processes.values()].at(-1)!;
      process.suspensions -= 1;
      process.running = true;
      return 1;
    },
    TerminateProcess: (handle, code) => {
      this.process(handle as Handle).exitCode ??= code;
      return 1;
    },
    GetExitCodeProcess: (handle, code) => {
      (code as Buffer).writeUInt32LE(this.process(handle as Handle).exitCode ?? 259);
      return 1;
    },
    WaitForSingleObject: (handle) => (this.process(handle as Handle).exitCode === undefined ? 258 : 0),
    GetProcessTimes: (handle, _created, _exited, kernel, user) => {
      const process = this.processes.get(handle as Handle);
      const seconds = process === undefined || this.confusesTimes ? this.ownCpu : process.cpu;
      (kernel as Buffer).writeBigUInt64LE(0n);
      (user as Buffer).writeBigUInt64LE(BigInt(Math.round(seconds * 1e7)));
      return 1;
    },
    K32GetProcessMemoryInfo: (handle, counters) => {
      const { committed } = this.process(handle as Handle);
      encode('PROCESS_MEMORY_COUNTERS_EX', { PagefileUsage: committed }).copy(counters as Buffer);
      return 1;
    },
    OpenProcess: () => this.handle('opened process'),
    SetProcessAffinityMask: (_process, mask) => {
      if (this.manner === 'refuses') return this.fail(ERROR.ACCESS_DENIED);
      if (this.manner === 'keeps') this.affinity = BigInt(mask);
      return 1;
    },
    GetProcessAffinityMask: (_process, held) => {
      (held as Buffer).writeBigUInt64LE(this.affinity);
      return 1;
    },

    CreateNamedPipeW: () => this.handle('pipe'),
    GetNamedPipeClientProcessId: () => 1,
    CreateFileW: () => this.handle('file'),
    SetHandleInformation: () => 1,
    LockFileEx: () => 1,

    OpenProcessToken: (_process, _rights, token) => this.give(token as Buffer, 'token'),
    CreateRestrictedToken: (_token, _flags, count, list, _c, _p, _d, _r, made) =>
      this.restrict(count, list, made as Buffer),
    GetTokenInformation: (_token, information, into, _bytes, needed) =>
      this.tokenInformation(information, into as Buffer | null, needed as Buffer),
    SetTokenInformation: (_token, _information, label) => {
      if (this.tokens === 'refuses') return this.fail(ERROR.ACCESS_DENIED);
      const sid = this.at((label as Buffer).readBigUInt64LE(0), 12);
      if (this.tokens === 'keeps') this.integrity = `S-1-16-${sid.readUInt32LE(8)}`;
      return 1;
    },
    ConvertStringSecurityDescriptorToSecurityDescriptorW: () => 1,

    NtSuspendProcess: (handle) => this.suspend(handle as Handle, 1),
    NtResumeProcess: (handle) => this.suspend(handle as Handle, -1),
    NtQuerySystemInformation: (_information, into) => this.list(into as Buffer),
  };

  private handle(kind: string): Handle {
    this.next += 4n;
    this.open.set(this.next, kind);
    return this.next;
  }

  private give(into: Buffer, kind: string): Bool {
    into.writeBigUInt64LE(this.handle(kind));
    return 1;
  }

  private fail(code: number): Bool {
    this.lastError = code;
    return 0;
  }

  private closeHandle(handle: Handle): Bool {
    const kind = this.open.get(handle);
    if (kind === undefined) throw new Error(`handle ${handle} is not open`);
    this.open.delete(handle);
    if (kind === 'job' && this.killsOnClose) this.endJob(handle, 0);
    return 1;
  }

  private endJob(job: Handle, code: number): void {
    for (const process of this.processes.values()) if (process.job === job) process.exitCode ??= code;
  }

  private setInformation(job: Handle, information: number, bytes: Buffer): Bool {
    this.set.push({ job, information, bytes: Buffer.from(bytes) });
    const manner = this.manners.get(information) ?? this.manner;
    if (manner === 'refuses') return this.fail(ERROR.INVALID_PARAMETER);
    if (manner === 'keeps') this.stored.set(`${job} ${information}`, asKept(information, Buffer.from(bytes)));
    return 1;
  }

  private query(job: Handle, information: number, into: Buffer): Bool {
    into.fill(0);
    this.stored.get(`${job} ${information}`)?.copy(into);
    if (information === JobObjectInformation.BasicAccounting) {
      const [TotalUserTime, TotalKernelTime] = [this.accounted, this.accountedKernel].map((time) =>
        Math.round(time * 1e7),
      );
      encode('JOBOBJECT_BASIC_ACCOUNTING_INFORMATION', {
        TotalUserTime: TotalUserTime!,
        TotalKernelTime: TotalKernelTime!,
      }).copy(into);
    }
    if (information === JobObjectInformation.ExtendedLimit) into.writeBigUInt64LE(BigInt(this.peak), 136);
    return 1;
  }

  private suspend(handle: Handle, by: number): number {
    this.process(handle).suspensions += by;
    return 0;
  }

  private restrict(count: number, list: Memory, made: Buffer): Bool {
    if (this.tokens === 'refuses') return this.fail(ERROR.ACCESS_DENIED);
    for (let index = 0; index < count && this.tokens === 'keeps'; index++) {
      const sid = this.textAt((list as Buffer).readBigUInt64LE(16 * index));
      for (const group of this.groups) if (group.sid === sid) group.attributes = denyOnly;
    }
    return this.give(made, 'token');
  }

  private tokenInformation(information: number, into: Buffer | null, needed: Buffer): Bool {
    const sids =
      information === 2 ? this.groups : [{ sid: information === 1 ? this.user : this.integrity, attributes: 0 }];
    const head = information === 2 ? 8 : 0;
    needed.writeUInt32LE(head + 16 * sids.length);
    if (into === null) return this.fail(ERROR.INSUFFICIENT_BUFFER);
    if (information === 2) into.writeUInt32LE(sids.length);
    for (const [index, { sid, attributes }] of sids.entries()) {
      encode('SID_AND_ATTRIBUTES', { Sid: this.place(sidBytes(sid)), Attributes: attributes }).copy(
        into,
        head + 16 * index,
      );
    }
    return 1;
  }

  private list(into: Buffer): number {
    const entries = [...this.processes.values()];
    const each = 256;
    if (into.length < each * entries.length) return STATUS_INFO_LENGTH_MISMATCH;
    for (const [index, { pid, cpu }] of entries.entries()) {
      const ticks = Math.round(cpu * 1e7);
      const next = index === entries.length - 1 ? 0 : each;
      const entry = { NextEntryOffset: next, UniqueProcessId: pid, UserTime: ticks };
      encode('SYSTEM_PROCESS_INFORMATION', entry).copy(into, each * index);
    }
    return 0;
  }

  private place(bytes: Buffer): bigint {
    const known = this.memory.find((area) => area.bytes === bytes);
    if (known !== undefined) return known.address;
    const address = 0x10000n + BigInt(this.memory.length) * 0x10000n;
    this.memory.push({ address, bytes });
    return address;
  }

  private at(address: bigint, length: number): Buffer {
    const area = this.memory.find(
      ({ address: start, bytes }) => address >= start && address < start + BigInt(bytes.length) + 1n,
    );
    if (area === undefined) throw new Error(`nothing is at ${address}`);
    const from = Number(address - area.address);
    return Buffer.from(area.bytes.subarray(from, from + length));
  }

  private textAt(address: bigint): string {
    const count = this.at(address, 8).readUInt8(1);
    const bytes = this.at(address, 8 + 4 * count);
    const rest = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
    return ['S', 1, bytes.readUIntBE(2, 6), ...rest].join('-');
  }
}

/** Memory is kept in pages. */
function asKept(information: number, bytes: Buffer): Buffer {
  if (information !== JobObjectInformation.ExtendedLimit) return bytes;
  for (const at of [112, 120]) bytes.writeBigUInt64LE((bytes.readBigUInt64LE(at) >> 12n) << 12n, at);
  return bytes;
}
