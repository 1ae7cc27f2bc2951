import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { messageOf } from '../errors.js';
import type { DoctorCommandOptions } from './doctor.js';
import { internalExitCode, usageExitCode } from './exit-codes.js';
import type { Surroundings } from './program-host.js';
import { rawArguments } from './raw-arguments.js';
import type { RunOptions } from './run.js';
import { serviceLogPrefix } from './service-log.js';
import type { UpOptions } from './up.js';

const allowDegraded = ['--allow-degraded', 'run also where limits can only be polled, not enforced'] as const;

/** A command's exit status, thrown through commander. */
class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

/** Runs one command line; returns the exit status. */
export async function commandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await commands(surroundings).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.code;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
    surroundings.stderr.write(`repyard: ${messageOf(error)}\n`);
    return internalExitCode;
  }
}

function commands(surroundings: Surroundings): Command {
  const { stdout, stderr } = surroundings;
  const repyard = new Command('repyard')
    .description('Hosts untrusted programs, each in its own locked process, under quotas.')
    .version(version(), '--version', 'show the version')
    .enablePositionalOptions()
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) });

  runCommand(repyard, surroundings);

  repyard
    .command('up')
    .description('run the programs of a yard file side by side')
    .argument('<yard_file>')
    .option('--outcomes <FILE>', 'write the outcomes to FILE as JSON')
    .option(...allowDegraded)
    .action(async (file: string, options: UpOptions) => {
      const { up } = await import('./up.js');
      throw new Exit(await up(file, options, surroundings));
    });

  repyard
    .command('check')
    .description('the static safety check alone: exit status 0 or 5')
    .argument('<program>')
    .action(async (file: string) => {
      const { check } = await import('./check.js');
      throw new Exit(await check(file, surroundings));
    });

  repyard
    .command('doctor')
    .description('what this host can enforce, tried on a canary, and how to get what is missing: exit status 0 or 3')
    .option('--json', 'as JSON')
    .option(...allowDegraded)
    .action(async (options: DoctorCommandOptions) => {
      const { doctor } = await import('./doctor.js');
      throw new Exit(await doctor(options, surroundings));
    });
  return repyard;
}

function runCommand(repyard: Command, surroundings: Surroundings): void {
  const command = repyard
    .command('run')
    .description('run one program, as RepyV2 does')
    .usage('[options] resource_file program_to_run [program args]')
    .argument('[resource_file]', 'a RepyV2 restrictions file or a JSON policy')
    .argument('[program]', 'its extension tells the language')
    .argument('[args...]', "the program's callargs, whatever they look like")
    // What comes after the resource file is the program's, also what looks like an option.
    .passThroughOptions()
    // RepyV2's --help has an exit status of its own.
    .exitOverride(() => {
      throw new Exit(usageExitCode);
    })
    .option('--ip <IP>', 'an address that the program may have; may be repeated', collect)
    .option('--iface <NAME>', 'an interface whose addresses it may have; may be repeated', collect)
    .option('--nootherips', 'it may have no other addresses, except loopback')
    .option('--execinfo', 'show the program and its arguments before it runs')
    .option('--logfile <PREFIX>', 'write all output to a circular log, PREFIX.old and PREFIX.new')
    .option('--stop <FILE>', 'stop when this file appears; it may hold CODE;MESSAGE')
    .option('--status <PREFIX>', 'write the status as files PREFIX-STATUS-TIMESTAMP')
    .option('--cwd <DIR>', "the program's directory")
    .option('--servicelog', `write internal errors to a circular log, too: ${serviceLogPrefix}.old and .new`)
    .option('--outcome <FILE>', 'write the outcome to FILE as JSON')
    .option(...allowDegraded);

  command.action(
    async (resourceFile: string | undefined, program: string | undefined, args: string[], options: RunOptions) => {
      if (resourceFile === undefined || program === undefined) {
        surroundings.stdout.write('Repy requires a resource file and the program to run!\n');
        command.outputHelp();
        throw new Exit(usageExitCode);
      }
      const { run } = await import('./run.js');
      throw new Exit(await run(resourceFile, program, rawArguments(args), options, surroundings));
    },
  );
}

const version = (): string =>
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).version;

/** An option that may be given more than once. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
