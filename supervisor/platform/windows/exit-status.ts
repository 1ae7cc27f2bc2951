/** What a process' exit code says on Windows: its own number, or the NTSTATUS of what ended it. Source: Microsoft, [MS-ERREF] 2.3. */
import type { ProcessEnd } from '../../launch/starter.js';

/** By which the supervisor ends a job: SIGKILL's on other systems. */
export const killedCode = 137;

const signals: ReadonlyMap<number, string> = new Map([
  // STATUS_ACCESS_VIOLATION, STATUS_IN_PAGE_ERROR, STATUS_STACK_OVERFLOW
  [0xc0000005, 'SIGSEGV'],
  [0xc0000006, 'SIGBUS'],
  [0xc00000fd, 'SIGSEGV'],
  // STATUS_ILLEGAL_INSTRUCTION, STATUS_PRIVILEGED_INSTRUCTION
  [0xc000001d, 'SIGILL'],
  [0xc0000096, 'SIGILL'],
  // STATUS_BREAKPOINT: how V8 ends on a fatal error.
  [0x80000003, 'SIGTRAP'],
  // STATUS_STACK_BUFFER_OVERRUN: __fastfail
  [0xc0000409, 'SIGABRT'],
  // STATUS_INTEGER_DIVIDE_BY_ZERO
  [0xc0000094, 'SIGFPE'],
]);

/** `killed`: whether we have ended it. A process that had ended before has its own code. */
export function endOf(code: number, killed: boolean): ProcessEnd {
  if (killed && code === killedCode) return { exitCode: null, signal: 'SIGKILL' };
  const signal = signals.get(code) ?? (code >= 0xc0000000 ? `0x${code.toString(16)}` : undefined);
  return signal === undefined ? { exitCode: code, signal: null } : { exitCode: null, signal };
}
