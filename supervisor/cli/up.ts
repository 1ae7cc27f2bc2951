import { resolve } from 'node:path';
import { messageOf } from '../errors.js';
import { exitCodes } from '../outcome.js';
import { displayFor } from './display.js';
import { setupExitCode, unexpectedExitCode } from './exit-codes.js';
import { asExpected, outcomeLines } from './outcome-table.js';
import type { ProgramHost, Surroundings } from './program-host.js';
import { sanitiseLine } from './sanitise.js';
import { assertReplaceable, writeFileAtomically } from './write-file.js';
import { Yard } from './yard.js';
import { loadYard, YardFileError, type YardProgram } from './yard-file.js';

export interface UpOptions {
  /** File for the list of outcomes as JSON. */
  readonly outcomes?: string;
  /** Whether programs may run where a limit is only polled. */
  readonly allowDegraded?: boolean;
}

/**
 * `repyard up`: the programs of a yard file in the foreground, a live table while they run, then every outcome.
 * Returns 0 when each ended as expected, 1 when one did not, 3 when the yard can't be set up, 44 when the operator stopped it.
 */
export async function up(file: string, options: UpOptions, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  let programs: YardProgram[];
  // Kept until the table is done: a line between would put it out of place.
  const warnings: string[] = [];
  let host: ProgramHost;
  try {
    programs = await loadYard(file);
    // Before anything runs whose outcome could not be told.
    if (options.outcomes !== undefined) await assertReplaceable(resolve(options.outcomes));
    host = await surroundings.openHost((message) => warnings.push(message), {
      allowDegraded: options.allowDegraded ?? false,
    });
  } catch (error) {
    stderr.write(`repyard up: ${error instanceof YardFileError ? error.message : `refused: ${messageOf(error)}`}\n`);
    return setupExitCode;
  }

  const yard = new Yard(programs);
  const release = surroundings.onStop((why) => yard.stop(why));
  const display = displayFor(stdout);
  const now = () => performance.now() / 1000;
  const ticker = setInterval(() => display.show(yard.glimpses(), now()), display.interval);
  try {
    await yard.run(host);
  } finally {
    clearInterval(ticker);
    await host.close();
    release();
    display.finish(yard.glimpses(), now());
  }

  for (const warning of warnings) stderr.write(`repyard: ${sanitiseLine(warning)}\n`);
  const ended = yard.ended();
  stdout.write(`\n${outcomeLines(ended, stdout.isTTY ? stdout.columns || undefined : undefined).join('\n')}\n`);
  if (options.outcomes !== undefined) {
    const outcomes = ended.map(({ outcome }) => outcome);
    await writeFileAtomically(resolve(options.outcomes), `${JSON.stringify(outcomes, null, 2)}\n`);
  }
  if (yard.wasStopped) return exitCodes.stopped;
  return ended.every(asExpected) ? 0 : unexpectedExitCode;
}
