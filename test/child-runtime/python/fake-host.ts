/** A supervisor for tests of the Python runtime: files in memory, a clock that only waiting moves or the real one. */
import { performance } from 'node:perf_hooks';
import type { Answer, Host, ThreadLimit } from '../../../child-runtime/host.js';
import { pythonRuntime } from '../../../child-runtime/python/index.js';
import type { ApiName } from '../../../protocol/api.js';
import { RepyError } from '../../../protocol/exceptions.js';
import type { EndMessage, NoticeMessage } from '../../../protocol/messages.js';
import { WireDict, WireFloat, type WireValue } from '../../../protocol/values.js';

class Ended extends Error {}

export interface FakeOptions {
  /** Uses the real clock; otherwise only waiting makes time pass. */
  readonly realTime?: boolean;
  readonly args?: readonly string[];
  readonly name?: string;
  readonly events?: number;
  /** Bytes of the program's quota. */
  readonly memory?: number;
  /** Seconds that pass with each look at the clock, so that time slices end without waiting. */
  readonly step?: number;
}

export class FakeHost implements Host {
  output = '';
  ended: Omit<EndMessage, 'type'> | undefined;
  /** Calls that the program made of the supervisor, in order. */
  readonly calls: ApiName[] = [];
  /** How long the program waited, in seconds. */
  waited = 0;
  readonly files = new Map<string, string>();
  private readonly handles = new Map<number, string>();
  private readonly answers = new Map<number, Answer>();
  private lastId = 0;
  private lastHandle = 0;
  private time = 1000;

  constructor(private readonly options: FakeOptions = {}) {}

  send(call: ApiName, args: readonly WireValue[]): number {
    this.calls.push(call);
    this.lastId++;
    let answer: Answer;
    try {
      answer = { value: this.perform(call, args) };
    } catch (error) {
      if (!(error instanceof RepyError)) throw error;
      answer = { error };
    }
    this.answers.set(this.lastId, answer);
    return this.lastId;
  }

  post(call: ApiName, args: readonly WireValue[]): void {
    this.answers.delete(this.send(call, args));
  }

  wait(timeoutMs: number): boolean {
    if (timeoutMs === Number.POSITIVE_INFINITY) throw new Error('the program waits for nothing');
    this.waited += timeoutMs / 1000;
    this.time += timeoutMs / 1000;
    if (this.options.realTime === true) {
      const end = performance.now() + timeoutMs;
      while (performance.now() < end);
    }
    return false;
  }

  take(id: number): Answer | undefined {
    const answer = this.answers.get(id);
    this.answers.delete(id);
    return answer;
  }

  arrived(): readonly number[] {
    return [...this.answers.keys()];
  }

  call(call: ApiName, args: readonly WireValue[]): WireValue {
    return this.perform(call, args);
  }

  notices(): readonly NoticeMessage[] {
    return [];
  }

  threadLimit(): ThreadLimit {
    return { most: this.options.events ?? 10, ends: false };
  }

  now(): number {
    if (this.options.realTime === true) return performance.now() / 1000;
    this.time += this.options.step ?? 0;
    return this.time;
  }

  processorTime(): number {
    return this.now();
  }

  refusedBytes(): number {
    return 0;
  }

  runMicrotasks(): void {}

  started(): void {}

  end(message: Omit<EndMessage, 'type'>): never {
    this.ended = message;
    throw new Ended('the program ended');
  }

  private perform(call: ApiName, args: readonly WireValue[]): WireValue {
    switch (call) {
      case 'log':
        this.output += args[0] as string;
        return null;
      case 'openfile':
        return this.open(args[0] as string, args[1] as boolean);
      case 'listfiles':
        return [...this.files.keys()];
      case 'removefile':
        if ([...this.handles.values()].includes(args[0] as string)) {
          throw new RepyError('FileInUseError', `Cannot remove file "${args[0]}" because it is in use!`);
        }
        if (!this.files.delete(args[0] as string)) {
          throw new RepyError('FileNotFoundError', `Cannot remove non-existent file "${args[0]}".`);
        }
        return null;
      case 'randombytes':
        return '\u0001'.repeat(1024);
      case 'getresources':
        return this.resources();
      case 'file.readat':
        return this.content(args[0] as number).substring(
          args[2] as number,
          args[1] === null ? undefined : (args[2] as number) + (args[1] as number),
        );
      case 'file.writeat': {
        const name = this.handles.get(args[0] as number)!;
        const old = this.content(args[0] as number);
        const [data, offset] = [args[1] as string, args[2] as number];
        this.files.set(name, old.slice(0, offset) + data + old.slice(offset + data.length));
        return null;
      }
      case 'file.close':
        this.content(args[0] as number);
        this.handles.delete(args[0] as number);
        return null;
      default:
        throw new Error(`the fake supervisor does not serve ${call}`);
    }
  }

  private resources(): WireValue {
    const cpu = process.cpuUsage();
    const seconds = new WireFloat((cpu.user + cpu.system) / 1e6);
    const limits = new WireDict([
      ['cpu', new WireFloat(1)],
      ['events', 10],
      ['messport', [63100, 63101]],
    ]);
    const usage = new WireDict([
      ['cpu', seconds],
      ['events', 0],
      ['messport', []],
    ]);
    return [limits, usage, [[new WireFloat(1.5), new WireFloat(0.25)]]];
  }

  private content(handle: number): string {
    const name = this.handles.get(handle);
    if (name === undefined) throw new RepyError('FileClosedError', 'File is already closed!');
    return this.files.get(name) ?? '';
  }

  private open(name: string, create: boolean): WireValue {
    if ([...this.handles.values()].includes(name)) {
      throw new RepyError('FileInUseError', `Cannot open file "${name}" because it is already open!`);
    }
    if (!this.files.has(name)) {
      if (!create) {
        throw new RepyError('FileNotFoundError', `Cannot openfile non-existent file "${name}" without creating it!`);
      }
      this.files.set(name, '');
    }
    this.lastHandle++;
    this.handles.set(this.lastHandle, name);
    return this.lastHandle;
  }
}

/** Runs a program to its end; `source` holds one byte a char. */
export function runFake(source: string, options: FakeOptions = {}): FakeHost {
  const host = new FakeHost(options);
  try {
    pythonRuntime.run(
      {
        type: 'program',
        language: 'python',
        name: options.name ?? 'test.r2py',
        source: Uint8Array.from(source, (char) => char.charCodeAt(0)),
        args: options.args ?? [],
        startedAt: host.now(),
        seed: new Uint8Array(32),
        events: options.events ?? 10,
        memory: options.memory ?? Number.MAX_SAFE_INTEGER,
      },
      host,
    );
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
  return host;
}
