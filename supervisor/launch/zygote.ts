import { Socket } from 'node:net';
import { loadNative } from '../../seccomp/native/addon.js';
import { endingOf, endingWithZygote } from './ending.js';
import { launchErrors } from './errors.js';
import { untilGone } from './gone.js';
import type { ChildEnding, LaunchedChild, LaunchRequest } from './launcher.js';
import { encodeFork, encodeSignal, type Reply } from './wire.js';
import { startZygote, type ZygoteOptions, type ZygoteProcess } from './zygote-process.js';

/** A child from the request on until its ending was reported. */
interface Child {
  readonly uid: number;
  pid: number;
  readonly forked: (reply: Reply) => void;
  readonly notForked: (error: unknown) => void;
  readonly end: (ending: ChildEnding) => void;
}

const milliseconds = (): number => Number(process.hrtime.bigint()) / 1e6;

/** The client of one zygote: forks children, passes signals on, and resolves each child's ending, whatever happens to the zygote. */
export class Zygote {
  readonly #startedAt = milliseconds();
  forks = 0;
  #process!: ZygoteProcess;
  readonly #children = new Map<number, Child>();
  #nextId = 1;
  #retired = false;
  #dead = false;
  /** Resolves with how the process ended. */
  ended!: Promise<string>;

  static async start(options: ZygoteOptions): Promise<Zygote> {
    const zygote = new Zygote();
    zygote.#process = await startZygote(options, (reply) => zygote.#onReply(reply));
    zygote.ended = zygote.#process.ended.then((how) => zygote.#onDeath(how));
    return zygote;
  }

  private constructor() {}

  get pid(): number {
    return this.#process.pid;
  }

  get usable(): boolean {
    return !this.#dead && !this.#retired;
  }

  ageMs(): number {
    return milliseconds() - this.#startedAt;
  }

  /** Forks a child. Rejects with a LaunchError; then there is no child, or it is being killed. */
  async fork(request: LaunchRequest, replyTimeoutMs: number): Promise<LaunchedChild> {
    if (this.#dead) throw launchErrors.died('before the fork', this.#process.stderr());
    const native = loadNative().supervisor;
    const id = this.#nextId++;
    const [ours, theirs] = native.socketPair();
    const channel = new Socket({ fd: ours });
    this.forks++;
    let end: (ending: ChildEnding) => void = () => {};
    const ended = new Promise<ChildEnding>((resolve) => {
      end = resolve;
    });
    const forked = new Promise<Reply>((resolve, reject) => {
      this.#children.set(id, { uid: request.uid, pid: 0, forked: resolve, notForked: reject, end });
    });
    const timer = setTimeout(() => this.#giveUp(id, replyTimeoutMs), replyTimeoutMs);
    const requestedAt = milliseconds();
    try {
      const { joinFiles, cloneInto } = request.door;
      const message = encodeFork(id, request.uid, joinFiles.length, cloneInto !== undefined);
      const fds = [theirs, ...joinFiles, ...(cloneInto === undefined ? [] : [cloneInto])];
      await Promise.race([this.#process.control.send(message, fds).finally(() => native.close(theirs)), forked]);
      const reply = await forked;
      return {
        pid: reply.pid,
        channel,
        requestedAt,
        forkedAt: reply.time,
        ended,
        signal: (name) => this.#signal(id, name),
      };
    } catch (error) {
      forked.catch(() => {});
      channel.destroy();
      this.#forget(id);
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
    const late = setTimeout(() => this.#process.kill(), 1000);
    await this.ended;
    clearTimeout(late);
  }

  #signal(id: number, name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    if (!this.#children.has(id) || this.#dead) return;
    // A send only fails when the zygote has gone, and then so has the child.
    this.#process.control.send(encodeSignal(id, name)).catch(() => {});
  }

  #onReply(reply: Reply): void {
    const child = this.#children.get(reply.id);
    if (child === undefined) return;
    if (reply.kind === 'forked') {
      child.pid = reply.pid;
      child.forked(reply);
    } else if (reply.kind === 'notForked') {
      child.notForked(launchErrors.notForked(reply.error));
    } else if (reply.kind === 'ended') {
      child.end(endingOf(reply));
      this.#forget(reply.id);
    }
  }

  /** A zygote that doesn't answer is stuck: it and all its children are worth nothing any more. */
  #giveUp(id: number, ms: number): void {
    this.#children.get(id)?.notForked(launchErrors.silent(ms));
    this.#process.kill();
  }

  #forget(id: number): void {
    this.#children.delete(id);
    this.#leaveIfIdle();
  }

  #leaveIfIdle(): void {
    if (this.#retired && this.#children.size === 0) this.#process.control.destroy();
  }

  async #onDeath(how: string): Promise<string> {
    this.#dead = true;
    const left = [...this.#children.values()];
    this.#children.clear();
    await Promise.all(
      left.map(async (child) => {
        child.notForked(launchErrors.died(how, this.#process.stderr()));
        if (child.pid !== 0) await untilGone(child.pid, child.uid);
        child.end(endingWithZygote);
      }),
    );
    return how;
  }
}
