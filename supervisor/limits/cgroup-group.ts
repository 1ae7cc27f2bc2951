import { join } from 'node:path/posix';
import type { Enforcement } from '../outcome.js';
import type { ControlFiles } from './control-files.js';
import type { Controller, Meter, Surroundings } from './controller.js';
import { LimitsError } from './errors.js';
import { applySettings, empty, removeDirectory, signalAll } from './group-directory.js';
import { type GroupDoor, type GroupUsage, type LimitGroup, noUsage, type OsLimits } from './limiter.js';

/** Where groups are made in one hierarchy, and what for. */
export interface Placement {
  readonly version: 1 | 2;
  /** The yard's directory. */
  readonly parent: string;
  readonly controllers: readonly Controller[];
}

interface Member {
  readonly version: 1 | 2;
  readonly directory: string;
  readonly controllers: readonly Controller[];
}

interface OpenMeter {
  readonly descriptor: number;
  readonly path: string;
  readonly parse: Meter['parse'];
}

/** One program's group: a directory in each hierarchy that takes part. */
export class CgroupGroup implements LimitGroup {
  readonly #files: ControlFiles;
  readonly #members: readonly Member[];
  readonly #surroundings: Surroundings;
  readonly #open: number[] = [];
  readonly #meters: OpenMeter[] = [];
  #door: GroupDoor = { joinFiles: [] };
  #limits: OsLimits;
  #peak = 0;
  #last: GroupUsage | undefined;
  /** The meter of processor time. */
  #clock: OpenMeter | undefined;
  #removal: Promise<void> | undefined;

  /** Leaves nothing behind when it rejects. */
  static async create(
    files: ControlFiles,
    placements: readonly Placement[],
    surroundings: Surroundings,
    id: string,
    limits: OsLimits,
  ): Promise<CgroupGroup> {
    const group = new CgroupGroup(files, placements, surroundings, id, limits);
    try {
      await group.#prepare();
    } catch (error) {
      await group.remove().catch(() => undefined);
      throw error;
    }
    return group;
  }

  private constructor(
    files: ControlFiles,
    placements: readonly Placement[],
    surroundings: Surroundings,
    id: string,
    limits: OsLimits,
  ) {
    this.#files = files;
    this.#surroundings = surroundings;
    this.#limits = limits;
    this.#members = placements.map(({ version, parent, controllers }) => ({
      version,
      controllers,
      directory: join(parent, id),
    }));
  }

  get door(): GroupDoor {
    return this.#door;
  }

  /** It has come in through the door: the kernel knows it. */
  attach(): void {}

  async change(limits: OsLimits): Promise<void> {
    const before = this.#limits;
    this.#assertFree(limits.memory);
    // Every value is computed before one is written: what can't be enforced at all changes nothing.
    const steps = this.#settings(limits, before);
    const back = this.#settings(before, limits);
    try {
      for (const { directory, settings } of steps) await applySettings(this.#files, directory, settings);
    } catch (error) {
      for (const { directory, settings } of back) await applySettings(this.#files, directory, settings);
      throw error;
    }
    this.#limits = limits;
  }

  usage(glance = false): GroupUsage {
    const last = this.#last;
    const clock = this.#clock;
    // A program that hasn't run can't have changed anything else.
    if (glance && last !== undefined && clock !== undefined && this.#read(clock).cpuSeconds === last.cpuSeconds)
      return last;
    const usage = { ...noUsage };
    for (const meter of this.#meters) Object.assign(usage, this.#read(meter));
    this.#peak = Math.max(this.#peak, usage.memoryPeakBytes, usage.memoryBytes);
    this.#last = { ...usage, memoryPeakBytes: this.#peak };
    return this.#last;
  }

  #read({ descriptor, path, parse }: OpenMeter): Partial<GroupUsage> {
    const figures = parse(this.#files.reread(descriptor));
    if (figures === null) throw new Error(`${path} isn't in the form the kernel documents`);
    return figures;
  }

  /** v1's freezer is not used: a process that it froze can't be killed before it is thawed. */
  async suspend(): Promise<void> {
    await this.#freeze(true);
  }

  async resume(): Promise<void> {
    await this.#freeze(false);
  }

  enforcement(): readonly Enforcement[] {
    const controllers = this.#members.flatMap((member) => member.controllers);
    return controllers.flatMap((controller) => controller.enforcement(this.#limits, this.#surroundings) ?? []);
  }

  remove(): Promise<void> {
    this.#removal ??= this.#remove();
    return this.#removal;
  }

  async #prepare(): Promise<void> {
    const made = await Promise.allSettled(
      this.#settings(this.#limits).map(async ({ directory, settings }) => {
        await this.#files.makeDirectory(directory);
        await applySettings(this.#files, directory, settings);
      }),
    );
    for (const step of made) if (step.status === 'rejected') throw step.reason;
    this.#openDoor();
    for (const member of this.#members) await this.#openMeters(member);
  }

  /** v1's kernel refuses to take memory away that is in use; v2's would kill. */
  #assertFree(memory: number): void {
    const unified = this.#members.find(({ version }) => version === 2);
    if (memory >= this.#limits.memory || !unified?.controllers.some(({ name }) => name === 'memory')) return;
    const { memoryBytes } = this.usage();
    if (memoryBytes <= memory) return;
    const path = join(unified.directory, 'memory.max');
    throw new LimitsError('LIMIT_REFUSED', `${path} doesn't take ${memory}: ${memoryBytes} are in use`);
  }

  #settings(limits: OsLimits, from?: OsLimits) {
    return this.#members.map(({ directory, controllers }) => ({
      directory,
      settings: controllers.flatMap((controller) => controller.settings(limits, this.#surroundings, from)),
    }));
  }

  #openDoor(): void {
    const joinFiles: number[] = [];
    let cloneInto: number | undefined;
    for (const { version, directory } of this.#members) {
      if (version === 2) cloneInto = this.#keep(this.#files.open(directory, 'directory'));
      else joinFiles.push(this.#keep(this.#files.open(join(directory, 'tasks'), 'write')));
    }
    this.#door = cloneInto === undefined ? { joinFiles } : { cloneInto, joinFiles };
  }

  async #openMeters({ directory, controllers }: Member): Promise<void> {
    for (const { file, parse, mayBeAbsent } of controllers.flatMap((controller) => controller.meters)) {
      const path = join(directory, file);
      if (mayBeAbsent && !(await this.#files.exists(path))) continue;
      const descriptor = this.#keep(this.#files.open(path, 'read'));
      const meter = { descriptor, path, parse };
      this.#meters.push(meter);
      if (this.#read(meter).cpuSeconds !== undefined) this.#clock = meter;
    }
  }

  #keep(descriptor: number): number {
    this.#open.push(descriptor);
    return descriptor;
  }

  async #freeze(frozen: boolean): Promise<void> {
    const unified = this.#members.find(({ version }) => version === 2);
    if (unified !== undefined) await this.#files.write(join(unified.directory, 'cgroup.freeze'), frozen ? '1' : '0');
    else await signalAll(this.#files, this.#members[0]!.directory, frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async #remove(): Promise<void> {
    this.#meters.length = 0;
    for (const descriptor of this.#open.splice(0)) this.#files.close(descriptor);
    const removed = await Promise.allSettled(
      this.#members.map(async ({ directory }) => {
        await empty(this.#files, directory);
        await removeDirectory(this.#files, directory);
      }),
    );
    for (const step of removed) if (step.status === 'rejected') throw step.reason;
  }
}
