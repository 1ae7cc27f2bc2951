import { resolve } from 'node:path';
import type { LogSink } from '../broker/log-sink.js';
import { StreamLog } from '../broker/stream-log.js';
import { messageOf } from '../errors.js';
import type { Outcome } from '../outcome.js';
import type { ProgramSpec } from '../program-spec.js';
import type { OnlyProgram } from '../supervisor.js';
import { setupExitCode, usageExitCode } from './exit-codes.js';
import { languageOf, unknownLanguage } from './language.js';
import { type AddressOptions, networkPolicy } from './network-options.js';
import type { ProgramHost, RunningProgram, Surroundings } from './program-host.js';
import { pythonRepr } from './python-repr.js';
import { refusal } from './refusal.js';
import { outcomeReport, type Report } from './reports.js';
import {
  assertWritable,
  directoryOf,
  openLog,
  openServiceLog,
  openStatus,
  Refused,
  readProgram,
  readRestrictions,
  refuse,
} from './run-input.js';
import { sanitiseLine } from './sanitise.js';
import type { ServiceLog } from './service-log.js';
import { type StatusFiles, statusOf } from './status-files.js';
import { StopFile, type StopRequest } from './stop-file.js';
import { terminalFilter } from './terminal-text.js';
import { writeFileAtomically } from './write-file.js';

export interface RunOptions extends AddressOptions {
  readonly cwd?: string;
  /** Prefix of the circular log that takes the place of both standard outputs. */
  readonly logfile?: string;
  readonly execinfo?: boolean;
  /** File whose appearance stops the program. */
  readonly stop?: string;
  /** Prefix of the status files. */
  readonly status?: string;
  /** Whether internal errors go to a log of their own, too. */
  readonly servicelog?: boolean;
  /** Whether it may run where a limit is only polled. */
  readonly allowDegraded?: boolean;
  /** File for the outcome as JSON. */
  readonly outcome?: string;
}

/** What was named on the command line. */
interface Named {
  readonly restrictions: string;
  readonly program: string;
  readonly args: ProgramSpec['args'];
}

/**
 * `repyard run`: one program in the foreground, as `python repy.py` ran it. Returns the exit status: the outcome's exit
 * code. The program's directory is `--cwd` or the current one; files named on the command line are relative to it, as in
 * RepyV2, except for `--logfile` and `--outcome`.
 */
export async function run(
  restrictions: string,
  program: string,
  args: ProgramSpec['args'],
  options: RunOptions,
  surroundings: Surroundings,
): Promise<number> {
  return new Run({ restrictions, program, args }, withoutEmpty(options), surroundings).toEnd();
}

class Run {
  private out: LogSink;
  private err: LogSink;
  private status: StatusFiles | undefined;
  private service: ServiceLog | undefined;
  /** What the stop file said, if that was what stopped the program. */
  private stopRequest: StopRequest | undefined;

  constructor(
    private readonly named: Named,
    private readonly options: RunOptions,
    private readonly surroundings: Surroundings,
  ) {
    this.out = new StreamLog(surroundings.stdout, terminalFilter(surroundings.stdout));
    this.err = new StreamLog(surroundings.stderr, terminalFilter(surroundings.stderr));
  }

  async toEnd(): Promise<number> {
    let outcomeFile: string | undefined;
    let outcome: Outcome;
    try {
      outcomeFile = await this.outcomeFile();
      outcome = await this.started();
      this.service?.recordOutcome(outcome);
      await this.tell(outcome);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      outcome = refusal(this.named.program, error.message, error.exitCode);
      await this.print(error.report);
    }
    await this.status?.close(statusOf(outcome, this.stopRequest?.code));
    if (outcomeFile !== undefined) await recordOutcome(outcomeFile, outcome);
    await Promise.all([this.out.close(), this.err.close(), this.service?.close()]);
    return outcome.exitCode;
  }

  /** Where the outcome goes; nothing runs whose outcome could not be told. */
  private async outcomeFile(): Promise<string | undefined> {
    const { outcome } = this.options;
    if (outcome === undefined) return undefined;
    const file = resolve(outcome);
    if (outcome === '') refuse({ to: 'err', text: 'repyard run: --outcome needs the name of a file\n' }, usageExitCode);
    await assertWritable(file, outcome);
    return file;
  }

  /** RepyV2's order: what fails first is what is reported, and from the status on there is a status. */
  private async started(): Promise<Outcome> {
    const { options } = this;
    const network = networkPolicy(options);
    if (options.logfile !== undefined) this.out = this.err = await openLog(resolve(options.logfile), options.logfile);
    if (options.servicelog === true) this.service = await openServiceLog(this.named.program);
    const directory = await directoryOf(options.cwd ?? '.');
    const stopFile =
      options.stop === undefined ? undefined : await StopFile.expect(resolve(directory, options.stop), options.stop);
    if (options.status !== undefined) {
      this.status = await openStatus(resolve(directory, options.status), options.status, this.warn);
    }
    const restrictions = await readRestrictions(resolve(directory, this.named.restrictions), this.named.restrictions);
    const { program: name, args } = this.named;
    const language = languageOf(name);
    if (language === undefined) refuse({ to: 'err', text: `repyard run: ${unknownLanguage(name)}\n` }, usageExitCode);
    const source = await readProgram(resolve(directory, name), name);
    return this.execute(
      {
        name,
        language,
        source,
        args,
        restrictions,
        directory,
        log: this.out,
        ...(network === undefined ? {} : { network }),
        ...(options.execinfo === true ? { announcement: announcement(name, args) } : {}),
      },
      stopFile,
    );
  }

  private async execute(spec: ProgramSpec, stopFile: StopFile | undefined): Promise<Outcome> {
    let program: RunningProgram | undefined;
    let stopped: readonly [message: string, exitCode?: number] | undefined;
    const stop = (message: string, exitCode?: number) => {
      stopped ??= exitCode === undefined ? [message] : [message, exitCode];
      program?.stop(...stopped);
    };
    const release = this.surroundings.onStop((why) => stop(`stopped: ${why}`));
    stopFile?.watch((request) => {
      this.stopRequest = request;
      stop('stopped by its stop file', request.code & 0xff);
    });
    let host: ProgramHost | undefined;
    try {
      host = await this.surroundings.openHost(this.warn, {
        allowDegraded: this.options.allowDegraded ?? false,
        only: onlyProgram(spec),
      });
      program = await host.start(spec);
      if (stopped !== undefined) program.stop(...stopped);
      return await program.outcome;
    } catch (error) {
      return refusal(spec.name, messageOf(error), setupExitCode);
    } finally {
      stopFile?.close();
      await host?.close();
      release();
    }
  }

  /** What RepyV2 would print at this end. */
  private async tell(outcome: Outcome): Promise<void> {
    if (this.stopRequest !== undefined && outcome.reason === 'stopped') {
      const { message } = this.stopRequest;
      if (message !== '') await this.print({ to: 'out', text: Buffer.from(`${message}\n`, 'latin1') });
      return;
    }
    const report = outcomeReport(outcome);
    if (report !== undefined) await this.print(report);
  }

  /** A closed output hides the report, not the outcome. */
  private async print({ to, text }: Report): Promise<void> {
    await (to === 'out' ? this.out : this.err).write(Buffer.from(text))?.catch(() => undefined);
  }

  private readonly warn = (message: string): void => {
    this.service?.record(message);
    this.surroundings.stderr.write(`repyard: ${sanitiseLine(message)}\n`);
  };
}

function onlyProgram({ language, restrictions }: ProgramSpec): OnlyProgram {
  return { language, memory: restrictions.limits.memory ?? 0, profile: restrictions.profile };
}

/** RepyV2 takes an empty value for none, and scripts rely on it: `--logfile "$LOG"`. */
function withoutEmpty({ cwd, logfile, stop, status, ...others }: RunOptions): RunOptions {
  const given = Object.entries({ cwd, logfile, stop, status }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return { ...others, ...Object.fromEntries(given) };
}

async function recordOutcome(file: string, outcome: Outcome): Promise<void> {
  await writeFileAtomically(file, `${JSON.stringify(outcome, null, 2)}\n`);
}

/** RepyV2's `--execinfo`: after the safety check, before the program's first word. */
function announcement(name: string, args: ProgramSpec['args']): Uint8Array {
  const line = '='.repeat(40);
  return Buffer.from(`${line}\nRunning program: ${name}\nArguments: [${args.map(pythonRepr).join(', ')}]\n${line}\n`);
}
