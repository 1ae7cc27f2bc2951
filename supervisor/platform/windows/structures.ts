/**
 * The structures of the Windows API that we pass, as data: members in order, with the types that x64 gives them. Source: Microsoft's
 * documentation of each (winnt.h, winbase.h, processthreadsapi.h, psapi.h), and winternl.h for SYSTEM_PROCESS_INFORMATION.
 * HANDLE, PVOID, SIZE_T and ULONG_PTR are `uint64`, DWORD and ULONG `uint32`, BOOL `int32`, LARGE_INTEGER `int64`.
 */
export type MemberType = 'uint8' | 'uint16' | 'uint32' | 'int32' | 'uint64' | 'int64' | StructureName;
type Members = Readonly<Record<string, string>>;

export const structures = {
  JOBOBJECT_BASIC_LIMIT_INFORMATION: {
    PerProcessUserTimeLimit: 'int64',
    PerJobUserTimeLimit: 'int64',
    LimitFlags: 'uint32',
    MinimumWorkingSetSize: 'uint64',
    MaximumWorkingSetSize: 'uint64',
    ActiveProcessLimit: 'uint32',
    Affinity: 'uint64',
    PriorityClass: 'uint32',
    SchedulingClass: 'uint32',
  },
  IO_COUNTERS: {
    ReadOperationCount: 'uint64',
    WriteOperationCount: 'uint64',
    OtherOperationCount: 'uint64',
    ReadTransferCount: 'uint64',
    WriteTransferCount: 'uint64',
    OtherTransferCount: 'uint64',
  },
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION: {
    BasicLimitInformation: 'JOBOBJECT_BASIC_LIMIT_INFORMATION',
    IoInfo: 'IO_COUNTERS',
    ProcessMemoryLimit: 'uint64',
    JobMemoryLimit: 'uint64',
    PeakProcessMemoryUsed: 'uint64',
    PeakJobMemoryUsed: 'uint64',
  },
  /** Of the union, the member that a hard cap uses. */
  JOBOBJECT_CPU_RATE_CONTROL_INFORMATION: { ControlFlags: 'uint32', CpuRate: 'uint32' },
  JOBOBJECT_BASIC_UI_RESTRICTIONS: { UIRestrictionsClass: 'uint32' },
  JOBOBJECT_ASSOCIATE_COMPLETION_PORT: { CompletionKey: 'uint64', CompletionPort: 'uint64' },
  JOBOBJECT_BASIC_ACCOUNTING_INFORMATION: {
    TotalUserTime: 'int64',
    TotalKernelTime: 'int64',
    ThisPeriodTotalUserTime: 'int64',
    ThisPeriodTotalKernelTime: 'int64',
    TotalPageFaultCount: 'uint32',
    TotalProcesses: 'uint32',
    ActiveProcesses: 'uint32',
    TotalTerminatedProcesses: 'uint32',
  },
  SECURITY_ATTRIBUTES: { nLength: 'uint32', lpSecurityDescriptor: 'uint64', bInheritHandle: 'int32' },
  STARTUPINFOW: {
    cb: 'uint32',
    lpReserved: 'uint64',
    lpDesktop: 'uint64',
    lpTitle: 'uint64',
    dwX: 'uint32',
    dwY: 'uint32',
    dwXSize: 'uint32',
    dwYSize: 'uint32',
    dwXCountChars: 'uint32',
    dwYCountChars: 'uint32',
    dwFillAttribute: 'uint32',
    dwFlags: 'uint32',
    wShowWindow: 'uint16',
    cbReserved2: 'uint16',
    lpReserved2: 'uint64',
    hStdInput: 'uint64',
    hStdOutput: 'uint64',
    hStdError: 'uint64',
  },
  STARTUPINFOEXW: { StartupInfo: 'STARTUPINFOW', lpAttributeList: 'uint64' },
  PROCESS_INFORMATION: { hProcess: 'uint64', hThread: 'uint64', dwProcessId: 'uint32', dwThreadId: 'uint32' },
  SID_AND_ATTRIBUTES: { Sid: 'uint64', Attributes: 'uint32' },
  TOKEN_MANDATORY_LABEL: { Label: 'SID_AND_ATTRIBUTES' },
  OVERLAPPED: { Internal: 'uint64', InternalHigh: 'uint64', Offset: 'uint32', OffsetHigh: 'uint32', hEvent: 'uint64' },
  PROCESS_MEMORY_COUNTERS_EX: {
    cb: 'uint32',
    PageFaultCount: 'uint32',
    PeakWorkingSetSize: 'uint64',
    WorkingSetSize: 'uint64',
    QuotaPeakPagedPoolUsage: 'uint64',
    QuotaPagedPoolUsage: 'uint64',
    QuotaPeakNonPagedPoolUsage: 'uint64',
    QuotaNonPagedPoolUsage: 'uint64',
    PagefileUsage: 'uint64',
    PeakPagefileUsage: 'uint64',
    PrivateUsage: 'uint64',
  },
  /** The part of each entry before its threads that we read. */
  SYSTEM_PROCESS_INFORMATION: {
    NextEntryOffset: 'uint32',
    NumberOfThreads: 'uint32',
    WorkingSetPrivateSize: 'int64',
    HardFaultCount: 'uint32',
    NumberOfThreadsHighWatermark: 'uint32',
    CycleTime: 'uint64',
    CreateTime: 'int64',
    UserTime: 'int64',
    KernelTime: 'int64',
    ImageNameLength: 'uint16',
    ImageNameMaximumLength: 'uint16',
    ImageNameBuffer: 'uint64',
    BasePriority: 'int32',
    UniqueProcessId: 'uint64',
  },
} as const satisfies Readonly<Record<string, Members>>;

export type StructureName = keyof typeof structures;

type ValueOf<Type> = Type extends StructureName ? Partial<Values<Type>> : number | bigint;
type DecodedOf<Type> = Type extends StructureName ? Decoded<Type> : number;

/** What can be written: members that are left out are 0. */
export type Values<Name extends StructureName> = {
  readonly [Member in keyof (typeof structures)[Name]]?: ValueOf<(typeof structures)[Name][Member]>;
};

/** What was read. 64-bit members are numbers too: none that we read comes near 2^53. */
export type Decoded<Name extends StructureName> = {
  readonly [Member in keyof (typeof structures)[Name]]: DecodedOf<(typeof structures)[Name][Member]>;
};
