/** The real host: one socket to the supervisor, on descriptor 3, and nothing else. */
import { Buffer } from 'node:buffer';
import { type ApiName, apiCall } from '../protocol/api.js';
import { bounds } from '../protocol/bounds.js';
import { RepyError } from '../protocol/exceptions.js';
import { FrameReader } from '../protocol/frames.js';
import { decodeSupervisorMessage } from '../protocol/message-decoding.js';
import { encodeChildMessage, requestBytes, writeRequest } from '../protocol/message-encoding.js';
import type { EndMessage, NoticeMessage, ProgramMessage, SupervisorMessage } from '../protocol/messages.js';
import type { WireValue } from '../protocol/values.js';
import type { ChildNative } from '../seccomp/native/addon.js';
import type { Answer, Host, ThreadLimit } from './host.js';

/** Bytes of one read; a longer frame takes several. */
const readBytes = 64 << 10;
/** Requests are collected in so much memory; a longer frame has its own. A socket that is empty takes as much without blocking. */
const outputBytes = 32 << 10;
/** Posted requests that wait for company. */
const postedKept = 16;
/** Notices that wait for the language to ask; older ones are dropped, since each states all that is new. */
const noticesKept = 64;

export class Channel implements Host {
  // The program is the only frame that is longer than the others' bound.
  private readonly frames = new FrameReader(bounds.programBytes + bounds.frameBytes, true);
  private readonly input = new Uint8Array(readBytes);
  private readonly output = Buffer.allocUnsafeSlow(outputBytes);
  /** Bytes and frames in `output`: posted requests, which leave with the next one that somebody waits for and cost no system call of their own. */
  private filled = 0;
  private posted = 0;
  /** Requests that were written and not answered: while there are none, the socket has room. */
  private unanswered = 0;
  private readonly answers = new Map<number, Answer>();
  private readonly outstanding = new Set<number>();
  /** Those of the outstanding whose answers are dropped. */
  private readonly unwanted = new Set<number>();
  /** The request that `call` waits for, and its answer. 0: none. */
  private awaited = 0;
  private awaitedAnswer: Answer | undefined;
  private noticed: NoticeMessage[] = [];
  private program: ProgramMessage | undefined;
  private threads: ThreadLimit | undefined;
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
    this.frames.forget();
    return this.program;
  }

  send(call: ApiName, args: readonly WireValue[]): number {
    const id = this.newId();
    this.collect(id, call, args);
    this.flush();
    return id;
  }

  post(call: ApiName, args: readonly WireValue[]): void {
    const id = this.newId();
    this.unwanted.add(id);
    this.collect(id, call, args);
    if (this.posted >= postedKept) this.flush();
  }

  call(call: ApiName, args: readonly WireValue[]): WireValue {
    // One that a used up stack has interrupted: its answer may come yet.
    if (this.awaited !== 0) this.unwanted.add(this.awaited);
    const id = this.newId();
    this.awaitedAnswer = undefined;
    this.awaited = id;
    this.collect(id, call, args);
    if (this.filled > 0 && this.unanswered === 0) this.exchange();
    else this.flush();
    let answer = this.takeAwaited();
    for (; answer === undefined; answer = this.takeAwaited()) this.read();
    if ('error' in answer) throw answer.error;
    return answer.value;
  }

  private takeAwaited(): Answer | undefined {
    if (this.awaitedAnswer !== undefined) this.awaited = 0;
    return this.awaitedAnswer;
  }

  private newId(): number {
    do this.lastId = (this.lastId % 0xffff_ffff) + 1;
    while (this.outstanding.has(this.lastId) || this.answers.has(this.lastId));
    return this.lastId;
  }

  /** Puts a request behind what was posted; one that is longer than the memory for them is written at once, after them. */
  private collect(id: number, name: ApiName, args: readonly WireValue[]): void {
    const { number } = apiCall(name);
    const size = requestBytes(number, args);
    if (this.filled + size > outputBytes) this.flush();
    // Before any write: a guest may have used up the stack, and what was sent must be known here whatever fails.
    this.outstanding.add(id);
    if (size > outputBytes) {
      const frame = Buffer.allocUnsafeSlow(size);
      writeRequest(frame, 0, size, id, number, args);
      this.unanswered += 1;
      this.sendAll(frame, size);
    } else {
      this.filled = writeRequest(this.output, this.filled, size, id, number, args);
      this.posted += 1;
    }
  }

  wait(timeoutMs: number): boolean {
    this.flush();
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

  notices(): readonly NoticeMessage[] {
    const notices = this.noticed;
    if (notices.length > 0) this.noticed = [];
    return notices;
  }

  threadLimit(): ThreadLimit {
    while (this.native.poll(0)) this.read();
    return this.threads ?? { most: this.program?.events ?? 0, ends: false };
  }

  now(): number {
    return this.native.now();
  }

  processorTime(): number {
    return this.native.processorTime();
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
    this.flush();
    this.sendAll(frame, frame.length);
  }

  private flush(): void {
    if (this.filled === 0) return;
    const length = this.takeOutput();
    this.sendAll(this.output, length);
  }

  /** Writes what was collected and reads an answer in one go. */
  private exchange(): void {
    const length = this.takeOutput();
    this.received(this.native.exchange(this.output, length, this.input));
  }

  private takeOutput(): number {
    const length = this.filled;
    this.unanswered += this.posted;
    this.filled = 0;
    this.posted = 0;
    return length;
  }

  /** Takes in answers while the socket is full: the supervisor doesn't read on from a child that leaves its answers unread. */
  private sendAll(bytes: Uint8Array, length: number): void {
    for (let at = 0; at < length; ) {
      const written = this.native.write(bytes, at, length - at);
      if (written === 0) this.read();
      at += written;
    }
  }

  /** Blocks for some bytes and takes in the frames that they complete; returns how many. */
  private read(): number {
    return this.received(this.native.read(this.input, 0, readBytes));
  }

  /** Takes in the frames that the first `length` bytes of `input` complete. */
  private received(length: number): number {
    const { frames } = this;
    frames.push(this.input, length);
    let count = 0;
    while (frames.advance()) {
      this.accept(decodeSupervisorMessage(frames.bytes, frames.start, frames.end));
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
        if (message.kind === 'events') {
          const [most, ends] = message.value as [number, boolean];
          this.threads = { most, ends };
          return;
        }
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
    this.unanswered -= 1;
    if (id === this.awaited) this.awaitedAnswer = answer;
    else if (!this.unwanted.delete(id)) this.answers.set(id, answer);
  }
}
