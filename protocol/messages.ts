/**
 * The messages on the channel between supervisor and child, and what each carries. A frame is: u32 length of the rest,
 * u8 type, u32 id (0 where unused), then the fields as encoded values in the order given here. Little-endian.
 *
 * supervisor -> child: `program` once, then one `answer` or `failure` for each request, in any order; `notice` at any time.
 * child -> supervisor: `started` once, `request` any number (ids chosen by the child, unique among the outstanding),
 * `end` once, as the last frame.
 *
 * The supervisor stops reading while a child's answers are unread (`bounds`), so a child must never wait to write without
 * reading meanwhile: with both sides waiting to write, neither would ever go on. Its own bound on requests is
 * `bounds.requestsInFlight`; more may be sent, but are left in the socket.
 */
import type { RepyExceptionName } from './exceptions.js';
import type { WireValue } from './values.js';

export const frameTypes = {
  program: 1,
  answer: 2,
  failure: 3,
  notice: 4,
  started: 16,
  request: 17,
  end: 18,
} as const;
export type FrameType = keyof typeof frameTypes;

export type Language = 'javascript' | 'typescript' | 'python';

/** The program to run. `source` as bytes: the child decodes it by its language's rules. */
export interface ProgramMessage {
  readonly type: 'program';
  readonly language: Language;
  /** The name as the operator gave it; shown in reports. */
  readonly name: string;
  readonly source: Uint8Array;
  /** Text, or bytes that are no UTF-8. */
  readonly args: readonly (string | Uint8Array)[];
  /** CLOCK_MONOTONIC seconds that getruntime() counts from. */
  readonly startedAt: number;
  /** 32 random bytes for Math.random and hash seeds. */
  readonly seed: Uint8Array;
  /** Most threads (RepyV2's events) that may exist, main included. */
  readonly events: number;
  /** Bytes that the program may use; no single value of its may be larger. */
  readonly memory: number;
}

export interface AnswerMessage {
  readonly type: 'answer';
  readonly id: number;
  readonly value: WireValue;
}

/** The call ended with a Repy exception. */
export interface FailureMessage {
  readonly type: 'failure';
  readonly id: number;
  readonly exception: RepyExceptionName;
  readonly message: string;
}

/**
 * Tells a running program of a change. `limits`: the new ones, as getresources has them. `events`: [most threads, whether asking for
 * one more ends the program]; sent as well at the start where it does.
 */
export interface NoticeMessage {
  readonly type: 'notice';
  readonly kind: string;
  readonly value: WireValue;
}

/** Sent just before the first guest instruction. CLOCK_MONOTONIC seconds, as the child measured them. */
export interface StartedMessage {
  readonly type: 'started';
  readonly locked: number;
  readonly checked: number;
  readonly compiled: number;
  readonly firstInstruction: number;
}

export interface RequestMessage {
  readonly type: 'request';
  readonly id: number;
  /** A number of the API table. */
  readonly call: number;
  readonly args: readonly WireValue[];
}

/**
 * How the program ended, as the child saw it; then the process exits. `memory`: by an error that a refused allocation raised;
 * `events`: by asking for a thread too many, where the policy says so.
 */
export interface EndMessage {
  readonly type: 'end';
  readonly reason: 'exited' | 'exitall' | 'uncaught' | 'unsafe' | 'memory' | 'events';
  /** RepyV2's internal code. */
  readonly exitCode: number;
  /** Error report or refusal for people; empty otherwise. */
  readonly report: string;
}

export type SupervisorMessage = ProgramMessage | AnswerMessage | FailureMessage | NoticeMessage;
export type ChildMessage = StartedMessage | RequestMessage | EndMessage;
