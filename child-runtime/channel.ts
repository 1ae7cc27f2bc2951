/** The real host: one socket to the supervisor, on descriptor 3, and nothing else. */
import { Buffer } from 'node:buffer';
import { type ApiName, apiCall } from '../protocol/api.js';
import { bounds } from '../protocol/bounds.js';
import { RepyError } from '../protocol/exceptions.js';
import { FrameReader } from '../protocol/frames.js';
import { decodeSupervisorMessage } from '../protocol/message-decoding.js';
import { encodeChildMessage } from '../protocol/message-encoding.js';
import type { EndMessage, NoticeMessage, ProgramMessage, SupervisorMessage } from '../protocol/messages.js';
import type { WireValue } from '../protocol/values.js';
import type { ChildNative } from '../seccomp/native/addon.js';
import type { Answer, Host } from './host.js';

/** Bytes of one read; a longer frame takes several. */
const readBytes = 64 << 10;
/** Posted requests that wait for company. */
const postedKept = 16;
/** Notices that wait for the language to ask; older ones are dropped, since each states all that is new. */
const noticesKept = 64;

export class Channel implements Host {
  // The program is the only frame that is longer than the others' bound.
  private readonly frames = new FrameReader(bounds.programBytes + bounds.frameBytes);
  private readonly input = new Uint8Array(readBytes);
  private readonly answers = new Map<number, Answer>();
  private readonly outstanding = new Set<number>();
  /** Those of the outstanding whose answers are dropped. */
  private readonly unwanted = new Set<number>();
  /** Requests that leave with the next one that somebody waits for, so that they cost no system call of their own. */
  private readonly posted: Uint8Array[] = [];
  private noticed: NoticeMessage[] = [];
  private program: ProgramMessage | undefined;
  private lastId = 0;
  /** Whether something has arrived, during a send or a call, that no `wait` has told of: the next one must not block. */
  private untold = false;

  /** `begin` is called when the program is about to run. */
  constructor(
    private readonly native: ChildNative,
    private readonly begin: () => void = () => {},
  ) {}

  /** Blocks until the program has come. Call once, first. */
  receiveProgram(): ProgramMessage {
    while (this.program === undefined) this.read();
    return this.program;
  }

  send(call: ApiName, args: readonly WireValue[]): number {
    const { id, frame } = this.request(call, args);
    this.write(frame);
    return id;
  }

  post(call: ApiName, args: readonly WireValue[]): void {
    const { id, frame } = this.request(call, args);
    this.unwanted.add(id);
    this.posted.push(frame);
    if (this.posted.length === postedKept) this.sendPosted();
  }

  private request(call: ApiName, args: readonly WireValue[]): { id: number; frame: Uint8Array } {
    do this.lastId = (this.lastId % 0xffff_ffff) + 1;
    while (this.outstanding.has(this.lastId) || this.answers.has(this.lastId));
    const id = this.lastId;
    const frame = encodeChildMessage({ type: 'request', id, call: apiCall(call).number, args });
    // Before the write: a guest may have used up the stack, and what was sent must be known here whatever fails.
    this.outstanding.add(id);
    return { id, frame };
  }

  wait(timeoutMs: number): boolean {
    this.sendPosted();
    if (this.untold) {
      this.untold = false;
      return true;
    }
    // Reading waits by itself: asking first whether there is something would be one more system call for most API calls.
    if (timeoutMs === Number.POSITIVE_INFINITY) {
      while (this.read() === 0);
      this.untold = false;
      return true;
    }
    const end = this.now() + timeoutMs / 1000;
    for (let left = timeoutMs; ; left = Math.max(0, (end - this.now()) * 1000)) {
      if (!this.native.poll(left)) return false;
      if (this.read() > 0) {
        this.untold = false;
        return true;
      }
    }
  }

  take(id: number): Answer | undefined {
    const answer = this.answers.get(id);
    this.answers.delete(id);
    return answer;
  }

  arrived(): readonly number[] {
    return this.answers.size === 0 ? [] : [...this.answers.keys()];
  }

  call(call: ApiName, args: readonly WireValue[]): WireValue {
    const id = this.send(call, args);
    for (;;) {
      const answer = this.take(id);
      if (answer === undefined) this.read();
      else if ('error' in answer) throw answer.error;
      else return answer.value;
    }
  }

  notices(): readonly NoticeMessage[] {
    const notices = this.noticed;
    if (notices.length > 0) this.noticed = [];
    return notices;
  }

  now(): number {
    return this.native.now();
  }

  refusedBytes(): number {
    return this.native.refusedBytes();
  }

  runMicrotasks(): void {
    this.native.runMicrotasks();
  }

  started(times: { checked: number; compiled: number }): void {
    this.begin();
    const { checked, compiled } = times;
    const locked = this.native.lockedAt();
    this.write(encodeChildMessage({ type: 'started', locked, checked, compiled, firstInstruction: this.now() }));
  }

  end(message: Omit<EndMessage, 'type'>): never {
    const report = message.report.slice(0, bounds.reportBytes);
    this.write(encodeChildMessage({ type: 'end', ...message, report }));
    return this.native.exit(message.exitCode);
  }

  /** What was posted leaves first. */
  private write(frame: Uint8Array): void {
    if (this.posted.length > 0) {
      this.sendAll(Buffer.concat([...this.posted.splice(0), frame]));
    } else this.sendAll(frame);
  }

  private sendPosted(): void {
    if (this.posted.length > 0) this.sendAll(Buffer.concat(this.posted.splice(0)));
  }

  /** Takes in answers while the socket is full: the supervisor doesn't read on from a child that leaves its answers unread. */
  private sendAll(frame: Uint8Array): void {
    for (let at = 0; at < frame.length; ) {
      const written = this.native.write(frame, at, frame.length - at);
      if (written === 0) this.read();
      at += written;
    }
  }

  /** Blocks for some bytes and takes in the frames that they complete; returns how many. */
  private read(): number {
    const length = this.native.read(this.input, 0, readBytes);
    this.frames.push(this.input.subarray(0, length));
    let count = 0;
    for (let frame = this.frames.next(); frame !== undefined; frame = this.frames.next()) {
      this.accept(decodeSupervisorMessage(frame));
      count += 1;
    }
    if (count > 0) this.untold = true;
    return count;
  }

  private accept(message: SupervisorMessage): void {
    switch (message.type) {
      case 'answer':
        this.settle(message.id, { value: message.value });
        break;
      case 'failure':
        this.settle(message.id, { error: new RepyError(message.exception, message.message) });
        break;
      case 'notice':
        if (message.kind === 'limits') this.native.followMemory();
        if (this.noticed.length === noticesKept) this.noticed.shift();
        this.noticed.push(message);
        break;
      case 'program':
        if (this.program !== undefined) throw new Error('a second program');
        this.program = message;
    }
  }

  private settle(id: number, answer: Answer): void {
    if (!this.outstanding.delete(id)) throw new Error(`an answer to request ${id}, which is not outstanding`);
    if (!this.unwanted.delete(id)) this.answers.set(id, answer);
  }
}
