/** Children whose engine is owned already: locked by the real lock, then native code that makes any system call it is told to. */
import { createInterface } from 'node:readline';
import type { LaunchedChild, Launcher } from '../../../supervisor/launch/launcher.js';
import { noDoor, smallMemory, streamOf } from '../../launch/support.js';

export type Argument = number | bigint | string;

/** What became of one system call: its result, the errno as a negative number, or the signal that ended the child. */
export type Fate = number | string;

let nextUid = 950_000_000 + (process.pid % 10_000) * 1000;

/** Makes system calls in owned children, a new one whenever the last has died. */
export class OwnedChildren {
  /** How many children it took. */
  forks = 0;
  #child: LaunchedChild | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(private readonly launcher: Launcher) {}

  /** The child that the next call is made in. */
  async child(): Promise<LaunchedChild> {
    if (this.#child === undefined) {
      this.forks += 1;
      nextUid += 1;
      this.#child = await this.launcher.launch({ memory: smallMemory, uid: nextUid, door: noDoor });
      this.#child.channel.on('error', () => {});
      this.#lines = createInterface({ input: streamOf(this.#child) })[Symbol.asyncIterator]();
    }
    return this.#child;
  }

  async call(number: number, ...args: readonly Argument[]): Promise<Fate> {
    return this.say(
      [number, ...args.map((arg) => (typeof arg === 'string' && arg !== '*' ? `"${arg}` : `${arg}`))].join(' '),
    );
  }

  async say(line: string): Promise<Fate> {
    const child = await this.child();
    streamOf(child).write(`${line}\n`);
    const answer = await this.#lines!.next();
    if (answer.done !== true) return Number(answer.value);
    this.#child = undefined;
    const { signal, exitCode } = await child.ended;
    return signal ?? `exit ${exitCode}`;
  }

  async end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    child?.signal('SIGKILL');
    // What a child might have forked reads it too, and ends with it.
    child?.channel.destroy();
    await child?.ended;
  }
}
