import { CgroupGroup, type Placement } from './cgroup-group.js';
import type { ControlFiles } from './control-files.js';
import type { Surroundings } from './controller.js';
import type { Limiter, LimitGroup, OsLimits } from './limiter.js';

/** Also a directory's name: no way out of the yard. */
const groupId = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Makes groups in the yard's directories, one in each hierarchy that takes part. */
export class CgroupLimiter implements Limiter {
  readonly mechanism: string;
  readonly #files: ControlFiles;
  readonly #placements: readonly Placement[];
  readonly #surroundings: Surroundings;
  readonly #leave: () => Promise<void>;

  /** `leave` removes the yard's groups. */
  constructor(
    files: ControlFiles,
    placements: readonly Placement[],
    surroundings: Surroundings,
    leave: () => Promise<void>,
  ) {
    this.#files = files;
    this.#placements = placements;
    this.#surroundings = surroundings;
    this.#leave = leave;
    const versions = [...new Set(placements.map(({ version }) => version))].sort();
    this.mechanism = `cgroup ${versions.map((version) => `v${version}`).join(' and ')}`;
  }

  async create(id: string, limits: OsLimits): Promise<LimitGroup> {
    if (!groupId.test(id)) throw new RangeError(`not a group's name: ${JSON.stringify(id)}`);
    return CgroupGroup.create(this.#files, this.#placements, this.#surroundings, id, limits);
  }

  async close(): Promise<void> {
    await this.#leave();
  }
}
