/**
 * Hosts programs: what everything else stands on (`repyard run`, `repyard up`, the daemon). One supervisor per process.
 *
 *     const supervisor = await Supervisor.open();
 *     const program = await supervisor.start({ name, language, source, args, restrictions, directory, log });
 *     const { reason } = await program.outcome;
 *     await supervisor.close();
 */
import { EventEmitter } from 'node:events';
import { bounds } from '../protocol/bounds.js';
import type { Language } from '../protocol/messages.js';
import type { Profile } from '../restrictions/profile.js';
import type { Restrictions } from '../restrictions/restrictions.js';
import { type HostSockets, hostSockets } from './broker/network/host-sockets.js';
import { messageOf, SupervisorError } from './errors.js';
import { type AdmissionOptions, admit } from './host/admission.js';
import type { Capacity } from './host/capacity.js';
import { promiseOf } from './host/promise.js';
import type { Launcher } from './launch/launcher.js';
import type { LimiterChoice } from './limits/choose-limiter.js';
import { type Identities, identitiesOf } from './limits/identities.js';
import type { Limiter } from './limits/limiter.js';
import { UsagePoller } from './limits/poller.js';
import type { YardSlot } from './limits/yard-slot.js';
import type { Outcome } from './outcome.js';
import { hostPlatform } from './platform/host.js';
import type { LaunchTuning, Platform } from './platform/platform.js';
import { Program, type ProgramSpec, type ProgramStatus } from './program.js';
import { specFault } from './spec-fault.js';
import { Turns } from './turns.js';

export interface SupervisorOptions extends AdmissionOptions {
  /** How many programs may be between `queued` and their first instruction at once. */
  readonly mostStarting?: number;
  readonly limiter?: LimiterChoice;
  /** Whether programs may run with limits that are only polled where the kernel can't keep them. Default: as each policy says. */
  readonly allowDegraded?: boolean;
  readonly launcher?: LaunchTuning;
  /** Of a supervisor for one program: what that needs starts at once, and nothing that only others need. */
  readonly only?: OnlyProgram;
  /** For tests of what other systems have. Default: this host's. */
  readonly platform?: Platform;
}

/** What is known of the one program; others of its language may be started, too. */
export interface OnlyProgram {
  readonly language: Language;
  readonly memory: number;
  readonly profile?: Profile | undefined;
}

interface SupervisorEvents {
  accepted: [Program];
  outcome: [Program, Outcome];
  /** Something that ends no program but that the operator should know. */
  warning: [string];
}

/** Forks are served one after another; more than a few at once only wait in the zygote. */
const defaultMostStarting = 8;

export class Supervisor extends EventEmitter<SupervisorEvents> {
  private readonly programs = new Map<number, Program>();
  private readonly identities: Identities;
  private readonly poller = new UsagePoller();
  private readonly turns: Turns;
  private readonly sockets: HostSockets;
  private lastId = 0;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly options: SupervisorOptions,
    private readonly platform: Platform,
    private readonly slot: YardSlot,
    private readonly limiter: Limiter,
    private readonly launcher: Launcher,
    /** What the host has for all programs together. */
    readonly capacity: Capacity,
  ) {
    super();
    this.identities = identitiesOf(slot);
    this.sockets = hostSockets(() => platform.sockets());
    this.turns = new Turns(options.mostStarting ?? defaultMostStarting);
  }

  /**
   * Sets up everything that programs need, and removes what a supervisor that was killed left behind.
   * Rejects with SupervisorError HOST when a layer can't be set up: nothing is started with less.
   */
  static async open(options: SupervisorOptions = {}): Promise<Supervisor> {
    let slot: YardSlot | undefined;
    let limiter: Limiter | undefined;
    let launcher: Launcher | undefined;
    const { only } = options;
    try {
      const platform = options.platform ?? (await hostPlatform());
      launcher = platform.createLauncher({ ...options.launcher, language: only?.language });
      // Meanwhile all else is got ready. The program's launch tells of a failure.
      if (only !== undefined) launcher.warm(only.memory, only.profile).catch(() => undefined);
      slot = platform.claimSlot();
      limiter = await platform.openLimiter(slot, options.limiter ?? 'detect');
      return new Supervisor(options, platform, slot, limiter, launcher, await platform.readCapacity());
    } catch (error) {
      await launcher?.close().catch(() => undefined);
      await limiter?.close().catch(() => undefined);
      slot?.release();
      throw new SupervisorError('HOST', messageOf(error), { cause: error });
    }
  }

  /**
   * Accepts a program. It always gets an outcome: one that the host has no room for, or whose directory can't be used, is `refused`.
   * Rejects only with SupervisorError: CLOSED after `close()`, START when `spec` is none.
   */
  async start(spec: ProgramSpec): Promise<Program> {
    if (this.closing !== undefined) throw new SupervisorError('CLOSED', 'the supervisor is closed');
    const fault = specFault(spec);
    if (fault !== undefined) throw new SupervisorError('START', fault);
    this.lastId += 1;
    const refusal = this.tooLarge(spec) ?? this.otherLanguage(spec) ?? this.refusal(this.lastId, spec.restrictions);
    const program = new Program(this.lastId, spec, {
      platform: this.platform,
      sockets: this.sockets,
      limiter: this.limiter,
      launcher: this.launcher,
      identities: this.identities,
      poller: this.poller,
      allowDegraded: this.options.allowDegraded ?? false,
      refusal: (id, restrictions) => this.refusal(id, restrictions),
      warn: (message) => this.emit('warning', message),
    });
    this.programs.set(program.id, program);
    program.once('outcome', (outcome) => {
      this.programs.delete(program.id);
      this.emit('outcome', program, outcome);
    });
    this.emit('accepted', program);
    if (refusal === undefined) this.giveTurn(program);
    else program.refuse(refusal);
    return program;
  }

  /** The zygote for programs of this memory limit and profile starts now, so that the first of them needn't wait for it. */
  warm(memory: number, profile?: Profile): Promise<void> {
    return this.launcher.warm(memory, profile);
  }

  /** What watching the programs costs. */
  get polling(): Pick<UsagePoller, 'statistics' | 'reset'> {
    return this.poller;
  }

  /** All programs that have not ended, oldest first. */
  list(): ProgramStatus[] {
    return [...this.programs.values()].map((program) => program.status());
  }

  /** Stops every program, waits for their outcomes, and gives back what the supervisor holds. Idempotent. */
  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private tooLarge({ source }: ProgramSpec): string | undefined {
    if (source.length <= bounds.programBytes) return undefined;
    return `the program has ${source.length} bytes; at most ${bounds.programBytes} are allowed`;
  }

  private otherLanguage({ language }: ProgramSpec): string | undefined {
    const { only } = this.options;
    if (only === undefined || only.language === language) return undefined;
    return `this supervisor is for programs in ${only.language} alone`;
  }

  private refusal(id: number, restrictions: Restrictions): string | undefined {
    const others = [...this.programs.values()].filter((program) => program.id !== id);
    const promised = others.map((program) => promiseOf(program.restrictions));
    const admission = admit(promiseOf(restrictions), promised, this.capacity, this.options);
    return admission.admitted ? undefined : admission.reasons.join('; ');
  }

  /** A program holds a turn from `preparing` until it runs or is done with. */
  private giveTurn(program: Program): void {
    this.turns.take(() => {
      const onState = () => {
        if (['preparing', 'forking', 'starting'].includes(program.state)) return;
        program.off('state', onState);
        this.turns.giveBack();
      };
      program.begin();
      program.on('state', onState);
      onState();
    });
  }

  private async shutDown(): Promise<void> {
    const running = [...this.programs.values()];
    for (const program of running) program.stop('the supervisor was closed');
    await Promise.all(running.map((program) => program.outcome));
    await this.launcher.close();
    await this.limiter.close();
    this.slot.release();
  }
}
