/**
 * A supervisor within the process, for sample programs: it stands where the native part stands and answers each request at once,
 * through the same frames. Time passes only by waiting, so that a sleep costs nothing.
 */
import { type ApiName, supervisorCall } from '../../protocol/api.js';
import type { RepyExceptionName } from '../../protocol/exceptions.js';
import { FrameReader } from '../../protocol/frames.js';
import { decodeChildMessage } from '../../protocol/message-decoding.js';
import { encodeSupervisorMessage } from '../../protocol/message-encoding.js';
import type { ChildMessage, ProgramMessage, RequestMessage, SupervisorMessage } from '../../protocol/messages.js';
import { WireDict, WireFloat, type WireValue } from '../../protocol/values.js';
import type { ChildNative } from '../../seccomp/native/addon.js';

/** Thrown by `exit`, which must not return. */
export class Ended extends Error {}

/** What a request is answered with; a list is a failure: exception and message. */
export type Script = (call: ApiName, args: readonly WireValue[]) => WireValue | readonly [RepyExceptionName, string];

const answers: Partial<Record<ApiName, WireValue>> = {
  openfile: 1,
  listfiles: ['a.txt', 'b.txt'],
  gethostbyname: '127.0.0.1',
  getmyip: '127.0.0.1',
  randombytes: '\u0080'.repeat(1024),
  getresources: [
    new WireDict([['cpu', new WireFloat(0.5)]]),
    new WireDict([['cpu', new WireFloat(0.1)]]),
    [[new WireFloat(1), new WireFloat(0.5)]],
  ],
};

export const ordinaryScript: Script = (call, args) => {
  if (args[0] === 'missing') return ['FileNotFoundError', 'Cannot openfile non-existent file "missing"'];
  if (call === 'file.readat') return 'some data in a file\n'.slice(0, args[1] as number);
  return answers[call] ?? null;
};

export class ScriptedSupervisor implements ChildNative {
  /** All that the child sent. */
  readonly received: ChildMessage[] = [];
  private readonly incoming: Uint8Array[] = [];
  private readonly frames = new FrameReader(1 << 24);
  private time = 1000;

  constructor(
    program: ProgramMessage,
    private readonly script: Script = ordinaryScript,
  ) {
    this.say(program);
  }

  poll(timeoutMs: number): boolean {
    if (this.incoming.length > 0) return true;
    if (timeoutMs === Number.POSITIVE_INFINITY) throw new Error('the sample program waits for nothing');
    this.time += timeoutMs / 1000;
    return false;
  }

  read(into: Uint8Array, offset: number, length: number): number {
    const next = this.incoming[0];
    if (next === undefined) throw new Error('the sample program reads what was not sent');
    const size = Math.min(length, next.length);
    into.set(next.subarray(0, size), offset);
    if (size === next.length) this.incoming.shift();
    else this.incoming[0] = next.subarray(size);
    return size;
  }

  write(from: Uint8Array, offset: number, length: number): number {
    this.frames.push(from.slice(offset, offset + length));
    for (let frame = this.frames.next(); frame !== undefined; frame = this.frames.next()) {
      const message = decodeChildMessage(frame);
      this.received.push(message);
      if (message.type === 'request') this.answer(message);
    }
    return length;
  }

  exchange(from: Uint8Array, length: number, into: Uint8Array): number {
    this.write(from, 0, length);
    return this.read(into, 0, into.length);
  }

  now(): number {
    return this.time;
  }

  processorTime(): number {
    return this.time;
  }

  lockedAt(): number {
    return 1000;
  }

  refusedBytes(): number {
    return 0;
  }

  followMemory(): void {}

  exit(): never {
    throw new Ended('the sample program ended');
  }

  /** The samples' promise jobs are run with their rejections. */
  runMicrotasks(): void {}

  private say(message: SupervisorMessage): void {
    this.incoming.push(encodeSupervisorMessage(message));
  }

  private answer({ id, call, args }: RequestMessage): void {
    const name = supervisorCall(call)?.name as ApiName;
    const answer = this.script(name, args);
    if (Array.isArray(answer) && name !== 'listfiles' && name !== 'getresources') {
      const [exception, message] = answer as unknown as readonly [RepyExceptionName, string];
      this.say({ type: 'failure', id, exception, message });
    } else {
      this.say({ type: 'answer', id, value: answer as WireValue });
    }
  }
}
