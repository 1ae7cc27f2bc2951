import { dirname, resolve } from 'node:path';
import type { LogSink } from '../broker/log-sink.js';
import { messageOf } from '../errors.js';
import type { Outcome } from '../outcome.js';
import type { ProgramSpec } from '../program.js';
import { setupExitCode, usageExitCode } from './exit-codes.js';
import { languageOf, unknownLanguage } from './language.js';
import type { ProgramHost, RunningProgram, Surroundings } from './program-host.js';
import { pythonRepr } from './python-repr.js';
import { refusal } from './refusal.js';
import { outcomeReport, type Report } from './reports.js';
import { assertWritable, directoryOf, openLog, Refused, readProgram, readRestrictions, refuse } from './run-input.js';
import { sanitiseLine } from './sanitise.js';
import { StreamLog } from './stream-log.js';
import { writeFileAtomically } from './write-file.js';

export interface RunOptions {
  readonly cwd?: string;
  /** Prefix of the circular log that takes the place of both standard outputs. */
  readonly logfile?: string;
  readonly execinfo?: boolean;
  /** Whether it may run where a limit is only polled. */
  readonly allowDegraded?: boolean;
  /** File for the outcome as JSON. */
  readonly outcome?: string;
}

/**
 * `repyard run`: one program in the foreground, as `python repy.py` ran it. Returns the exit status: the outcome's exit
 * code. The program's directory is `--cwd` or the current one; files named on the command line are relative to it, as in
 * RepyV2, except for `--logfile` and `--outcome`.
 */
export async function run(
  restrictionsFile: string,
  programFile: string,
  args: readonly string[],
  options: RunOptions,
  surroundings: Surroundings,
): Promise<number> {
  const outcomeFile = options.outcome === undefined ? undefined : resolve(options.outcome);
  let out: LogSink = new StreamLog(surroundings.stdout);
  let err: LogSink = new StreamLog(surroundings.stderr);
  // A closed output hides the report, not the outcome.
  const print = async ({ to, text }: Report) => {
    await (to === 'out' ? out : err).write(Buffer.from(text))?.catch(() => undefined);
  };

  let outcome: Outcome;
  try {
    if (outcomeFile !== undefined) await assertWritable(dirname(outcomeFile));
    if (options.logfile !== undefined) out = err = await openLog(resolve(options.logfile));
    outcome = await execute(restrictionsFile, programFile, args, options, surroundings, out);
    const report = outcomeReport(outcome);
    if (report !== undefined) await print(report);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    outcome = refusal(programFile, error.message, error.exitCode);
    await print(error.report);
    if (error.beyondRecord) return outcome.exitCode;
  }
  if (outcomeFile !== undefined) await writeFileAtomically(outcomeFile, `${JSON.stringify(outcome, null, 2)}\n`);
  await Promise.all([out.close(), err.close()]);
  return outcome.exitCode;
}

async function execute(
  restrictionsFile: string,
  programFile: string,
  args: readonly string[],
  options: RunOptions,
  surroundings: Surroundings,
  log: LogSink,
): Promise<Outcome> {
  const directory = await directoryOf(options.cwd ?? '.');
  const restrictions = await readRestrictions(resolve(directory, restrictionsFile), restrictionsFile);
  const language = languageOf(programFile);
  if (language === undefined)
    refuse({ to: 'err', text: `repyard run: ${unknownLanguage(programFile)}\n` }, usageExitCode);
  const source = await readProgram(resolve(directory, programFile), programFile);

  let program: RunningProgram | undefined;
  let stoppedBy: string | undefined;
  const stop = (why: string) => {
    stoppedBy ??= `stopped: ${why}`;
    program?.stop(stoppedBy);
  };
  const release = surroundings.onStop(stop);
  const host = await open(surroundings, options.allowDegraded ?? false);
  try {
    program = await start(host, { name: programFile, language, source, args, restrictions, directory, log });
    if (stoppedBy !== undefined) program.stop(stoppedBy);
    if (options.execinfo === true) announce(program, programFile, args, log);
    return await program.outcome;
  } finally {
    await host.close();
    release();
  }
}

async function open({ openHost, stderr }: Surroundings, allowDegraded: boolean): Promise<ProgramHost> {
  try {
    return await openHost((message) => stderr.write(`repyard: ${sanitiseLine(message)}\n`), { allowDegraded });
  } catch (error) {
    refuse({ to: 'err', text: `repyard: refused: ${messageOf(error)}\n` }, setupExitCode);
  }
}

async function start(host: ProgramHost, spec: ProgramSpec): Promise<RunningProgram> {
  try {
    return await host.start(spec);
  } catch (error) {
    refuse({ to: 'err', text: `repyard: refused: ${messageOf(error)}\n` }, setupExitCode);
  }
}

/** RepyV2's `--execinfo`: after the safety check, before the program's first word. */
function announce(program: RunningProgram, name: string, args: readonly string[], log: LogSink): void {
  const line = '='.repeat(40);
  const text = `${line}\nRunning program: ${name}\nArguments: [${args.map(pythonRepr).join(', ')}]\n${line}\n`;
  const print = () => void log.write(Buffer.from(text))?.catch(() => undefined);
  if (program.state === 'running') print();
  else program.on('state', (state) => state === 'running' && print());
}
