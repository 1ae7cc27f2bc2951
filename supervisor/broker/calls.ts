/** What each call of the API table does for one program. Arguments are checked (`argument-check.ts`) when they get here. */
import { type ApiCall, apiCalls } from '../../protocol/api.js';
import { RepyError } from '../../protocol/exceptions.js';
import type { WireValue } from '../../protocol/values.js';
import type { Nanny } from '../nanny/nanny.js';
import type { NetworkPolicy } from '../program-spec.js';
import type { ProgramDirectory } from './directory.js';
import type { LogSink } from './log-sink.js';
import { type Maybe, then } from './maybe.js';
import type { HostSockets } from './network/host-sockets.js';
import { Network } from './network/network.js';
import { OpenFiles } from './open-files.js';
import { randomPool } from './random-pool.js';
import { type ProcessUsage, resourceReport } from './resource-report.js';

const randomBytes = 1024;
/** What a listed name counts as: the longest that a program can make. */
const nameBytes = 120;
/** How old the operating system's figures in getresources() may be: reading them costs more than the call itself. */
const usageAgeMs = 10;

type Arguments = readonly WireValue[];
/** An argument of shape `bytes`. */
type Bytes = string | Uint8Array;
type Handler = (args: Arguments) => Maybe<WireValue>;

export interface CallContext {
  readonly nanny: Nanny;
  readonly directory: ProgramDirectory;
  readonly log: LogSink;
  /** The host's addresses that the program may use. Default: any. */
  readonly network?: NetworkPolicy;
  readonly sockets: HostSockets;
  /** Undefined when it can't be read any more: the program is about to end. */
  readonly readUsage: () => ProcessUsage | undefined;
}

export class Calls {
  readonly files: OpenFiles;
  readonly network: Network;
  private usage: ProcessUsage = { cpuSeconds: 0, memoryBytes: 0 };
  private usageReadAt = Number.NEGATIVE_INFINITY;

  /** By the guest's name for the call; those with a `.` are methods, whose first argument is the handle. */
  private readonly handlers = new Map<string, Handler>([
    ['log', (texts) => this.log(texts)],
    ['openfile', ([name, create]) => this.files.openFile(text(name), create as boolean)],
    [
      'file.readat',
      ([file, limit, offset]) => this.files.readAt(file as number, limit as number | null, offset as number),
    ],
    ['file.writeat', ([file, data, offset]) => this.files.writeAt(file as number, data as Bytes, offset as number)],
    ['file.close', ([file]) => this.files.close(file as number)],
    ['listfiles', () => this.files.listFiles()],
    ['removefile', ([name]) => this.files.removeFile(text(name))],
    ['randombytes', () => this.random()],
    ['getresources', () => resourceReport(this.context.nanny, this.processUsage(), this.context.directory.disk.used)],
  ]);

  /** The same by the call's number in the API table: for the way of every request. */
  private readonly byNumber: (Handler | undefined)[] = [];

  constructor(private readonly context: CallContext) {
    const { directory, nanny, network, sockets } = context;
    this.files = new OpenFiles(directory, nanny);
    this.network = new Network({ nanny, sockets, ...(network === undefined ? {} : { policy: network }) });
    for (const [name, handler] of this.network.handlers) this.handlers.set(name, handler);
    for (const { number, name } of apiCalls) this.byNumber[number] = this.handlers.get(name);
  }

  /** Throws or rejects with RepyError, LimitFault, ProtocolViolation, Cancelled; anything else is the supervisor's own trouble. */
  perform({ number, name }: ApiCall, args: Arguments): Maybe<WireValue> {
    const handler = this.byNumber[number];
    // In the API table, but not in this broker: the guest learns it, and may go on.
    if (handler === undefined) throw new RepyError('InternalRepyError', `The call ${name} is not available!`);
    return handler(args);
  }

  /** Bytes that the call's answer may hold, beyond a few. */
  expectedBytes(name: string, args: Arguments): number {
    if (name === 'listfiles') return this.context.directory.disk.entries * nameBytes;
    if (name !== 'file.readat') return this.network.expectedBytes(name, args);
    return this.files.expectedBytes(args[0] as number, args[1] as number | null, args[2] as number);
  }

  /** Writes what is ready to be written: the child puts RepyV2's spaces in. Throws LimitFault before writing when lograte is 0. */
  private log(texts: Arguments): Maybe<null> {
    const { nanny, log } = this.context;
    return then(nanny.charge('lograte', 0), () => {
      const bytes = joined(texts as Bytes[]);
      return then(log.write(bytes), () => then(nanny.charge('lograte', bytes.length), () => null));
    });
  }

  private random(): Maybe<string> {
    const { nanny } = this.context;
    return then(nanny.charge('random', 0), () => {
      const bytes = randomPool.take(randomBytes);
      return then(nanny.charge('random', randomBytes), () => bytes);
    });
  }

  private processUsage(): ProcessUsage {
    const now = performance.now();
    if (now - this.usageReadAt > usageAgeMs) {
      this.usage = this.context.readUsage() ?? this.usage;
      this.usageReadAt = now;
    }
    return this.usage;
  }
}

const text = (value: WireValue | undefined): string =>
  typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('latin1');

function joined(items: readonly Bytes[]): Uint8Array {
  const parts = items.map((item) => (typeof item === 'string' ? Buffer.from(item, 'latin1') : item));
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}
