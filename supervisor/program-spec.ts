import type { Language } from '../protocol/messages.js';
import type { Restrictions } from '../restrictions/restrictions.js';
import type { LogSink } from './broker/log-sink.js';
import type { State } from './life-cycle.js';
import type { Usage } from './outcome.js';

/**
 * Which of the host's addresses a program's sockets may have: RepyV2's --ip, --iface and --nootherips. Loopback is always among them.
 * getmyip() gives the first listed address that the host has: the addresses first, then those of the interfaces.
 */
export interface NetworkPolicy {
  /** Dotted quads. */
  readonly addresses: readonly string[];
  /** Names, for example `eth0`; one that the host doesn't have has no addresses. */
  readonly interfaces: readonly string[];
  /** Whether every other address is refused. */
  readonly onlyListed: boolean;
}

export interface ProgramSpec {
  /** For people, and in the program's error reports: the file's name as the operator gave it. */
  readonly name: string;
  readonly language: Language;
  /** At most `bounds.programBytes`. */
  readonly source: Uint8Array;
  /** Text, or bytes where it is no UTF-8: a Python program gets what it was given, a JavaScript program text. */
  readonly args: readonly (string | Uint8Array)[];
  readonly restrictions: Restrictions;
  /** The one directory that the program's files are in. Must exist; belongs to this program alone. */
  readonly directory: string;
  readonly log: LogSink;
  /** Default: all addresses of the host. */
  readonly network?: NetworkPolicy;
  /** Written to the log before the program's first word, and charged to lograte as if the program had written it. */
  readonly announcement?: Uint8Array;
}

export interface ProgramStatus {
  readonly id: number;
  readonly name: string;
  readonly state: State;
  readonly pid: number | null;
  readonly usage: Usage;
  readonly restrictions: Restrictions;
}
