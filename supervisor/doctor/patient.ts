/**
 * What the layers of an examination share: each part is set up once, when the first layer asks for it, by the very functions that
 * `Supervisor.open` uses, and all of it is given back at the end.
 */

import { loadRestrictions } from '../../restrictions/load.js';
import type { Profile } from '../../restrictions/profile.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import { createLauncher } from '../launch/create-launcher.js';
import { compileFilters } from '../launch/filters.js';
import type { Launcher } from '../launch/launcher.js';
import { type Identities, identitiesOf } from '../limits/identities.js';
import type { Limiter, LimitGroup } from '../limits/limiter.js';
import type { YardSlot } from '../limits/yard-slot.js';
import { osLimits } from '../os-limits.js';
import type { Platform } from '../platform/platform.js';
import { Canary, canaryRuntime } from './canary.js';
import { Programs } from './programs.js';

/** RepyV2's customary limits: what is promised to most programs. */
export const customary = (more: object = {}, profile?: Profile): Restrictions =>
  loadRestrictions(
    Buffer.from(
      JSON.stringify({
        resources: { cpu: 0.5, memory: 15_000_000, diskused: 0, events: 1, lograte: 30_000, ...more },
        ...(profile === undefined ? {} : { profile }),
      }),
    ),
  );

export interface PatientOptions {
  readonly platform: Platform;
  readonly allowDegraded: boolean;
}

/** How long a zygote may take to start, and to fork, before the layer that waits for it says so. */
const startTimeoutMs = 45_000;
const replyTimeoutMs = 15_000;

export class Patient {
  readonly #undo: (() => unknown)[] = [];
  #slot: YardSlot | undefined;
  #limiter: Promise<Limiter> | undefined;
  #launcher: Launcher | undefined;
  #group: Promise<LimitGroup> | undefined;
  #canary: Promise<Canary> | undefined;
  #programs: Promise<Programs> | undefined;
  readonly #canaries = new Set<Canary>();
  #identities: Identities | undefined;

  constructor(readonly options: PatientOptions) {}

  /** Rejects as `run` would: only when there is no limiter at all, not even a poor one. */
  limiter(): Promise<Limiter> {
    this.#limiter ??= this.#chooseLimiter();
    return this.#limiter;
  }

  /** The limits that the canary lives under. */
  group(): Promise<LimitGroup> {
    this.#group ??= this.#makeGroup();
    return this.#group;
  }

  /** A canary that stays alive, to be looked at. */
  canary(): Promise<Canary> {
    this.#canary ??= this.#launchInGroup();
    return this.#canary;
  }

  /** One more, for attempts that may end it. End it when it is of no use any more. */
  async expendable(profile: Profile): Promise<Canary> {
    return this.#launch(profile, { joinFiles: [] });
  }

  /** Real programs under a real supervisor. */
  programs(): Promise<Programs> {
    this.#programs ??= Programs.open(this.options).then((programs) => {
      this.#undo.push(() => programs.close());
      return programs;
    });
    return this.#programs;
  }

  /** Gives everything back, last first; goes on when a step fails. Returns what failed. */
  async release(): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (const step of this.#undo.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }

  #claimed(): YardSlot {
    if (this.#slot === undefined) {
      const slot = this.options.platform.claimSlot();
      this.#undo.push(() => slot.release());
      this.#slot = slot;
    }
    return this.#slot;
  }

  async #chooseLimiter(): Promise<Limiter> {
    const limiter = await this.options.platform.openLimiter(this.#claimed(), 'detect');
    this.#undo.push(() => limiter.close());
    return limiter;
  }

  async #makeGroup(): Promise<LimitGroup> {
    const limiter = await this.limiter();
    const group = await limiter.create('doctor', osLimits(customary()));
    this.#undo.push(() => group.remove());
    return group;
  }

  async #launchInGroup(): Promise<Canary> {
    const group = await this.group();
    const canary = await this.#launch('jit', group.door);
    group.attach(canary.child);
    return canary;
  }

  async #launch(profile: Profile, door: LimitGroup['door']): Promise<Canary> {
    if (this.#launcher === undefined) {
      const launcher = createLauncher({
        filters: compileFilters(),
        runtime: canaryRuntime,
        startTimeoutMs,
        replyTimeoutMs,
      });
      this.#undo.push(async () => {
        await Promise.all([...this.#canaries].map((canary) => canary.end()));
        await launcher.close();
      });
      this.#launcher = launcher;
    }
    const { memory = 0 } = customary().limits;
    this.#identities ??= identitiesOf(this.#claimed());
    const identities = this.#identities;
    const identity = identities.allocate();
    const canary = new Canary(await this.#launcher.launch({ memory, profile, door, ...identity }));
    this.#canaries.add(canary);
    void canary.child.ended.then(() => {
      this.#canaries.delete(canary);
      identities.release(identity);
    });
    return canary;
  }
}
