import { loadNative } from '../../seccomp/native/addon.js';
import { Channel } from '../channel.js';
import { type Deferred, deferred } from './deferred.js';
import { endingOf, endingWithZygote } from './ending.js';
import { LaunchError, launchErrors } from './errors.js';
import { untilGone } from './gone.js';
import type { ChildEnding, LaunchedChild, LaunchRequest } from './launcher.js';
import { type MemoryClass, memoryClassOf, roomFor } from './memory-classes.js';
import { encodeFork, encodeMemory, encodeSignal, type Reply } from './wire.js';
import { startZygote, type ZygoteOptions, type ZygoteProcess } from './zygote-process.js';

/** A child from the fork request until its ending was reported. */
class Child {
  readonly forked = deferred<Reply>();
  readonly ended = deferred<ChildEnding>();
  /** 0 until the zygote said it. */
  pid = 0;
  /** The change of memory that is under way; settled with the errno's name, empty if it was done or there is no child any more. */
  resizing: Deferred<string> | undefined;
  readonly memoryClass: MemoryClass;
  constructor(
    readonly id: number,
    readonly uid: number,
    memory: number,
  ) {
    this.memoryClass = memoryClassOf(memory);
  }
}

const milliseconds = (): number => Number(process.hrtime.bigint()) / 1e6;
/** How long a zygote may take to leave when its control socket is closed; then it is killed. */
const leaveMs = 1000;

/** The client of one zygote: forks children, passes signals on, and resolves each child's ending, whatever happens to the zygote. */
export class Zygote {
  /** Fork requests so far. */
  forks = 0;
  /** Resolves with how the process ended, after every child of it has ended. */
  readonly ended: Promise<string>;
  readonly #startedAt = milliseconds();
  readonly #process: ZygoteProcess;
  readonly #children = new Map<number, Child>();
  #dead = false;
  #retired = false;

  static async start(options: ZygoteOptions): Promise<Zygote> {
    return new Zygote(await startZygote(options));
  }

  private constructor(process: ZygoteProcess) {
    this.#process = process;
    process.control.onReply = (reply) => this.#onReply(reply);
    this.ended = process.ended.then((how) => this.#onDeath(how));
  }

  get usable(): boolean {
    return !this.#dead && !this.#retired;
  }

  ageMs(): number {
    return milliseconds() - this.#startedAt;
  }

  /** Forks a child. Rejects with a LaunchError; then there is no child, or it is dying with this zygote. */
  async fork(request: LaunchRequest, replyTimeoutMs: number): Promise<LaunchedChild> {
    if (this.#dead) throw launchErrors.died('before the fork', this.#process.stderr());
    const native = loadNative().supervisor;
    const [ours, theirs] = this.#channelPair();
    const child = new Child(++this.forks, request.uid, request.memory);
    this.#children.set(child.id, child);
    const timer = setTimeout(() => this.#giveUp(child, replyTimeoutMs), replyTimeoutMs);
    const requestedAt = milliseconds();
    this.#requestFork(child, theirs, request).finally(() => native.close(theirs));
    try {
      const { pid, time } = await child.forked.promise;
      const signal: LaunchedChild['signal'] = (name) => this.#signal(child, name);
      const resize: LaunchedChild['resize'] = (memory, mapped) => this.#resize(child, memory, mapped);
      const channel = new Channel(ours);
      return { pid, channel, requestedAt, forkedAt: time, ended: child.ended.promise, signal, resize };
    } catch (error) {
      native.close(ours);
      this.#forget(child);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Takes no further forks; the process ends when its last child has. */
  retire(): void {
    this.#retired = true;
    this.#leaveIfIdle();
  }

  /** Ends the process now, and with it the children that are left. */
  async stop(): Promise<void> {
    this.#retired = true;
    this.#process.control.destroy();
    const late = setTimeout(() => this.#process.kill(), leaveMs);
    await this.ended;
    clearTimeout(late);
  }

  #channelPair(): [number, number] {
    try {
      return loadNative().supervisor.socketPair();
    } catch (error) {
      throw launchErrors.notForked((error as Error).message, error);
    }
  }

  async #requestFork(child: Child, channel: number, { uid, gid = uid, memory, door }: LaunchRequest): Promise<void> {
    try {
      const room = roomFor(memory, this.#process.heap);
      const { joinFiles, cloneInto } = door;
      const directory = cloneInto === undefined ? [] : [cloneInto];
      const fields = { id: child.id, uid, gid, joinFiles: joinFiles.length, cloneInto: cloneInto !== undefined, room };
      await this.#process.control.send(encodeFork(fields), [channel, ...joinFiles, ...directory]);
    } catch (error) {
      // Its end may still be unnoticed: told now, the next fork would be asked of it again. So its end tells this child's.
      if (error instanceof LaunchError && error.code === 'ZYGOTE_DIED') this.#process.kill();
      else child.forked.reject(launchErrors.notForked((error as Error).message, error));
    }
  }

  #signal(child: Child, name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    if (!this.#children.has(child.id) || this.#dead) return;
    // A send only fails when the zygote has gone, and then so has the child.
    this.#process.control.send(encodeSignal(child.id, name)).catch(() => {});
  }

  async #resize(child: Child, memory: number, mapped = memory): Promise<void> {
    await child.resizing?.promise;
    if (!this.#children.has(child.id) || this.#dead) return;
    child.resizing = deferred();
    const { data } = roomFor(mapped, this.#process.heap, child.memoryClass);
    const room = { ...roomFor(memory, this.#process.heap, child.memoryClass), data };
    this.#process.control.send(encodeMemory(child.id, room)).catch(() => {});
    const error = await child.resizing.promise;
    child.resizing = undefined;
    if (error !== '') throw launchErrors.notResized(memory, error);
  }

  #onReply(reply: Reply): void {
    const child = this.#children.get(reply.id);
    if (child === undefined) return;
    if (reply.kind === 'forked') {
      child.pid = reply.pid;
      child.forked.resolve(reply);
    } else if (reply.kind === 'notForked') {
      child.forked.reject(launchErrors.notForked(reply.error));
    } else if (reply.kind === 'memory') {
      child.resizing?.resolve(reply.error);
    } else if (reply.kind === 'ended') {
      child.ended.resolve(endingOf(reply));
      this.#forget(child);
    }
  }

  /** A zygote that doesn't answer is stuck, and the only one that could signal or reap its children: it ends, and they with it. */
  #giveUp(child: Child, ms: number): void {
    child.forked.reject(launchErrors.silent(ms));
    this.#process.kill();
  }

  #forget(child: Child): void {
    child.resizing?.resolve('');
    this.#children.delete(child.id);
    this.#leaveIfIdle();
  }

  #leaveIfIdle(): void {
    if (this.#retired && this.#children.size === 0) this.#process.control.destroy();
  }

  async #onDeath(how: string): Promise<string> {
    this.#dead = true;
    const left = [...this.#children.values()];
    this.#children.clear();
    await Promise.all(left.map((child) => this.#endWithZygote(child, how)));
    return how;
  }

  async #endWithZygote(child: Child, how: string): Promise<void> {
    child.forked.reject(launchErrors.died(how, this.#process.stderr()));
    child.resizing?.resolve('');
    if (child.pid !== 0) await untilGone(child.pid, child.uid);
    child.ended.resolve(endingWithZygote);
  }
}
