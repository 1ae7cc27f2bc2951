/**
 * The functions of Windows that we call, one to one and without a thought: whoever calls checks the result. Strings are UTF-16 and
 * end with NUL, buffers are passed by address, handles and addresses are bigints. Tests stand in functions of their own.
 */
import { createRequire } from 'node:module';

export type Handle = bigint;
/** What a function writes to or reads from: a buffer, an address, or nothing. */
export type Memory = Buffer | bigint | null;
/** BOOL: 0 is failure, and GetLastError says why. */
export type Bool = number;

/** [library, result, parameters]. `p` is an address or a handle, `w` UTF-16 text, the others are what they say. */
const functions = {
  GetLastError: ['kernel32', 'uint32', []],
  CloseHandle: ['kernel32', 'int32', ['p']],
  GetCurrentProcess: ['kernel32', 'p', []],
  LocalFree: ['kernel32', 'p', ['p']],

  CreateJobObjectW: ['kernel32', 'p', ['p', 'p']],
  SetInformationJobObject: ['kernel32', 'int32', ['p', 'uint32', 'p', 'uint32']],
  QueryInformationJobObject: ['kernel32', 'int32', ['p', 'uint32', 'p', 'uint32', 'p']],
  IsProcessInJob: ['kernel32', 'int32', ['p', 'p', 'p']],
  TerminateJobObject: ['kernel32', 'int32', ['p', 'uint32']],
  CreateIoCompletionPort: ['kernel32', 'p', ['p', 'p', 'uint64', 'uint32']],
  GetQueuedCompletionStatus: ['kernel32', 'int32', ['p', 'p', 'p', 'p', 'uint32']],

  InitializeProcThreadAttributeList: ['kernel32', 'int32', ['p', 'uint32', 'uint32', 'p']],
  UpdateProcThreadAttribute: ['kernel32', 'int32', ['p', 'uint32', 'uint64', 'p', 'uint64', 'p', 'p']],
  DeleteProcThreadAttributeList: ['kernel32', 'void', ['p']],
  CreateProcessAsUserW: ['advapi32', 'int32', ['p', 'w', 'p', 'p', 'p', 'int32', 'uint32', 'p', 'w', 'p', 'p']],
  ResumeThread: ['kernel32', 'uint32', ['p']],
  OpenProcess: ['kernel32', 'p', ['uint32', 'int32', 'uint32']],
  TerminateProcess: ['kernel32', 'int32', ['p', 'uint32']],
  GetExitCodeProcess: ['kernel32', 'int32', ['p', 'p']],
  WaitForSingleObject: ['kernel32', 'uint32', ['p', 'uint32']],
  GetProcessTimes: ['kernel32', 'int32', ['p', 'p', 'p', 'p', 'p']],
  K32GetProcessMemoryInfo: ['kernel32', 'int32', ['p', 'p', 'uint32']],
  SetProcessAffinityMask: ['kernel32', 'int32', ['p', 'uint64']],
  GetProcessAffinityMask: ['kernel32', 'int32', ['p', 'p', 'p']],

  CreateNamedPipeW: ['kernel32', 'p', ['w', 'uint32', 'uint32', 'uint32', 'uint32', 'uint32', 'uint32', 'p']],
  GetNamedPipeClientProcessId: ['kernel32', 'int32', ['p', 'p']],
  CreateFileW: ['kernel32', 'p', ['w', 'uint32', 'uint32', 'p', 'uint32', 'uint32', 'p']],
  SetHandleInformation: ['kernel32', 'int32', ['p', 'uint32', 'uint32']],
  LockFileEx: ['kernel32', 'int32', ['p', 'uint32', 'uint32', 'uint32', 'uint32', 'p']],

  OpenProcessToken: ['advapi32', 'int32', ['p', 'uint32', 'p']],
  CreateRestrictedToken: ['advapi32', 'int32', ['p', 'uint32', 'uint32', 'p', 'uint32', 'p', 'uint32', 'p', 'p']],
  GetTokenInformation: ['advapi32', 'int32', ['p', 'uint32', 'p', 'uint32', 'p']],
  SetTokenInformation: ['advapi32', 'int32', ['p', 'uint32', 'p', 'uint32']],
  ConvertStringSecurityDescriptorToSecurityDescriptorW: ['advapi32', 'int32', ['w', 'uint32', 'p', 'p']],

  NtSuspendProcess: ['ntdll', 'uint32', ['p']],
  NtResumeProcess: ['ntdll', 'uint32', ['p']],
  NtQuerySystemInformation: ['ntdll', 'uint32', ['uint32', 'p', 'uint32', 'p']],
} as const satisfies Readonly<Record<string, readonly [string, string, readonly string[]]>>;

type ArgumentOf = { p: Memory; w: string; uint32: number; int32: number; uint64: number | bigint };
type ResultOf = { p: bigint | null; uint32: number; int32: number; void: undefined };
type Arguments<Types extends readonly (keyof ArgumentOf)[]> = { [Index in keyof Types]: ArgumentOf[Types[Index]] };

export type Win32 = {
  readonly [Name in keyof typeof functions]: (
    ...args: Arguments<(typeof functions)[Name][2]>
  ) => ResultOf[(typeof functions)[Name][1]];
} & {
  /** Where a buffer is: valid while the buffer is referenced. */
  addressOf(buffer: Buffer): bigint;
  /** A copy of the memory at an address that Windows gave us. */
  copyFrom(address: bigint, bytes: number): Buffer;
};

/** The part of koffi that we use. */
export interface Koffi {
  load(path: string): { func(name: string, result: string, parameters: readonly string[]): unknown };
  address(buffer: Buffer): bigint;
  view(address: bigint, bytes: number): ArrayBuffer;
}

const typeNames: Readonly<Record<string, string>> = { p: 'void *', w: 'str16' };
/**
 * Wine's system calls copy more of the caller's stack than their arguments, which reads beyond koffi's own stack: arguments that nobody
 * looks at make room. The caller takes them off the stack again on x64, so to Windows they are nothing.
 */
const padding = Array.from({ length: 16 }, () => 'int64');

let loaded: Win32 | undefined;

/** Throws an Error that says what to install when koffi is missing. */
export function loadWin32(): Win32 {
  loaded ??= bind(loadKoffi());
  return loaded;
}

/** Exported for sockets, which have a library of their own. */
export function loadKoffi(): Koffi {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    throw new Error('the package koffi is needed to call Windows; run `npm install --include=optional`', {
      cause: error,
    });
  }
}

function bind(koffi: Koffi): Win32 {
  const libraries = new Map<string, ReturnType<Koffi['load']>>();
  const bound: Record<string, unknown> = {
    addressOf: (buffer: Buffer) => koffi.address(buffer),
    copyFrom: (address: bigint, bytes: number) => Buffer.from(Buffer.from(koffi.view(address, bytes))),
  };
  for (const [name, [library, result, parameters]] of Object.entries(functions)) {
    const from = libraries.get(library) ?? koffi.load(`${library}.dll`);
    libraries.set(library, from);
    const types = parameters.map((type) => typeNames[type] ?? type);
    if (library !== 'ntdll') {
      bound[name] = from.func(name, typeNames[result] ?? result, types);
      continue;
    }
    const padded = from.func(name, result, [...types, ...padding]) as (...args: unknown[]) => unknown;
    const zeros = padding.map(() => 0);
    bound[name] = (...args: unknown[]) => padded(...args, ...zeros);
  }
  return bound as unknown as Win32;
}
