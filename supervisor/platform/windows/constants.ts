/** Numbers of the Windows API, under its names. Source: Microsoft's documentation and the headers it names. */

export const JobObjectInformation = {
  BasicAccounting: 1,
  BasicUIRestrictions: 4,
  AssociateCompletionPort: 7,
  ExtendedLimit: 9,
  CpuRateControl: 15,
} as const;

export const JOB_OBJECT_LIMIT = {
  JOB_TIME: 0x4,
  ACTIVE_PROCESS: 0x8,
  PRIORITY_CLASS: 0x20,
  PROCESS_MEMORY: 0x100,
  JOB_MEMORY: 0x200,
  DIE_ON_UNHANDLED_EXCEPTION: 0x400,
  KILL_ON_JOB_CLOSE: 0x2000,
} as const;

export const JOB_OBJECT_UILIMIT = {
  HANDLES: 0x1,
  READCLIPBOARD: 0x2,
  WRITECLIPBOARD: 0x4,
  SYSTEMPARAMETERS: 0x8,
  DISPLAYSETTINGS: 0x10,
  GLOBALATOMS: 0x20,
  DESKTOP: 0x40,
  EXITWINDOWS: 0x80,
} as const;

export const JOB_OBJECT_CPU_RATE_CONTROL = { ENABLE: 0x1, HARD_CAP: 0x4 } as const;

export const JOB_OBJECT_MSG = {
  END_OF_JOB_TIME: 1,
  ACTIVE_PROCESS_LIMIT: 3,
  PROCESS_MEMORY_LIMIT: 9,
  JOB_MEMORY_LIMIT: 10,
} as const;

export const PRIORITY_CLASS = { IDLE: 0x40, BELOW_NORMAL: 0x4000, NORMAL: 0x20 } as const;

export const CREATE = {
  SUSPENDED: 0x4,
  UNICODE_ENVIRONMENT: 0x400,
  EXTENDED_STARTUPINFO_PRESENT: 0x80000,
  DETACHED_PROCESS: 0x8,
} as const;

export const STARTF_USESTDHANDLES = 0x100;

export const PROC_THREAD_ATTRIBUTE = {
  HANDLE_LIST: 0x20002,
  MITIGATION_POLICY: 0x20007,
  JOB_LIST: 0x2000d,
  CHILD_PROCESS_POLICY: 0x2000e,
} as const;

/** PROCESS_CREATION_CHILD_PROCESS_RESTRICTED */
export const CHILD_PROCESS_RESTRICTED = 0x1;

/** PROCESS_CREATION_MITIGATION_POLICY_*_ALWAYS_ON that an engine with a JIT compiler can live under. */
export const MITIGATION_POLICY = {
  EXTENSION_POINT_DISABLE: 1n << 32n,
  FONT_DISABLE: 1n << 48n,
  IMAGE_LOAD_NO_REMOTE: 1n << 52n,
  IMAGE_LOAD_NO_LOW_LABEL: 1n << 56n,
} as const;

export const TOKEN = { DUPLICATE: 0x2, QUERY: 0x8, ASSIGN_PRIMARY: 0x1, ADJUST_DEFAULT: 0x80 } as const;
export const TokenInformation = { User: 1, Groups: 2, IntegrityLevel: 25 } as const;
export const DISABLE_MAX_PRIVILEGE = 0x1;
export const SE_GROUP_INTEGRITY = 0x20;
/** Of SE_GROUP_*: the group that stands for this log-on. */
export const SE_GROUP_LOGON_ID = 0xc0000000;

export const PIPE = {
  ACCESS_INBOUND: 0x1,
  ACCESS_OUTBOUND: 0x2,
  FIRST_PIPE_INSTANCE: 0x00080000,
  REJECT_REMOTE_CLIENTS: 0x8,
} as const;

export const GENERIC_READ = 0x80000000;
export const GENERIC_WRITE = 0x40000000;
export const OPEN_ALWAYS = 4;
export const OPEN_EXISTING = 3;
export const FILE_SHARE_ALL = 0x7;
export const LOCKFILE = { FAIL_IMMEDIATELY: 0x1, EXCLUSIVE_LOCK: 0x2 } as const;
export const HANDLE_FLAG_INHERIT = 1;
export const INVALID_HANDLE = 0xffffffffffffffffn;

export const WAIT_OBJECT_0 = 0;
export const WAIT_TIMEOUT = 258;

export const ERROR = {
  FILE_NOT_FOUND: 2,
  ACCESS_DENIED: 5,
  LOCK_VIOLATION: 33,
  INVALID_PARAMETER: 87,
  INSUFFICIENT_BUFFER: 122,
  WAIT_TIMEOUT: 258,
  IO_PENDING: 997,
  NOT_ENOUGH_QUOTA: 1816,
} as const;

/** The exit code of a program that tried to start a process. */
export const STATUS_QUOTA_EXCEEDED = 0xc0000044;
export const STATUS_INFO_LENGTH_MISMATCH = 0xc0000004;
export const SystemProcessInformation = 5;
