import type { GroupUsage, LimitGroup } from './limiter.js';

export interface PollerOptions {
  /** How often a program that is using processor time is read. */
  readonly busyMs?: number;
  /** How seldom an idle one. */
  readonly idleMs?: number;
  /** How long one batch may keep the event loop from other work. */
  readonly budgetMs?: number;
}

export interface PollerStatistics {
  readonly readings: number;
  /** How long the longest batch kept the event loop from other work. */
  readonly longestBatchMs: number;
}

interface Watched {
  readonly key: object;
  readonly group: Pick<LimitGroup, 'usage'>;
  readonly onUsage: (usage: GroupUsage) => void;
  readonly onFailure: (error: unknown) => void;
  interval: number;
  due: number;
  cpuSeconds: number;
}

/** A program that used less than this share of the time since its last reading counts as idle. */
const idleShare = 0.01;

/**
 * Reads the usage of all programs with one timer: busy ones often, idle ones ever more seldom. Programs that are due
 * within the same moment are read in one go, in batches that leave the event loop free in between.
 */
export class UsagePoller {
  readonly #busyMs: number;
  readonly #idleMs: number;
  readonly #budgetMs: number;
  readonly #watched = new Map<object, Watched>();
  #timer: NodeJS.Timeout | undefined;
  #rest: NodeJS.Immediate | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  #readings = 0;
  #longestBatchMs = 0;

  constructor({ busyMs = 100, idleMs = 1600, budgetMs = 0.5 }: PollerOptions = {}) {
    this.#busyMs = busyMs;
    this.#idleMs = idleMs;
    this.#budgetMs = budgetMs;
  }

  /** Since the start, or the last `reset`. */
  get statistics(): PollerStatistics {
    return { readings: this.#readings, longestBatchMs: this.#longestBatchMs };
  }

  reset(): void {
    this.#readings = 0;
    this.#longestBatchMs = 0;
  }

  /**
   * Reads `group` from now on until `delete(key)`. If it can't be read, `onFailure` is called once and it is no longer
   * watched. The callbacks may call `add` and `delete`.
   */
  add(
    key: object,
    group: Pick<LimitGroup, 'usage'>,
    onUsage: (usage: GroupUsage) => void,
    onFailure: (error: unknown) => void = () => undefined,
  ): void {
    const interval = this.#busyMs;
    const due = performance.now() + interval;
    this.#watched.set(key, { key, group, onUsage, onFailure, interval, due, cpuSeconds: 0 });
    this.#wake(due);
  }

  delete(key: object): void {
    this.#watched.delete(key);
    if (this.#watched.size === 0) this.#sleep();
  }

  #wake(at: number): void {
    if (at >= this.#wakeAt) return;
    this.#sleep();
    this.#wakeAt = at;
    const wait = at - performance.now();
    // A timer that is due already may run in the same turn, before what else waits: on a busy host, batch after batch.
    if (wait <= 0) this.#rest = setImmediate(() => this.#poll()).unref();
    else this.#timer = setTimeout(() => this.#poll(), wait).unref();
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#rest);
    this.#wakeAt = Number.POSITIVE_INFINITY;
  }

  #poll(): void {
    this.#sleep();
    const started = performance.now();
    const used = process.cpuUsage();
    // Those due soon are read along, so that timers don't fall apart into one for each program.
    const horizon = started + this.#busyMs / 4;
    const due: Watched[] = [];
    for (const watched of this.#watched.values()) if (watched.due <= horizon) due.push(watched);
    due.sort((a, b) => a.due - b.due);
    for (const watched of due) {
      if (performance.now() - started >= this.#budgetMs) break;
      if (this.#watched.get(watched.key) === watched) this.#read(watched);
    }
    let next = Number.POSITIVE_INFINITY;
    for (const watched of this.#watched.values()) next = Math.min(next, watched.due);
    if (next < Number.POSITIVE_INFINITY) this.#wake(next);
    const { user, system } = process.cpuUsage(used);
    // By the clock it may include others' turns on the processor, by processor time the engine's other threads: it is neither.
    const tookMs = Math.min(performance.now() - started, (user + system) / 1000);
    this.#longestBatchMs = Math.max(this.#longestBatchMs, tookMs);
  }

  #read(watched: Watched): void {
    this.#readings += 1;
    let usage: GroupUsage;
    try {
      usage = watched.group.usage(true);
    } catch (error) {
      this.delete(watched.key);
      watched.onFailure(error);
      return;
    }
    const now = performance.now();
    const elapsed = (now - (watched.due - watched.interval)) / 1000;
    const idle = usage.cpuSeconds - watched.cpuSeconds < idleShare * elapsed;
    watched.interval = idle ? Math.min(watched.interval * 2, this.#idleMs) : this.#busyMs;
    watched.due = now + watched.interval;
    watched.cpuSeconds = usage.cpuSeconds;
    watched.onUsage(usage);
  }
}
