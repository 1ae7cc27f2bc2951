/**
 * What a process uses, by its handle. Processor time comes from GetProcessTimes, or from the system's list of processes where that
 * doesn't tell the truth: under Wine it answers with the caller's own times, whatever process it is asked about.
 */
import { STATUS_INFO_LENGTH_MISMATCH, SystemProcessInformation } from './constants.js';
import { check, checkStatus } from './errors.js';
import { decode, encode, sizeOf } from './layout.js';
import type { Handle, Win32 } from './win32.js';

/** FILETIME and LARGE_INTEGER times count these. */
export const tick = 1e-7;

export interface ProcessTimes {
  /** Seconds that the process has used, by the way that is right here; undefined when it is gone. */
  cpuSeconds(process: Handle, pid: number): number | undefined;
}

/** Committed bytes that no file backs. */
export function committedBytes(win32: Win32, process: Handle): number {
  const size = sizeOf('PROCESS_MEMORY_COUNTERS_EX');
  const counters = encode('PROCESS_MEMORY_COUNTERS_EX', { cb: size });
  const done = win32.K32GetProcessMemoryInfo(process, counters, size);
  check(win32, done, 'K32GetProcessMemoryInfo', "reading a program's memory");
  // PrivateUsage says the same on Windows, and 0 under Wine.
  return decode('PROCESS_MEMORY_COUNTERS_EX', counters).PagefileUsage;
}

export class HandleTimes implements ProcessTimes {
  constructor(private readonly win32: Win32) {}

  cpuSeconds(process: Handle): number {
    const [created, exited, kernel, user] = Array.from({ length: 4 }, () => Buffer.alloc(8));
    const done = this.win32.GetProcessTimes(process, created!, exited!, kernel!, user!);
    check(this.win32, done, 'GetProcessTimes', "reading a program's processor time");
    return Number(kernel!.readBigUInt64LE() + user!.readBigUInt64LE()) * tick;
  }
}

/** Milliseconds that one list serves all who ask: it takes a few to make. */
const freshMs = 4;
const firstBytes = 256 << 10;
const mostBytes = 64 << 20;

export class ListTimes implements ProcessTimes {
  private buffer = Buffer.alloc(firstBytes);
  private readAt = Number.NEGATIVE_INFINITY;
  private readonly seconds = new Map<number, number>();

  constructor(
    private readonly win32: Win32,
    private readonly now: () => number = () => performance.now(),
  ) {}

  cpuSeconds(_process: Handle, pid: number): number | undefined {
    const now = this.now();
    if (now - this.readAt >= freshMs) {
      this.read();
      this.readAt = now;
    }
    return this.seconds.get(pid);
  }

  private read(): void {
    const call = 'NtQuerySystemInformation';
    let status: number;
    for (;;) {
      status =
        this.win32.NtQuerySystemInformation(SystemProcessInformation, this.buffer, this.buffer.length, null) >>> 0;
      if (status !== STATUS_INFO_LENGTH_MISMATCH || this.buffer.length >= mostBytes) break;
      this.buffer = Buffer.alloc(this.buffer.length * 2);
    }
    checkStatus(status, call, 'reading the list of processes');
    this.seconds.clear();
    let at = 0;
    for (;;) {
      const entry = decode('SYSTEM_PROCESS_INFORMATION', this.buffer, at);
      this.seconds.set(entry.UniqueProcessId, (entry.UserTime + entry.KernelTime) * tick);
      if (entry.NextEntryOffset === 0) break;
      at += entry.NextEntryOffset;
    }
  }
}

/**
 * The way that is right on this host. `idle`: a process that has not run an instruction yet. Whoever says that it has used as much as
 * we have does not know.
 */
export function chooseTimes(win32: Win32, idle: Handle): ProcessTimes {
  const byHandle = new HandleTimes(win32);
  const ours = byHandle.cpuSeconds(win32.GetCurrentProcess()!);
  return byHandle.cpuSeconds(idle) < ours / 2 ? byHandle : new ListTimes(win32);
}
