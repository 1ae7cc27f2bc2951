/** A scripted child on the other end of a real socketpair, and a session that serves it. */
import { Socket } from 'node:net';
import type { ApiName } from '../../protocol/api.js';
import { apiCall } from '../../protocol/api.js';
import { bounds } from '../../protocol/bounds.js';
import { FrameReader } from '../../protocol/frames.js';
import { decodeSupervisorMessage } from '../../protocol/message-decoding.js';
import { encodeChildMessage } from '../../protocol/message-encoding.js';
import type { AnswerMessage, FailureMessage, ProgramMessage, SupervisorMessage } from '../../protocol/messages.js';
import type { WireValue } from '../../protocol/values.js';
import { loadNative } from '../../seccomp/native/addon.js';
import { ProgramDirectory } from '../../supervisor/broker/directory.js';
import type { LogSink } from '../../supervisor/broker/log-sink.js';
import { hostSockets } from '../../supervisor/broker/network/host-sockets.js';
import { Session, type SessionOptions } from '../../supervisor/broker/session.js';
import { Channel } from '../../supervisor/channel.js';
import { Nanny } from '../../supervisor/nanny/nanny.js';
import { openProcPlace } from '../../supervisor/platform/proc-place.js';
import { FakePulse } from '../nanny/fake-pulse.js';
import { restrict } from '../nanny/limits.js';

/** Why these tests can't run here, or false. */
export const lack: string | false = (() => {
  try {
    loadNative();
    return process.platform === 'linux' ? false : 'needs Linux';
  } catch {
    return 'the native addon is not built (it makes the socketpair)';
  }
})();

const sockets = hostSockets(() => loadNative().sockets);

export const plenty = {
  cpu: 1,
  memory: 15e6,
  diskused: 1e9,
  events: 10,
  filesopened: 5,
  fileread: 1e12,
  filewrite: 1e12,
  lograte: 1e12,
  random: 1e12,
};

export const program: ProgramMessage = {
  type: 'program',
  language: 'python',
  name: 'test.r2py',
  source: Buffer.from('pass'),
  args: [],
  startedAt: 0,
  seed: new Uint8Array(32),
  events: 1,
  memory: 15_000_000,
};

/** A log that keeps what is written. */
export class MemoryLog implements LogSink {
  text = '';
  write(bytes: Uint8Array): Promise<void> | undefined {
    this.text += Buffer.from(bytes).toString('latin1');
    return undefined;
  }
  async close(): Promise<void> {}
}

export type Reply = Pick<AnswerMessage, 'type' | 'value'> | Pick<FailureMessage, 'type' | 'exception' | 'message'>;

export class FakeChild {
  private readonly reader = new FrameReader(bounds.supervisorFrameBytes);
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  /** Everything that the supervisor sent, in order. */
  readonly received: SupervisorMessage[] = [];
  private lastId = 0;

  constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      this.reader.push(chunk);
      for (let frame = this.reader.next(); frame !== undefined; frame = this.reader.next()) this.got(frame);
    });
  }

  /** Resolves once the connection is gone, however it went. */
  gone(): Promise<void> {
    if (this.socket.closed) return Promise.resolve();
    return new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  started(): void {
    this.send(encodeChildMessage({ type: 'started', locked: 1, checked: 2, compiled: 3, firstInstruction: 4 }));
  }

  send(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Sends a request and resolves with its answer or failure. */
  call(name: ApiName, ...args: WireValue[]): Promise<Reply> {
    return this.callNumber(apiCall(name).number, args);
  }

  callNumber(call: number, args: readonly WireValue[]): Promise<Reply> {
    this.lastId += 1;
    const id = this.lastId;
    this.send(encodeChildMessage({ type: 'request', id, call, args }));
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  /** The value that the call answers. */
  async value(name: ApiName, ...args: WireValue[]): Promise<WireValue> {
    const reply = await this.call(name, ...args);
    if (reply.type === 'failure') throw new Error(`${reply.exception}: ${reply.message}`);
    return reply.value;
  }

  /** `NAME: message` of the exception that the call fails with. */
  async error(name: ApiName, ...args: WireValue[]): Promise<string> {
    const reply = await this.call(name, ...args);
    return reply.type === 'failure' ? `${reply.exception}: ${reply.message}` : `no error but ${String(reply.value)}`;
  }

  private got(frame: Uint8Array): void {
    const message = decodeSupervisorMessage(frame);
    this.received.push(message);
    if (message.type === 'answer' || message.type === 'failure') {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    }
  }
}

export interface Scene {
  readonly child: FakeChild;
  readonly session: Session;
  readonly nanny: Nanny;
  readonly directory: ProgramDirectory;
  readonly log: MemoryLog;
  readonly pulse: FakePulse;
  /** What the session told its owner. */
  readonly told: [string, unknown][];
  /** Resolves with the next thing that it tells. */
  next(): Promise<[string, unknown]>;
  close(): Promise<void>;
}

/** A session in `path` with these limits, whose child has said `started` unless it is `silent`. */
export async function stage(
  path: string,
  limits: Record<string, number> = plenty,
  options: Partial<Pick<SessionOptions, 'log' | 'readUsage' | 'program' | 'network'>> & { silent?: boolean } = {},
): Promise<Scene> {
  const [ours, theirs] = loadNative().supervisor.socketPair();
  const pulse = new FakePulse();
  const nanny = new Nanny(restrict(limits), pulse);
  const directory = await ProgramDirectory.open(path, limits.diskused ?? 0, openProcPlace);
  const log = new MemoryLog();
  const told: [string, unknown][] = [];
  const listeners: ((event: [string, unknown]) => void)[] = [];
  const tell = (name: string) => (detail: unknown) => {
    told.push([name, detail]);
    listeners.shift()?.([name, detail]);
  };
  const child = new FakeChild(new Socket({ fd: theirs }));
  const session = new Session({
    channel: new Channel(ours),
    program,
    nanny,
    directory,
    log,
    sockets,
    readUsage: () => ({ cpuSeconds: 0.5, memoryBytes: 12345, stopTimes: [[1, 0.25]] }),
    events: {
      onStarted: tell('started'),
      onEnd: tell('end'),
      onViolation: tell('violation'),
      onResourceFault: tell('limit'),
      onInternalError: tell('internal'),
    },
    ...options,
  });
  const next = (): Promise<[string, unknown]> => new Promise((resolve) => listeners.push(resolve));
  if (options.silent !== true) {
    const started = next();
    child.started();
    await started;
    told.length = 0;
  }
  const close = async (): Promise<void> => {
    await session.close();
    await directory.close();
    child.socket.destroy();
    await child.gone();
  };
  return { child, session, nanny, directory, log, pulse, told, next, close };
}
