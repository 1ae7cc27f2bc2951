/**
 * Serves one child over its channel, from the program message to the child's end. Everything that arrives is hostile: it
 * is decoded with bounds, checked against the API table, metered by the nanny, and done in the program's own directory.
 *
 * What one child can make the supervisor hold is bounded: requests in flight, the bytes of those and of their answers, and
 * answers that it doesn't read. At a bound its channel is no longer read. What it can make the supervisor do at a stretch is
 * bounded too: after a turn's worth of requests the other sessions have theirs.
 */
import { supervisorCall } from '../../protocol/api.js';
import { bounds } from '../../protocol/bounds.js';
import { RepyError } from '../../protocol/exceptions.js';
import { FrameReader } from '../../protocol/frames.js';
import { decodeChildMessage } from '../../protocol/message-decoding.js';
import { encodeSupervisorMessage } from '../../protocol/message-encoding.js';
import type { ProgramMessage, RequestMessage } from '../../protocol/messages.js';
import type { WireValue } from '../../protocol/values.js';
import { ProtocolViolation } from '../../protocol/violation.js';
import { actionAt } from '../../restrictions/extensions.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import type { ChildChannel } from '../channel.js';
import { Cancelled } from '../nanny/faults.js';
import { AnswerWriter } from './answer-writer.js';
import { checkArguments } from './argument-check.js';
import { type CallContext, Calls } from './calls.js';
import { InFlight } from './in-flight.js';
import { limitsReport } from './resource-report.js';
import { ServiceTime } from './service-time.js';
import { type SessionEvents, tellFault } from './session-events.js';

export type { SessionEvents } from './session-events.js';

/** Requests of one session in one turn, and bytes of these and their answers after which it is over, too. */
const turnRequests = 32;
const turnBytes = 256 << 10;
/** Bytes of unread answers above which no further request is taken. */
const backlogBytes = 256 << 10;

/** How long the rest of what a dead child sent may take to read: it is in the kernel already. */
const drainMs = 2000;

export interface SessionOptions extends CallContext {
  /** The session destroys it at the end. Nanny, directory and log stay the owner's. */
  readonly channel: ChildChannel;
  readonly program: ProgramMessage;
  readonly events: SessionEvents;
}

export class Session {
  private readonly reader = new FrameReader(bounds.frameBytes);
  private readonly writer: AnswerWriter;
  private readonly calls: Calls;
  private readonly inFlight = new InFlight();
  private stage: 'starting' | 'running' | 'ended' | 'condemned' | 'closed' = 'starting';
  /** The process is gone; what it had sent is read to the end. */
  private draining = false;
  /** Whether something may be waiting in `reader`; the channel is paused as long as it is. */
  private behind = false;
  private turnDue = false;
  private turnLater: NodeJS.Timeout | undefined;
  private readonly service: ServiceTime;
  /** Bytes that this turn has cost so far. */
  private spent = 0;
  private readonly channelEnded: Promise<void>;

  /** Sends the program, and serves from now on. Throws RangeError when the program is larger than `bounds.programBytes`. */
  constructor(private readonly options: SessionOptions) {
    const { channel, program } = options;
    if (program.source.length > bounds.programBytes) throw new RangeError('the program is too large');
    this.writer = new AnswerWriter(channel);
    this.calls = new Calls(options);
    this.service = new ServiceTime(options.nanny.restrictions.limits.cpu ?? 0);
    this.channelEnded = new Promise((resolve) => {
      if (channel.closed) resolve();
      else channel.once('close', () => resolve());
    });
    // A child that dies resets its channel; how it died is learnt from the process.
    channel.on('error', () => undefined);
    channel.on('drain', () => this.turnSoon());
    this.writer.send(encodeSupervisorMessage(program));
    if (endsBeyondEvents(options.nanny.restrictions)) this.tellEvents(options.nanny.restrictions);
    channel.receive((chunk) => this.received(chunk));
  }

  /** Seconds that were worked for the program. */
  get serviceSeconds(): number {
    return this.service.total;
  }

  /** Tells the program of a change. */
  notify(kind: string, value: WireValue): void {
    if (this.stage === 'starting' || this.stage === 'running') {
      this.writer.send(encodeSupervisorMessage({ type: 'notice', kind, value }));
    }
  }

  /** Sets new limits on the running program, and tells it; whoever waits profits or suffers at once. */
  change(restrictions: Restrictions): void {
    const { nanny, directory } = this.options;
    const had = nanny.restrictions;
    try {
      nanny.change(restrictions);
      this.service.limit = restrictions.limits.cpu ?? 0;
      directory.disk.change(restrictions);
      directory.disk.check();
      this.notify('limits', limitsReport(restrictions));
      const same = endsBeyondEvents(had) === endsBeyondEvents(restrictions);
      if (!same || had.limits.events !== restrictions.limits.events) this.tellEvents(restrictions);
    } catch (error) {
      this.condemn(error);
    }
  }

  /** Threads are the child's own: it alone counts them, and knows when there is one too many. */
  private tellEvents(restrictions: Restrictions): void {
    this.notify('events', [restrictions.limits.events ?? 0, endsBeyondEvents(restrictions)]);
  }

  /**
   * Call when the process is reaped: reads what it had still sent, for at most `timeoutMs`. Its `end` may be among that, and
   * last words for the log, which are written as far as lograte lets them be written at once. All else is too late.
   */
  async drain(timeoutMs = drainMs): Promise<void> {
    if (this.stage === 'closed') return;
    this.draining = true;
    this.options.nanny.dispose();
    this.turnSoon();
    const timeout = setTimeout(() => this.options.channel.destroy(), timeoutMs);
    await this.channelEnded;
    clearTimeout(timeout);
  }

  /** Ends all waiting, closes the channel, every socket and every file of the program, and resolves when no operation is going on. */
  async close(): Promise<void> {
    this.stage = 'closed';
    clearTimeout(this.turnLater);
    this.options.nanny.dispose();
    this.options.channel.destroy();
    this.calls.network.end();
    await this.calls.files.end();
  }

  private received(chunk: Uint8Array): void {
    this.reader.push(chunk);
    this.turn();
    this.reader.keep();
  }

  private turnSoon(): void {
    if (this.turnDue || !this.behind) return;
    this.turnDue = true;
    setImmediate(() => {
      this.turnDue = false;
      this.turn();
    });
  }

  /** Serves what has arrived, a turn's worth at most; a program that has had its share of the supervisor has its turn later. */
  private turn(): void {
    const delay = this.service.begin();
    if (delay > 0 && !this.draining) {
      this.fallBehind();
      this.turnLater ??= setTimeout(() => {
        this.turnLater = undefined;
        this.turn();
      }, delay);
      return;
    }
    this.writer.begin();
    this.spent = 0;
    try {
      for (let served = 0; this.mayTake(); served += 1) {
        if (served === turnRequests || this.spent > turnBytes) {
          this.fallBehind();
          this.turnSoon();
          return;
        }
        if (!this.reader.advance()) {
          this.catchUp();
          return;
        }
        this.handle();
      }
      this.fallBehind();
    } catch (error) {
      this.condemn(error);
    } finally {
      this.writer.flush();
      this.service.end();
    }
  }

  private mayTake(): boolean {
    if (this.stage === 'condemned' || this.stage === 'closed') return false;
    if (this.draining) return true;
    return this.inFlight.hasRoom && this.writer.backlog < backlogBytes;
  }

  private fallBehind(): void {
    if (this.behind) return;
    this.behind = true;
    this.options.channel.pause();
  }

  private catchUp(): void {
    if (!this.behind) return;
    this.behind = false;
    this.options.channel.resume();
  }

  /** The frame that the reader has found. */
  private handle(): void {
    const { bytes, start, end } = this.reader;
    const message = decodeChildMessage(bytes, start, end);
    switch (message.type) {
      case 'request':
        if (this.stage !== 'running') throw outOfOrder(message.type);
        this.serve(message, end - start);
        return;
      case 'started':
        if (this.stage !== 'starting') throw outOfOrder(message.type);
        this.stage = 'running';
        this.options.events.onStarted(message);
        this.options.directory.disk.check();
        return;
      case 'end':
        if (this.stage === 'ended') throw outOfOrder(message.type);
        this.stage = 'ended';
        this.options.events.onEnd(message);
        return;
    }
  }

  private serve({ id, call: number, args }: RequestMessage, frameBytes: number): void {
    this.inFlight.checkId(id);
    const call = supervisorCall(number);
    if (call === undefined) throw new ProtocolViolation('unknown call', `${number}`);
    if (this.draining && call.name !== 'log') return;
    try {
      checkArguments(call, args);
      const weight = frameBytes + this.calls.expectedBytes(call.name, args);
      this.spent += weight;
      const result = this.calls.perform(call, args);
      if (result instanceof Promise) this.serveLater(id, weight, result);
      else this.writer.answer(id, result);
    } catch (error) {
      this.failed(id, error);
    }
  }

  private serveLater(id: number, weight: number, result: Promise<WireValue>): void {
    this.inFlight.add(id, weight);
    const done = (): boolean => {
      this.inFlight.delete(id);
      this.turnSoon();
      return this.stage === 'running';
    };
    result.then(
      (value) => {
        if (done()) this.writer.answer(id, value);
      },
      (error: unknown) => {
        if (done()) this.failed(id, error);
      },
    );
  }

  private failed(id: number, error: unknown): void {
    if (error instanceof RepyError) this.writer.fail(id, error);
    else this.condemn(error);
  }

  /** Ends all serving; the first cause is reported. What the child sends from now on is not even read. */
  private condemn(error: unknown): void {
    if (error instanceof Cancelled || this.stage === 'condemned' || this.stage === 'closed') return;
    this.stage = 'condemned';
    const { channel, events, nanny } = this.options;
    channel.destroy();
    nanny.dispose();
    tellFault(events, error);
  }
}

const endsBeyondEvents = (restrictions: Restrictions): boolean => actionAt(restrictions, 'events') === 'stop';

const outOfOrder = (type: string): ProtocolViolation => new ProtocolViolation('message out of order', type);
