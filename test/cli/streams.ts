import { Writable } from 'node:stream';
import type { ProgramHost, Surroundings } from '../../supervisor/cli/program-host.js';

/** An output stream that keeps what is written. Not a terminal. */
export class Kept extends Writable {
  private readonly parts: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.parts.push(Buffer.from(chunk));
    done();
  }

  get text(): string {
    return Buffer.concat(this.parts).toString();
  }
}

export interface Tried extends Surroundings {
  readonly out: Kept;
  readonly err: Kept;
  /** As the operator's Ctrl-C. */
  interrupt(): void;
}

/** Surroundings around a host, for one command. */
export function surroundings(host: ProgramHost | Error): Tried {
  const out = new Kept();
  const err = new Kept();
  const handlers = new Set<(why: string) => void>();
  /** An operator who finds that nothing happens tries again: on a busy host the command may not listen yet. */
  let waiting = false;
  return {
    out,
    err,
    stdout: out as unknown as NodeJS.WriteStream,
    stderr: err as unknown as NodeJS.WriteStream,
    openHost: async () => {
      if (host instanceof Error) throw host;
      return host;
    },
    onStop: (handler) => {
      handlers.add(handler);
      if (waiting) setImmediate(() => handlers.has(handler) && handler('SIGINT'));
      waiting = false;
      return () => handlers.delete(handler);
    },
    interrupt: () => {
      waiting = handlers.size === 0;
      for (const handler of handlers) handler('SIGINT');
    },
  };
}
