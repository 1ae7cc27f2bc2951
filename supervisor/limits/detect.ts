import { availableParallelism } from 'node:os';
import { join } from 'node:path/posix';
import { type Canary, proveLimits } from './canary.js';
import type { Placement } from './cgroup-group.js';
import { CgroupLimiter } from './cgroup-limiter.js';
import { type ControlFiles, kernelFiles } from './control-files.js';
import type { Surroundings } from './controller.js';
import { type Choice, chooseControllers } from './controller-choice.js';
import { errnoOf, LimitsError } from './errors.js';
import { removeTree } from './group-directory.js';
import { type Hierarchy, readHierarchies } from './hierarchies.js';
import type { Limiter } from './limiter.js';
import { readOwnLimits } from './own-limits.js';
import { removeStaleYards } from './stale-yards.js';
import { enable, findPlace } from './v2-place.js';
import { type SlotOptions, supervisorName, type YardSlot, yardName } from './yard-slot.js';

/** What tests replace; a supervisor gives the slot alone. */
export interface DetectOptions extends SlotOptions {
  readonly files?: ControlFiles;
  /** Where `mountinfo` and `cgroup` are read. */
  readonly processDirectory?: string;
  readonly pid?: number;
  readonly startCanary?: () => Canary;
}

/**
 * Finds cgroups of version 1, 2 or both that can hold programs to their limits, removes what dead supervisors left,
 * makes the yard's own groups, and proves with a real process that they work. Rejects with a LimitsError that names what
 * is missing and how to fix it; nothing is left behind then.
 */
export async function detectLimiter(slot: YardSlot, options: DetectOptions = {}): Promise<Limiter> {
  const files = options.files ?? kernelFiles;
  const hierarchies = await readHierarchies(files, options.processDirectory);
  const chosen = chooseControllers(hierarchies);
  const ownGroups = chosen.map(({ hierarchy }) => hierarchy.ownGroup);
  const left = await removeStaleYards(files, slot, ownGroups, options);
  const yard = new Yard(files, slot, left);
  try {
    for (const choice of chosen) await yard.enter(choice, options.pid);
    const surroundings = await readSurroundings(files, hierarchies);
    const limiter = new CgroupLimiter(files, yard.placements, surroundings, () => yard.leave());
    await proveLimits(files, limiter, yard.placements, options.startCanary);
    return limiter;
  } catch (error) {
    await yard.leave().catch(() => undefined);
    throw error;
  }
}

/** The supervisor's own parent groups. Each directory is noted in the slot's file before it is made. */
class Yard {
  readonly placements: Placement[] = [];
  readonly #undo: (() => Promise<void>)[] = [];
  readonly #noted: string[];

  constructor(
    private readonly files: ControlFiles,
    private readonly slot: YardSlot,
    noted: readonly string[],
  ) {
    this.#noted = [...noted];
    this.#undo.push(async () => this.slot.record(noted));
  }

  async enter({ hierarchy, controllers }: Choice, pid?: number): Promise<void> {
    const { version, ownGroup } = hierarchy;
    const names = controllers.map(({ name }) => name);
    let above = ownGroup;
    if (version === 2) {
      this.#note(join(ownGroup, supervisorName(this.slot.slot)));
      const place = await findPlace(this.files, hierarchy, names, this.slot.slot, pid);
      this.#undo.push(place.leave);
      above = place.group;
    }
    const parent = join(above, yardName(this.slot.slot));
    this.#note(parent);
    try {
      await this.files.makeDirectory(parent);
    } catch (error) {
      const cause = await this.#cause(errnoOf(error), above);
      const message = `can't make ${parent} (${cause}). To fix it, ${adviceOn(cause, above)}`;
      throw new LimitsError('UNAVAILABLE', message, { cause: error });
    }
    this.#undo.push(() => removeTree(this.files, parent));
    const refused = version === 2 ? await enable(this.files, parent, names) : undefined;
    if (refused !== undefined) throw new LimitsError('UNAVAILABLE', `${parent} hands down no ${names} (${refused})`);
    this.placements.push({ version, parent, controllers });
  }

  /** Undoes everything, last first. */
  async leave(): Promise<void> {
    for (const step of this.#undo.splice(0).reverse()) await step();
  }

  /** The kernel says that a group exists also to who may not make any. */
  async #cause(error: string | undefined, above: string): Promise<string | undefined> {
    return error === 'EEXIST' && !(await this.files.writable(above)) ? 'EACCES' : error;
  }

  #note(directory: string): void {
    this.#noted.push(directory);
    this.slot.record(this.#noted);
  }
}

function adviceOn(cause: string | undefined, above: string): string {
  if (cause === 'ENOENT') return `mount the cgroup file system of ${above} again: it is hidden, or gone`;
  if (cause === 'EEXIST') return 'end the processes in it';
  return 'run as root, or in a delegated group: systemd-run --user --scope -p Delegate=yes repyard ...';
}

async function readSurroundings(files: ControlFiles, hierarchies: readonly Hierarchy[]): Promise<Surroundings> {
  const { cpu } = await readOwnLimits(files, hierarchies);
  const swaps = await files.read('/proc/swaps').catch(() => '');
  return {
    cores: Math.min(availableParallelism(), cpu.value),
    // A headline, then one line for each swap area.
    swap: swaps.trim().split('\n').length > 1,
  };
}
