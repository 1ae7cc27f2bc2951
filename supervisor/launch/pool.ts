import { setTimeout as delay } from 'node:timers/promises';
import { LaunchError, launchErrors } from './errors.js';
import type { LaunchedChild, LaunchRequest } from './launcher.js';
import { Zygote } from './zygote.js';
import type { ZygoteOptions } from './zygote-process.js';

export interface PoolOptions extends ZygoteOptions {
  /** A zygote is replaced after so many forks or milliseconds: siblings share their address layout, so not too many should. */
  readonly recycleAfterForks: number;
  readonly recycleAfterMs: number;
  readonly replyTimeoutMs: number;
}

/** Waits before a restart: none after the first failure, then doubling, so that a broken host isn't kept busy with starts. */
const firstDelayMs = 100;
const longestDelayMs = 5000;
/** A zygote that lived this long counts as sound, whatever ended it. */
const soundAfterMs = 10_000;

/** The zygotes of one memory class and profile: one that forks, perhaps its successor that starts, and retired ones whose children live on. */
export class ZygotePool {
  readonly #options: PoolOptions;
  readonly #alive = new Set<Zygote>();
  #current: Zygote | undefined;
  #starting: Promise<Zygote> | undefined;
  #failures = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Forks a child, once more from a new zygote if the first dies of itself meanwhile. Rejects with a LaunchError. */
  async fork(request: LaunchRequest): Promise<LaunchedChild> {
    try {
      return await this.#forkOnce(request);
    } catch (error) {
      if (!(error instanceof LaunchError && error.code === 'ZYGOTE_DIED') || this.#closed) throw error;
      return this.#forkOnce(request);
    }
  }

  /** Makes sure that a zygote is ready. Callers share a start that is under way. Rejects with a LaunchError when it fails. */
  async ready(): Promise<Zygote> {
    if (this.#closed) throw launchErrors.closed();
    const current = this.#current;
    if (current?.usable !== true) return this.#start();
    // The old one forks on until the new one is ready, and if that fails.
    if (this.#worn(current)) this.#start().catch(() => {});
    return current;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#starting?.catch(() => {});
    await Promise.all([...this.#alive].map((zygote) => zygote.stop()));
  }

  async #forkOnce(request: LaunchRequest): Promise<LaunchedChild> {
    let zygote = await this.ready();
    // It may have been retired since `ready` said so.
    while (!zygote.usable) zygote = await this.ready();
    return zygote.fork(request, this.#options.replyTimeoutMs);
  }

  #worn(zygote: Zygote): boolean {
    return zygote.forks >= this.#options.recycleAfterForks || zygote.ageMs() >= this.#options.recycleAfterMs;
  }

  #start(): Promise<Zygote> {
    this.#starting ??= this.#startOne().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #startOne(): Promise<Zygote> {
    if (this.#failures > 1) await delay(Math.min(firstDelayMs * 2 ** (this.#failures - 2), longestDelayMs));
    if (this.#closed) throw launchErrors.closed();
    const zygote = await Zygote.start(this.#options).catch((error: unknown) => {
      this.#failures++;
      throw error;
    });
    this.#alive.add(zygote);
    void zygote.ended.then(() => this.#onEnd(zygote));
    this.#current?.retire();
    this.#current = zygote;
    return zygote;
  }

  #onEnd(zygote: Zygote): void {
    this.#alive.delete(zygote);
    if (this.#current !== zygote) return;
    this.#current = undefined;
    this.#failures = zygote.ageMs() < soundAfterMs ? this.#failures + 1 : 0;
  }
}
