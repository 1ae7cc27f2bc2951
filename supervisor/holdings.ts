/**
 * What one program holds of the host, from the first directory descriptor to the last uid. Taken step by step, given back
 * as a whole: `release` undoes whatever was taken, in reverse, and goes on when one of the steps fails.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Profile, usualProfile } from '../restrictions/profile.js';
import type { Restrictions } from '../restrictions/restrictions.js';
import { ProgramDirectory } from './broker/directory.js';
import type { ProcessUsage } from './broker/resource-report.js';
import { Session } from './broker/session.js';
import { type SessionEvents, tellFault } from './broker/session-events.js';
import { monotonicMs } from './clock.js';
import { messageOf, SupervisorError } from './errors.js';
import { GiveBackTime } from './give-back.js';
import type { LaunchedChild } from './launch/launcher.js';
import { LimitsError } from './limits/errors.js';
import type { Identity } from './limits/identities.js';
import { type GroupUsage, type LimitGroup, noUsage } from './limits/limiter.js';
import { StopTimes } from './limits/stop-times.js';
import { Nanny } from './nanny/nanny.js';
import { assertEnforced, enforcementOf, osLimits } from './os-limits.js';
import type { Enforcement, Usage } from './outcome.js';
import type { ProgramSpec } from './program-spec.js';
import { ServiceCharge } from './service-charge.js';
import type { ProgramServices } from './services.js';
import { Totals } from './totals.js';

/** How long the rest of what a dead child sent may take to read. */
const drainMs = 2000;
/** How often a lowered memory limit is tried until the program has given back what it has too much. */
const giveBackEveryMs = 20;

export class Holdings {
  group: LimitGroup | undefined;
  child: LaunchedChild | undefined;
  enforcement: readonly Enforcement[] = [];
  private directory: ProgramDirectory | undefined;
  private nanny: Nanny | undefined;
  private session: Session | undefined;
  private identity: Identity | undefined;
  /** Bytes of memory that the engine was given room for when it started. */
  private room = 0;
  private profile: Profile = usualProfile;
  /** CLOCK_MONOTONIC seconds that the program's getruntime() counts from. */
  private startedAt = 0;
  private totals: Totals | undefined;
  private events: SessionEvents | undefined;
  private readonly stops = new StopTimes();
  private readonly charge = new ServiceCharge(monotonicMs() / 1000);

  constructor(private readonly services: ProgramServices) {}

  /** Everything that must exist before the fork. Rejects when a part can't be had; what was taken stays for `release`. */
  async prepare(id: number, spec: ProgramSpec, restrictions: Restrictions): Promise<void> {
    const diskAllowed = restrictions.limits.diskused ?? 0;
    this.nanny = new Nanny(restrictions);
    this.room = restrictions.limits.memory ?? 0;
    this.profile = restrictions.profile ?? usualProfile;
    this.directory = await ProgramDirectory.open(spec.directory, diskAllowed, (path) =>
      this.services.platform.openPlace(path),
    );
    this.directory.disk.change(restrictions);
    this.identity = this.services.identities.allocate();
    this.group = await this.services.limiter.create(String(id), osLimits(restrictions));
    this.state(this.group, restrictions);
  }

  /** Says what is enforced of these limits. Throws where something isn't, unless the operator knows that. */
  private state(group: LimitGroup, restrictions: Restrictions): void {
    const { allowDegraded, limiter, platform } = this.services;
    this.enforcement = enforcementOf(platform, group, restrictions);
    if (!allowDegraded && !restrictions.allowDegraded) assertEnforced(this.enforcement, limiter.lack);
  }

  async launch(): Promise<LaunchedChild> {
    const { identity, group } = this;
    if (identity === undefined || group === undefined) throw new Error('launched before it was prepared');
    this.child = await this.services.launcher.launch({
      memory: this.room,
      profile: this.profile,
      ...identity,
      door: group.door,
    });
    await this.confine(this.child, group);
    return this.child;
  }

  /** Before the child is told which program to run. */
  private async confine(child: LaunchedChild, group: LimitGroup): Promise<void> {
    try {
      group.attach(child);
      const { cpuset } = this.nanny?.restrictions ?? {};
      if (cpuset !== undefined) await this.services.platform.setAffinity(child.pid, cpuset);
    } catch (error) {
      child.signal('SIGKILL');
      await child.ended;
      throw error;
    }
  }

  /** Sends the program and serves its requests from now on. */
  serve(spec: ProgramSpec, startedAtMs: number, events: SessionEvents): void {
    const { child, nanny, directory } = this;
    if (child === undefined || nanny === undefined || directory === undefined)
      throw new Error('served before it was forked');
    this.startedAt = startedAtMs / 1000;
    this.events = events;
    this.totals = new Totals(
      nanny.restrictions,
      () => this.processUsage().cpuSeconds,
      (limit) => events.onResourceFault(limit),
    );
    this.session = new Session({
      channel: child.channel,
      program: {
        type: 'program',
        language: spec.language,
        name: spec.name,
        source: spec.source,
        args: spec.args,
        startedAt: this.startedAt,
        seed: randomBytes(32),
        events: nanny.restrictions.limits.events ?? 0,
        memory: Math.min(nanny.restrictions.limits.memory ?? Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER),
      },
      nanny,
      directory,
      log: spec.log,
      sockets: this.services.sockets,
      ...(spec.network === undefined ? {} : { network: spec.network }),
      readUsage: () => this.processUsage(),
      events: {
        ...events,
        onStarted: (times) => {
          events.onStarted(times);
          this.announce(spec, nanny, events);
        },
      },
    });
  }

  /** What the program logs next waits until this has drained. */
  private announce({ announcement, log }: ProgramSpec, nanny: Nanny, events: SessionEvents): void {
    if (announcement === undefined) return;
    const failed = (error: unknown) => tellFault(events, error);
    try {
      nanny.charge('lograte', 0)?.catch(() => undefined);
      log.write(announcement)?.catch(failed);
      nanny.charge('lograte', announcement.length)?.catch(() => undefined);
    } catch (error) {
      failed(error);
    }
  }

  /**
   * Sets new limits on the running program: first those of the operating system, which may refuse; then nobody can any more.
   * Rejects with the old limits in force.
   */
  async change(restrictions: Restrictions): Promise<void> {
    const { group, session, nanny, child } = this;
    if (group === undefined || session === undefined || nanny === undefined || child === undefined)
      throw new SupervisorError('LIMITS', 'the program has ended');
    const { memory = 0 } = restrictions.limits;
    if (memory > this.room && child.resize === undefined) {
      throw new SupervisorError(
        'LIMITS',
        `memory can't be raised to ${memory}: this system's engine fixed its heap for ${this.room} bytes when the program started`,
      );
    }
    if ((restrictions.profile ?? usualProfile) !== this.profile) {
      throw new SupervisorError('LIMITS', `the profile of a running program can't be changed: it is ${this.profile}`);
    }
    const before = nanny.restrictions;
    const { memory: had = 0 } = before.limits;
    // A cut of memory comes last, in `cutMemory`: the engine is told now, and collects its garbage meanwhile.
    await group.change({ ...osLimits(restrictions, this.charge.cores), memory: Math.max(memory, had) });
    const cpusetChanges = String(restrictions.cpuset) !== String(before.cpuset);
    try {
      this.state(group, restrictions);
      if (memory !== had) await child.resize?.(memory, Math.max(memory, had));
      if (cpusetChanges) await this.services.platform.setAffinity(child.pid, restrictions.cpuset);
    } catch (error) {
      await child.resize?.(had).catch(() => undefined);
      // What the host gave of a set that it doesn't have in full.
      if (cpusetChanges) await this.services.platform.setAffinity(child.pid, before.cpuset).catch(() => undefined);
      await group.change(osLimits(before, this.charge.cores));
      this.enforcement = enforcementOf(this.services.platform, group, before);
      throw error;
    }
    session.change(restrictions);
    this.totals?.change(restrictions);
  }

  /** The last part of a change, after which nothing is as before: a program that keeps more memory than it may now ends. */
  async cutMemory(): Promise<void> {
    const { group, nanny, child } = this;
    if (group === undefined || nanny === undefined) return;
    const limits = osLimits(nanny.restrictions, this.charge.cores);
    const time = new GiveBackTime(monotonicMs(), this.readUsage()?.cpuSeconds ?? 0);
    for (;;) {
      try {
        await group.change(limits);
        // The garbage has gone. It may be the program that has: then there is nothing left to tell.
        await child?.resize?.(limits.memory).catch(() => undefined);
        return;
      } catch (error) {
        if (!(error instanceof LimitsError && error.code === 'LIMIT_REFUSED')) throw error;
        const { memoryBytes: used, cpuSeconds } = this.readUsage() ?? noUsage;
        if (used === 0 || time.isOver(monotonicMs(), cpuSeconds)) {
          this.events?.onResourceFault({ resource: 'memory', allowed: limits.memory, used });
          return;
        }
      }
      await delay(giveBackEveryMs);
    }
  }

  /** Reads what the child had sent before it went; nothing of it is served any more. */
  async drain(): Promise<void> {
    this.totals?.stop();
    const { session } = this;
    if (session === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainMs);
    });
    await Promise.race([session.drain(), late]);
    clearTimeout(timer);
  }

  /** Notes when the program was stopped. True when what the supervisor works for it asks for another share of the cpu limit. */
  note({ throttledSeconds }: GroupUsage): boolean {
    const now = monotonicMs() / 1000;
    this.stops.observe(now - this.startedAt, throttledSeconds);
    const limit = this.nanny?.restrictions.limits.cpu ?? 0;
    return this.charge.observe(now, this.session?.serviceSeconds ?? 0, limit);
  }

  /** Takes what the supervisor works for the program off its own share. */
  async applyCharge(): Promise<void> {
    const { group, nanny } = this;
    if (group !== undefined && nanny !== undefined) await group.change(osLimits(nanny.restrictions, this.charge.cores));
  }

  private processUsage(): ProcessUsage {
    const usage = this.readUsage() ?? { cpuSeconds: 0, memoryBytes: 0, throttledSeconds: 0 };
    this.stops.observe(monotonicMs() / 1000 - this.startedAt, usage.throttledSeconds);
    const cpuSeconds = usage.cpuSeconds + (this.session?.serviceSeconds ?? 0);
    return { cpuSeconds, memoryBytes: usage.memoryBytes, stopTimes: this.stops.entries };
  }

  /** Undefined when there is no group, or its files can't be read any more. */
  readUsage(): GroupUsage | undefined {
    try {
      return this.group?.usage();
    } catch {
      return undefined;
    }
  }

  tallies(): Pick<Usage, 'serviceSeconds' | 'diskBytes' | 'tallied'> {
    const serviceSeconds = this.session?.serviceSeconds ?? 0;
    return { serviceSeconds, diskBytes: this.directory?.disk.used ?? 0, tallied: this.nanny?.tallies() ?? {} };
  }

  /** Gives everything back, and returns what failed. The group's `remove` kills whatever might be left in it. */
  async release(): Promise<string[]> {
    const failures: string[] = [];
    const step = async (what: string, undo: () => unknown): Promise<boolean> => {
      try {
        await undo();
        return true;
      } catch (error) {
        failures.push(`${what}: ${messageOf(error)}`);
        return false;
      }
    };
    this.totals?.stop();
    await step('closing the session', () => this.session?.close());
    this.child?.channel.destroy();
    this.nanny?.dispose();
    const emptied = await step('removing the limit group', () => this.group?.remove());
    await step('closing the directory', () => this.directory?.close());
    // A process that may be left in the group keeps its uid: nobody else gets it.
    if (this.identity !== undefined && emptied) this.services.identities.release(this.identity);
    this.identity = undefined;
    return failures;
  }
}
