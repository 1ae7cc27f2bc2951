import { fileURLToPath } from 'node:url';
import type { LaunchedChild } from '../launch/launcher.js';
import type { Fate } from './attempts.js';

/** What canaries run in place of guests: child-runtime/canary.ts. */
export const canaryRuntime = fileURLToPath(new URL('../../child-runtime/canary.js', import.meta.url));

/** What a canary says about itself. */
export interface Sight {
  readonly engine: string;
  readonly compiles: boolean;
}

const mostBytes = 4096;

/** A child like any guest's, but one that does what it is told. Ask one thing at a time. */
export class Canary {
  #said = '';
  #gone = false;
  #heard: () => void = () => undefined;

  constructor(readonly child: LaunchedChild) {
    child.channel.on('error', () => undefined);
    child.channel.on('close', () => {
      this.#gone = true;
      this.#heard();
    });
    child.channel.receive((chunk) => {
      this.#said = (this.#said + chunk.toString('latin1')).slice(0, mostBytes);
      this.#heard();
    });
  }

  get pid(): number {
    return this.child.pid;
  }

  /** Throws when it ended instead of answering, with how. */
  async see(): Promise<Sight> {
    const sight = await this.#ask(['see']);
    if (sight === undefined) throw new Error(`the canary ended before it said a word: ${await this.#ending()}`);
    return sight as Sight;
  }

  /** Makes a system call. A canary that this ends is of no use any more. */
  async call(number: number, args: readonly (number | string)[]): Promise<Fate> {
    const result = await this.#ask(['call', number, ...args]);
    return typeof result === 'number' ? result : this.#ending();
  }

  async end(): Promise<void> {
    this.child.signal('SIGKILL');
    await this.child.ended;
    this.child.channel.destroy();
  }

  /** The answer; undefined if it ended instead. */
  async #ask(order: readonly unknown[]): Promise<unknown> {
    this.child.channel.send(Buffer.from(`${JSON.stringify(order)}\n`));
    for (;;) {
      const [line, rest] = this.#said.split('\n', 2);
      if (line !== undefined && rest !== undefined) {
        this.#said = rest;
        return JSON.parse(line);
      }
      if (this.#gone) return undefined;
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  async #ending(): Promise<string> {
    const { lockFailure, signal, exitCode } = await this.child.ended;
    this.child.channel.destroy();
    return lockFailure === undefined ? (signal ?? `exit code ${exitCode}`) : `its lock failed: ${lockFailure}`;
  }
}
