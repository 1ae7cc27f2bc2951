/**
 * One program from acceptance to outcome. It walks the life-cycle table; each action of the table is one method here.
 * It owns what the program holds (uid, limit group, directory, child, session) and gives all of it back in `release`.
 */
import { EventEmitter, once } from 'node:events';
import type { EndMessage } from '../protocol/messages.js';
import type { Restrictions } from '../restrictions/restrictions.js';
import {
  accountOf,
  type Cause,
  causeOfEndMessage,
  causeOfProcessEnd,
  cpuTimeLimitCause,
  limitCause,
  memoryLimitCause,
} from './ending.js';
import { messageOf, SupervisorError } from './errors.js';
import { Holdings } from './holdings.js';
import type { ChildEnding } from './launch/launcher.js';
import { type Action, type LifeEvent, type State, transition } from './life-cycle.js';
import { type GroupUsage, noUsage } from './limits/limiter.js';
import { exitCodes, type Outcome, type Usage } from './outcome.js';
import type { ProgramSpec, ProgramStatus } from './program-spec.js';
import type { ProgramServices } from './services.js';
import { areRestrictions } from './spec-fault.js';
import { StageClock } from './timings.js';
import { Verdict } from './verdict.js';

export type { NetworkPolicy, ProgramSpec, ProgramStatus } from './program-spec.js';

interface ProgramEvents {
  state: [State];
  /** The process is reaped and everything is given back. */
  outcome: [Outcome];
}

/** How long a child may take to exit after its `end` message before it is killed. */
const exitGraceMs = 1000;
/** RepyV2's bound on the safety check, seconds of the clock. */
export const checkTimeoutMs = 15_000;

export class Program extends EventEmitter<ProgramEvents> {
  readonly outcome: Promise<Outcome>;
  private resolveOutcome!: (outcome: Outcome) => void;
  private current: State = 'queued';
  private readonly verdict = new Verdict();
  private readonly clock = new StageClock();
  private readonly held: Holdings;
  private lastUsage: GroupUsage = noUsage;
  private timer: NodeJS.Timeout | undefined;
  private signal: string | null = null;
  private allowed: Restrictions;
  /** Changes of the limits, one after another. */
  private changes: Promise<void> = Promise.resolve();

  constructor(
    readonly id: number,
    readonly spec: ProgramSpec,
    private readonly services: ProgramServices,
  ) {
    super();
    this.held = new Holdings(services);
    this.allowed = spec.restrictions;
    this.outcome = new Promise((resolve) => {
      this.resolveOutcome = resolve;
    });
  }

  get state(): State {
    return this.current;
  }

  /** The supervisor's turn-giver calls this once, when the program may start. */
  begin(): void {
    this.dispatch('turn');
  }

  /** Stops the program; its outcome is `stopped` unless something else ended it first. */
  stop(message = 'stopped by the operator', exitCode = exitCodes.stopped): void {
    this.condemn({ reason: 'stopped', message, exitCode });
  }

  /** Refuses a program that hasn't started. */
  refuse(message: string): void {
    this.condemn({ reason: 'refused', message });
  }

  /** The limits that hold now. */
  get restrictions(): Restrictions {
    return this.allowed;
  }

  /**
   * Sets new limits, all or none, and tells the program. Rejects with SupervisorError LIMITS, or LimitsError LIMIT_REFUSED from the
   * operating system, when they can't be set (more than the host has, a program that has ended); with SupervisorError HOST when the
   * host can't enforce them. A program that uses more memory or disk than it may then, ends.
   */
  change(restrictions: Restrictions): Promise<void> {
    if (!areRestrictions(restrictions)) {
      return Promise.reject(new SupervisorError('LIMITS', 'the new limits must be what loadRestrictions() gives'));
    }
    const changed = this.changes.then(() => this.changeNow(restrictions));
    this.changes = changed.catch(() => undefined);
    return changed;
  }

  status(): ProgramStatus {
    return {
      id: this.id,
      name: this.spec.name,
      state: this.current,
      pid: this.held.child?.pid ?? null,
      usage: this.usage(),
      restrictions: this.allowed,
    };
  }

  private async changeNow(restrictions: Restrictions): Promise<void> {
    // These last milliseconds; what is being made has the old limits.
    while (this.current === 'preparing' || this.current === 'forking') await once(this, 'state');
    const refusal = this.services.refusal(this.id, restrictions);
    if (refusal !== undefined) throw new SupervisorError('LIMITS', refusal);
    if (this.current === 'starting' || this.current === 'running') await this.held.change(restrictions);
    else if (this.current !== 'queued') throw new SupervisorError('LIMITS', 'the program has ended');
    const { memory: had = 0 } = this.allowed.limits;
    this.allowed = restrictions;
    if ((restrictions.limits.memory ?? 0) < had) await this.held.cutMemory();
  }

  /** First cause wins; the process, if there is one, is killed. */
  private condemn(cause: Cause): void {
    if (transition(this.current, 'condemned') === undefined) return;
    this.verdict.condemn(cause);
    this.dispatch('condemned');
  }

  private dispatch(event: LifeEvent): void {
    const next = transition(this.current, event);
    if (next === undefined) return;
    const changed = next.to !== this.current;
    this.current = next.to;
    if (next.action !== undefined) this.perform(next.action);
    if (changed) this.emit('state', next.to);
  }

  /** A step that throws (a descriptor that can't be had) ends this program, never the supervisor. */
  private perform(action: Action): void {
    try {
      this.actions[action]();
    } catch (error) {
      this.condemn({ reason: 'supervisor', message: messageOf(error) });
    }
  }

  private readonly actions: Readonly<Record<Action, () => void>> = {
    prepare: () => this.attempt('prepared', () => this.held.prepare(this.id, this.spec, this.allowed)),
    fork: () => this.attempt('forked', () => this.fork()),
    serve: () => this.serve(),
    'await exit': () => this.killLater(exitGraceMs),
    kill: () => this.held.child?.signal('SIGKILL'),
    release: () => void this.release(),
    conclude: () => this.conclude(),
  };

  /** Runs one asynchronous step of the start; a failure of it refuses the program. */
  private attempt(done: LifeEvent, step: () => Promise<void>): void {
    step().then(
      () => this.dispatch(done),
      (error: unknown) => {
        this.verdict.decide({ reason: 'refused', message: messageOf(error) });
        this.dispatch('failed');
      },
    );
  }

  private async fork(): Promise<void> {
    this.clock.mark('queued');
    const child = await this.held.launch();
    this.clock.mark('forked', child.forkedAt);
    void child.ended.then((ending) => this.reaped(ending));
  }

  private serve(): void {
    this.timer = setTimeout(() => {
      const seconds = checkTimeoutMs / 1000;
      const report = `Evaluation of code safety exceeded timeout threshold (${seconds.toFixed(2)} seconds)`;
      this.condemn({ reason: 'unsafe', message: 'the static safety check took too long', report });
    }, checkTimeoutMs);
    this.held.serve(this.spec, this.clock.acceptedAt, {
      onStarted: (times) => {
        clearTimeout(this.timer);
        this.clock.markStarted(times);
        this.dispatch('started');
      },
      onEnd: (end: EndMessage) => {
        const peak = this.held.readUsage()?.memoryPeakBytes ?? 0;
        const { memory = 0, events } = this.allowed.limits;
        this.verdict.decide(causeOfEndMessage(end, { allowed: memory, peak }, events));
        this.dispatch('finished');
      },
      onViolation: (why) => this.condemn({ reason: 'crashed', message: `broke the channel's protocol: ${why}` }),
      onResourceFault: (limit) => this.condemn(limitCause(limit)),
      onInternalError: (why) => this.condemn({ reason: 'supervisor', message: why }),
    });
    this.services.poller.add(
      this,
      this.held.group!,
      (usage) => this.polled(usage),
      (error) => this.condemn({ reason: 'supervisor', message: `its usage can't be read: ${messageOf(error)}` }),
    );
  }

  /** The kernel kills at the memory limit by itself; a group that survived a kill of one of its processes is ended here. */
  private polled(usage: GroupUsage): void {
    this.lastUsage = usage;
    if (this.held.note(usage)) {
      const charged = this.changes.then(() => this.held.applyCharge());
      // A program that ended meanwhile has nothing left to charge.
      this.changes = charged.catch(() => undefined);
    }
    if (usage.memoryKills > 0) {
      const allowed = this.allowed.limits.memory ?? 0;
      this.condemn(memoryLimitCause(allowed, usage.memoryPeakBytes, 'killed at the limit'));
    }
    if (usage.cpuTimeReached) this.condemn(cpuTimeLimitCause(accountOf(this.allowed, this.usage())));
  }

  private killLater(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dispatch('condemned'), ms);
  }

  /** The process is gone. What it still had sent is read first: its `end` message may be among that. */
  private async reaped(ending: ChildEnding): Promise<void> {
    this.verdict.gone();
    await this.held.drain();
    const usage = this.held.readUsage();
    if (usage !== undefined) this.lastUsage = usage;
    // What is only polled misses the last moments.
    if (this.services.limiter.lack !== undefined && ending.used !== undefined) {
      this.lastUsage = { ...this.lastUsage, cpuSeconds: Math.max(this.lastUsage.cpuSeconds, ending.used.cpuSeconds) };
    }
    this.verdict.decide(causeOfProcessEnd(ending, usage, accountOf(this.allowed, this.usage())));
    this.signal = ending.signal;
    this.dispatch('reaped');
  }

  private async release(): Promise<void> {
    clearTimeout(this.timer);
    this.services.poller.delete(this);
    const failures = await this.held.release();
    for (const failure of failures) this.services.warn(`${this.spec.name}: ${failure}`);
    this.dispatch('released');
  }

  private usage(): Usage {
    return { ...withoutKills(this.lastUsage), ...this.held.tallies() };
  }

  private conclude(): void {
    const outcome: Outcome = {
      program: this.spec.name,
      ...this.verdict.result(),
      ...(this.signal === null ? {} : { signal: this.signal }),
      usage: this.usage(),
      enforcement: this.held.enforcement,
      timings: this.clock.finish(),
    };
    this.resolveOutcome(outcome);
    this.emit('outcome', outcome);
  }
}

function withoutKills({
  memoryKills: _,
  cpuTimeReached: __,
  ...usage
}: GroupUsage): Omit<GroupUsage, 'memoryKills' | 'cpuTimeReached'> {
  return usage;
}
