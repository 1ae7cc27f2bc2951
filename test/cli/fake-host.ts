import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProgramHost, RunningProgram } from '../../supervisor/cli/program-host.js';
import { refusal } from '../../supervisor/cli/refusal.js';
import type { State } from '../../supervisor/life-cycle.js';
import { exitCodes, type Outcome, type Usage } from '../../supervisor/outcome.js';
import type { ProgramSpec, ProgramStatus } from '../../supervisor/program.js';

type End = Pick<Outcome, 'reason'> & Partial<Outcome>;

/** How a fake program behaves: after `ms` it ends so; without `end` it runs until it is stopped. */
export interface Script {
  readonly ms?: number;
  readonly end?: End;
  readonly usage?: Partial<Usage>;
  readonly logs?: string;
}

class FakeProgram extends EventEmitter<{ state: [State]; outcome: [Outcome] }> {
  state: State = 'queued';
  readonly outcome: Promise<Outcome>;
  private settle!: (outcome: Outcome) => void;

  constructor(
    private readonly spec: ProgramSpec,
    private readonly script: Script,
  ) {
    super();
    this.outcome = new Promise((resolve) => {
      this.settle = resolve;
    });
    setTimeout(() => this.begin(), 10);
  }

  private begin(): void {
    if (this.state === 'ended') return;
    this.enter('running');
    if (this.spec.announcement !== undefined) void this.spec.log.write(this.spec.announcement);
    if (this.script.logs !== undefined) void this.spec.log.write(Buffer.from(this.script.logs));
    const { end, ms } = this.script;
    if (end !== undefined) setTimeout(() => this.finish(end), ms ?? 0);
  }

  private enter(state: State): void {
    this.state = state;
    this.emit('state', state);
  }

  private finish(end: End): void {
    if (this.state === 'ended') return;
    this.enter('ended');
    const base = refusal(this.spec.name, 'the program ran to its end', exitCodes[end.reason]);
    this.settle({ ...base, usage: this.status().usage, ...end });
  }

  stop(message = 'stopped by the operator', exitCode = exitCodes.stopped): void {
    this.finish({ reason: 'stopped', message, exitCode });
  }

  status(): ProgramStatus {
    const usage = { ...refusal('', '', 0).usage, ...this.script.usage };
    const { name, restrictions } = this.spec;
    return { id: 1, name, state: this.state, pid: null, usage, restrictions };
  }
}

/** A supervisor without processes: each program follows the script of its name. */
export class FakeHost implements ProgramHost {
  readonly started: ProgramSpec[] = [];
  readonly #programs: FakeProgram[] = [];
  closed = false;

  constructor(private readonly scripts: Readonly<Record<string, Script>>) {}

  async start(spec: ProgramSpec): Promise<RunningProgram> {
    this.started.push(spec);
    const script = this.scripts[spec.name];
    if (script === undefined) throw new Error(`no room for ${spec.name}`);
    const program = new FakeProgram(spec, script);
    this.#programs.push(program);
    return program;
  }

  /** Resolves when so many programs run, or have ended. */
  async running(count = 1): Promise<void> {
    const begun = () => this.#programs.filter(({ state }) => state !== 'queued').length >= count;
    while (!begun()) await delay(5);
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
