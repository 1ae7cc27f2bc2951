/**
 * What a language runtime sees of the outside: one channel, one clock. The real one (`channel.ts`) sits on descriptor 3;
 * tests use a fake. Everything is synchronous; a language builds promises or green threads on `send`, `wait` and `take`.
 */
import type { ApiName } from '../protocol/api.js';
import type { RepyError } from '../protocol/exceptions.js';
import type { EndMessage, NoticeMessage, ProgramMessage } from '../protocol/messages.js';
import type { WireValue } from '../protocol/values.js';
import type { BigintNative } from '../seccomp/native/addon.js';

/** How many threads the program may have, itself included, and whether asking for one more ends it instead of failing. */
export interface ThreadLimit {
  readonly most: number;
  readonly ends: boolean;
}

export type Answer = { readonly value: WireValue } | { readonly error: RepyError };

export interface Host {
  /** Sends a request and returns its id at once. Blocks only when the socket is full. */
  send(call: ApiName, args: readonly WireValue[]): number;
  /**
   * Blocks until an answer or a notice has arrived since the last wait, at most `timeoutMs` (Infinity: without bound; 0: don't
   * block). What arrived while a request was being sent counts, and so may what `take` already gave.
   * Returns whether anything arrived. The process ends here if the supervisor has gone.
   */
  wait(timeoutMs: number): boolean;
  /** The answer to request `id`, once; `undefined` while it is outstanding. */
  take(id: number): Answer | undefined;
  /** Ids of answers that have arrived and were not taken, oldest first. */
  arrived(): readonly number[];
  /** send + wait + take for a runtime that has nothing else to do meanwhile. Throws the RepyError of a failure. */
  call(call: ApiName, args: readonly WireValue[]): WireValue;
  /** A request whose answer, value or failure, nobody wants: it is dropped when it comes. It leaves with the next `send` or `wait`. */
  post(call: ApiName, args: readonly WireValue[]): void;
  /** Notices that have arrived since the last call. */
  notices(): readonly NoticeMessage[];
  /** What holds now: a change that has arrived is taken in first. A system call. */
  threadLimit(): ThreadLimit;
  /** CLOCK_MONOTONIC in seconds. */
  now(): number;
  /** Seconds of processor time that the program has used; on hosts that count it coarsely, `now()`. A system call: a microsecond. */
  processorTime(): number;
  /** Bytes of the last allocation outside of the engine's heap that the kernel refused; 0 if there was none. */
  refusedBytes(): number;
  /** Runs the promise jobs that are due, until none is left. */
  runMicrotasks(): void;
  /** Reports that the static check passed and the program is compiled; call right before the first guest instruction. */
  started(times: { checked: number; compiled: number }): void;
  /** Sends the end message and ends the process. Never returns. */
  end(message: Omit<EndMessage, 'type'>): never;
}

/** The verdict of a static check. `report` is RepyV2's text (for Python) or names construct and line. */
export type CheckVerdict = { readonly safe: true } | { readonly safe: false; readonly report: string };

/** One guest language. `prepare` runs in the zygote, once, before it becomes single-threaded; the others in the child. */
export interface LanguageRuntime {
  /** Loads and warms everything that a program may need, so that children share it. `bigint` is absent where no native part is. */
  prepare(bigint?: BigintNative): void;
  /** Runs what is worth compiling for all children until the engine has compiled it; in the zygote, after the samples. */
  compileAhead?(): void;
  /** Has single functions compiled that many programs make hot; after the zygote's last full collection, where code is compiled. */
  compileHot?(): void;
  check(program: Pick<ProgramMessage, 'source' | 'name' | 'language'>): CheckVerdict;
  /** Checks, compiles and runs the program to its end. Never returns: every path ends in `host.end`. */
  run(program: ProgramMessage, host: Host): never;
}
