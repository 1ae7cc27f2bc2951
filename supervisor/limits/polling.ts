/**
 * Limits without the kernel's help, RepyV2's way: a program that is ahead of its cpu share is stopped and continued, one that is
 * seen above its memory is killed. For hosts without cgroups, and for operators who say that this is good enough: between two looks
 * a program can do as it likes. Stalls are short where RepyV2's last 0.9 s.
 */
import { access, constants } from 'node:fs/promises';
import type { Enforcement } from '../outcome.js';
import { DutyCycle } from './duty-cycle.js';
import { LimitsError } from './errors.js';
import {
  type AttachedChild,
  type GroupDoor,
  type GroupUsage,
  type Limiter,
  type LimitGroup,
  noUsage,
  type OsLimits,
} from './limiter.js';
import { ProcessFiles, type ProcessMeter } from './process-files.js';

export class PollingLimiter implements Limiter {
  readonly mechanism = 'SIGSTOP and SIGCONT';

  /** `lack`: why there is nothing better here. Rejects with LimitsError UNAVAILABLE where processes can't be watched either. */
  static async open(lack: string): Promise<PollingLimiter> {
    try {
      await access('/proc/self/statm', constants.R_OK);
    } catch (error) {
      throw new LimitsError('UNAVAILABLE', `${lack}; and without /proc nothing can be polled`, { cause: error });
    }
    return new PollingLimiter(lack);
  }

  private constructor(readonly lack: string) {}

  async create(_id: string, limits: OsLimits): Promise<LimitGroup> {
    return new PolledGroup(limits);
  }

  async close(): Promise<void> {}
}

const unkept = (resource: string): Enforcement => ({
  resource,
  mechanism: 'none',
  state: 'not enforced',
  accuracy: 'that takes cgroups',
});

/** Seconds. */
const shortestLook = 0.005;

const seconds = (): number => performance.now() / 1000;

export class PolledGroup implements LimitGroup {
  readonly door: GroupDoor = { joinFiles: [] };
  #limits: OsLimits;
  readonly #watch: (pid: number) => ProcessMeter;
  #child: AttachedChild | undefined;
  #process: ProcessMeter | undefined;
  #cycle: DutyCycle | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What the zygote's own pages, or a started engine and its runtime, come to and took: not the program's. */
  #inherited = 0;
  #before = 0;
  #readAt = 0;
  #stoppedAt: number | undefined;
  #suspended = false;
  #failure: unknown;
  #usage = noUsage;

  constructor(limits: OsLimits, watch: (pid: number) => ProcessMeter = (pid) => new ProcessFiles(pid)) {
    this.#limits = limits;
    this.#watch = watch;
  }

  attach(child: AttachedChild): void {
    this.#child = child;
    this.#process = this.#watch(child.pid);
    this.#readAt = seconds();
    this.#cycle = new DutyCycle(this.#limits.cpu, this.#readAt);
    const { anonymousBytes = 0, cpuSeconds = 0 } = this.#process.read() ?? {};
    this.#inherited = anonymousBytes;
    this.#before = cpuSeconds;
    this.#look();
  }

  async change(limits: OsLimits): Promise<void> {
    if (limits.memory < this.#usage.memoryBytes) {
      throw new LimitsError('LIMIT_REFUSED', `memory ${limits.memory}: ${this.#usage.memoryBytes} are in use`);
    }
    this.#limits = limits;
    if (this.#cycle !== undefined) this.#cycle.share = limits.cpu;
  }

  /** As of the last look, at most 0.1 s ago. */
  usage(): GroupUsage {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#usage;
  }

  async suspend(): Promise<void> {
    this.#suspended = true;
    clearTimeout(this.#timer);
    this.#pause();
  }

  async resume(): Promise<void> {
    this.#suspended = false;
    this.#look();
  }

  enforcement(): readonly Enforcement[] {
    return [
      {
        resource: 'cpu',
        mechanism: 'SIGSTOP and SIGCONT',
        state: 'polled',
        accuracy:
          'within 5 % of the limit over 10 seconds; a program that begins to compute gets up to 0.1 s in advance',
      },
      {
        resource: 'memory',
        mechanism: '/proc and SIGKILL',
        state: 'polled',
        accuracy: 'killed within 0.1 s of passing the limit; pages inherited from the zygote are not counted',
      },
      { resource: 'processes', mechanism: 'seccomp', state: 'enforced', accuracy: 'exact: no call can make one' },
      ...(this.#limits.cpuWeight === undefined ? [] : [unkept('cpuweight')]),
      ...(this.#limits.memoryHigh === undefined ? [] : [unkept('memoryhigh')]),
    ];
  }

  async remove(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#process === undefined) return;
    this.#child?.signal('SIGKILL');
    this.#process.close();
    this.#usage = { ...this.#usage, processes: 0 };
  }

  /** A program that can't be watched any more is killed: it would be without limits. */
  #look(): void {
    try {
      this.#step();
    } catch (error) {
      this.#failure = error;
      this.#child?.signal('SIGKILL');
    }
  }

  #step(): void {
    const reading = this.#process?.read();
    if (reading === undefined || this.#cycle === undefined) {
      this.#usage = { ...this.#usage, processes: 0 };
      return;
    }
    const before = this.#usage.memoryBytes;
    const elapsed = seconds() - this.#readAt;
    this.#readAt += elapsed;
    const cpuSeconds = Math.max(0, reading.cpuSeconds - this.#before);
    this.#note(cpuSeconds, Math.max(0, reading.anonymousBytes - this.#inherited));
    const { run, wait } = this.#cycle.observe(this.#readAt, cpuSeconds);
    if (this.#usage.memoryKills > 0 || this.#suspended) return;
    if (run) this.#continue();
    else this.#pause();
    this.#timer = setTimeout(() => this.#look(), Math.min(wait, this.#untilFull(before, elapsed)) * 1000);
    this.#timer.unref();
  }

  /** Half of the seconds until the memory limit would be met if memory went on growing as it did since the last look. */
  #untilFull(before: number, elapsed: number): number {
    const { memoryBytes } = this.#usage;
    const speed = (memoryBytes - before) / elapsed;
    if (!(speed > 0)) return Number.POSITIVE_INFINITY;
    return Math.max((this.#limits.memory - memoryBytes) / speed / 2, shortestLook);
  }

  #note(cpuSeconds: number, memoryBytes: number): void {
    const memoryPeakBytes = Math.max(this.#usage.memoryPeakBytes, memoryBytes);
    this.#usage = { ...this.#usage, cpuSeconds, memoryBytes, memoryPeakBytes, processes: 1 };
    if (memoryBytes <= this.#limits.memory || this.#usage.memoryKills > 0) return;
    this.#child?.signal('SIGKILL');
    this.#usage = { ...this.#usage, memoryKills: 1 };
  }

  #pause(): void {
    if (this.#stoppedAt !== undefined) return;
    this.#stoppedAt = seconds();
    this.#child?.signal('SIGSTOP');
  }

  #continue(): void {
    if (this.#stoppedAt === undefined) return;
    const stopped = seconds() - this.#stoppedAt;
    this.#stoppedAt = undefined;
    this.#usage = { ...this.#usage, throttledSeconds: this.#usage.throttledSeconds + stopped };
    this.#child?.signal('SIGCONT');
  }
}
