/** How one process of the engine is started for one program, where there is no zygote to fork from. */
import type { Readable, Writable } from 'node:stream';
import type { GroupDoor } from '../limits/limiter.js';
import type { ChildEnding } from './launcher.js';

export interface EngineCommand {
  readonly engine: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** An empty directory of its own. */
  readonly cwd: string;
}

export type ProcessEnd = Pick<ChildEnding, 'exitCode' | 'signal' | 'used'>;

export interface StartedProcess {
  readonly pid: number;
  /** Two pipes of one direction each: on Windows one for both deadlocks when a thread reads while another writes. */
  readonly input: Writable;
  readonly output: Readable;
  readonly errors: Readable;
  /** Resolves once the process has gone; its output may still have to be read. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Never hits another process that got the same pid. No-op once it has gone. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
}

/**
 * Starts the process, in its group if the group has a door for that: before its first instruction, else not at all. It loads the
 * runtime then; the group's exact limits are set when it says that it is ready, and its program is sent after that. Rejects when
 * there is no process.
 */
export type ProcessStarter = (command: EngineCommand, door: GroupDoor) => Promise<StartedProcess>;
