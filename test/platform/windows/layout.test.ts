/** The structures as Microsoft documents them for x64: sizes and offsets, written down here a second time. */
import { createRequire } from 'node:module';
import t from 'tap';
import { decode, encode, layoutOf, sizeOf } from '../../../supervisor/platform/windows/layout.js';
import { type StructureName, structures } from '../../../supervisor/platform/windows/structures.js';

/** Compared with the Windows SDK's headers (winnt.h, processthreadsapi.h, psapi.h, winternl.h) for x64. */
const documented: Readonly<Record<string, readonly [size: number, offsets: Readonly<Record<string, number>>]>> = {
  JOBOBJECT_BASIC_LIMIT_INFORMATION: [
    64,
    {
      PerProcessUserTimeLimit: 0,
      PerJobUserTimeLimit: 8,
      LimitFlags: 16,
      MinimumWorkingSetSize: 24,
      MaximumWorkingSetSize: 32,
      ActiveProcessLimit: 40,
      Affinity: 48,
      PriorityClass: 56,
      SchedulingClass: 60,
    },
  ],
  IO_COUNTERS: [48, { ReadOperationCount: 0, OtherTransferCount: 40 }],
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION: [
    144,
    {
      BasicLimitInformation: 0,
      IoInfo: 64,
      ProcessMemoryLimit: 112,
      JobMemoryLimit: 120,
      PeakProcessMemoryUsed: 128,
      PeakJobMemoryUsed: 136,
    },
  ],
  JOBOBJECT_CPU_RATE_CONTROL_INFORMATION: [8, { ControlFlags: 0, CpuRate: 4 }],
  JOBOBJECT_BASIC_UI_RESTRICTIONS: [4, { UIRestrictionsClass: 0 }],
  JOBOBJECT_ASSOCIATE_COMPLETION_PORT: [16, { CompletionKey: 0, CompletionPort: 8 }],
  JOBOBJECT_BASIC_ACCOUNTING_INFORMATION: [
    48,
    { TotalUserTime: 0, TotalKernelTime: 8, TotalPageFaultCount: 32, TotalProcesses: 36, ActiveProcesses: 40 },
  ],
  SECURITY_ATTRIBUTES: [24, { nLength: 0, lpSecurityDescriptor: 8, bInheritHandle: 16 }],
  STARTUPINFOW: [
    104,
    { cb: 0, lpDesktop: 16, dwX: 32, dwFlags: 60, wShowWindow: 64, lpReserved2: 72, hStdInput: 80, hStdError: 96 },
  ],
  STARTUPINFOEXW: [112, { StartupInfo: 0, lpAttributeList: 104 }],
  PROCESS_INFORMATION: [24, { hProcess: 0, hThread: 8, dwProcessId: 16, dwThreadId: 20 }],
  SID_AND_ATTRIBUTES: [16, { Sid: 0, Attributes: 8 }],
  TOKEN_MANDATORY_LABEL: [16, { Label: 0 }],
  OVERLAPPED: [32, { Internal: 0, Offset: 16, OffsetHigh: 20, hEvent: 24 }],
  PROCESS_MEMORY_COUNTERS_EX: [80, { cb: 0, WorkingSetSize: 16, PagefileUsage: 56, PrivateUsage: 72 }],
  SYSTEM_PROCESS_INFORMATION: [
    88,
    { NextEntryOffset: 0, NumberOfThreads: 4, UserTime: 40, KernelTime: 48, ImageNameBuffer: 64, UniqueProcessId: 80 },
  ],
};

t.test('every structure has its documented size and offsets', async (t) => {
  t.same(Object.keys(documented).sort(), Object.keys(structures).sort(), 'every structure is written down');
  for (const [name, [size, offsets]] of Object.entries(documented)) {
    const layout = layoutOf(name as StructureName);
    t.equal(layout.size, size, `sizeof(${name})`);
    for (const [member, offset] of Object.entries(offsets)) {
      t.equal(layout.offsets.get(member)?.offset, offset, `offsetof(${name}, ${member})`);
    }
  }
});

interface Koffi {
  struct(members: Readonly<Record<string, unknown>>): unknown;
  sizeof(type: unknown): number;
  offsetof(type: unknown, member: string): number;
}

function loadKoffi(): Koffi | undefined {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch {
    return undefined;
  }
}

const koffi = loadKoffi();

t.test(
  'a compiler lays them out the same',
  { skip: koffi === undefined && 'the optional package koffi is missing' },
  async (t) => {
    const { struct, sizeof, offsetof } = koffi!;
    const made = new Map<string, unknown>();
    for (const [name, members] of Object.entries(structures)) {
      const types = Object.entries(members).map(([member, type]) => [member, made.get(type) ?? type]);
      const type = struct(Object.fromEntries(types));
      made.set(name, type);
      t.equal(sizeof(type), sizeOf(name as StructureName), `sizeof(${name})`);
      for (const [member, { offset }] of layoutOf(name as StructureName).offsets) {
        t.equal(offsetof(type, member), offset, `offsetof(${name}, ${member})`);
      }
    }
  },
);

t.test('what is written reads back, and nothing else is touched', async (t) => {
  const values = { BasicLimitInformation: { LimitFlags: 0x2008, ActiveProcessLimit: 1 }, JobMemoryLimit: 2 ** 40 };
  const bytes = encode('JOBOBJECT_EXTENDED_LIMIT_INFORMATION', values);
  t.match(decode('JOBOBJECT_EXTENDED_LIMIT_INFORMATION', bytes), values);
  const expected = Buffer.alloc(144);
  expected.writeUInt32LE(0x2008, 16);
  expected.writeUInt32LE(1, 40);
  expected.writeBigUInt64LE(2n ** 40n, 120);
  t.same(bytes, expected);
  t.throws(() => encode('IO_COUNTERS', { Surplus: 1 } as object), /no member Surplus/);
  t.throws(() => decode('IO_COUNTERS', Buffer.alloc(47)), RangeError);
});
