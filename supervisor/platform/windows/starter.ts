/** Starts programs' processes: inside their jobs, under the poor token, with three pipes and no other handle. */
import { launchErrors } from '../../launch/errors.js';
import type { EngineCommand, ProcessEnd, ProcessStarter, StartedProcess } from '../../launch/starter.js';
import type { GroupDoor } from '../../limits/limiter.js';
import { endOf, killedCode } from './exit-status.js';
import { openPipe, type ProcessPipe } from './pipe.js';
import { ChildProcess } from './process.js';
import type { Handle, Win32 } from './win32.js';

export interface StarterOptions {
  readonly win32: Win32;
  readonly token: Handle;
  /** The SID of the user that may use the pipes. */
  readonly user: string;
  readonly systemRoot: string;
}

/** How often a process whose output has ended is looked at, and one that is running. Asking takes about a microsecond. */
const soonMs = 2;
const laterMs = 50;

export function windowsStarter(options: StarterOptions): ProcessStarter {
  const { win32, user } = options;
  return async (command, door) => {
    const pipes: ProcessPipe[] = [];
    try {
      for (const direction of ['reads', 'writes', 'writes'] as const)
        pipes.push(await openPipe(win32, direction, user));
      return await begin(options, command, door, pipes);
    } catch (error) {
      for (const { ours } of pipes) ours.destroy();
      throw error;
    } finally {
      for (const { theirs } of pipes) win32.CloseHandle(theirs);
    }
  };
}

async function begin(
  { win32, token, systemRoot }: StarterOptions,
  { engine, args, env, cwd }: EngineCommand,
  door: GroupDoor,
  [input, output, errors]: readonly ProcessPipe[],
): Promise<StartedProcess> {
  if (door.job === undefined || input === undefined || output === undefined || errors === undefined) {
    throw launchErrors.badRequest('a program on Windows needs a job');
  }
  const { job } = door.job;
  const child = ChildProcess.create(win32, {
    executable: engine,
    args,
    // Without it no library of the system is found.
    environment: { SystemRoot: systemRoot, ...env },
    directory: cwd,
    token,
    job,
    stdio: [input.theirs, output.theirs, errors.theirs],
  });
  door.job.entered(child);
  let killed = false;
  const ended = watch(child, output, () => killed).finally(() => input.ours.destroy());
  try {
    child.begin();
  } catch (error) {
    job.terminate(killedCode);
    throw error;
  }
  return {
    pid: child.pid,
    input: input.ours,
    output: output.ours,
    errors: errors.ours,
    ended,
    signal(name) {
      if (name === 'SIGSTOP') return child.suspend();
      if (name === 'SIGCONT') return child.resume();
      killed = true;
      job.terminate(killedCode);
    },
  };
}

/** Resolves when the process has gone. */
function watch(child: ChildProcess, { ours }: ProcessPipe, killed: () => boolean): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout;
    let wait = laterMs;
    const look = (): void => {
      clearTimeout(timer);
      const code = child.exitCode();
      if (code === undefined) {
        timer = setTimeout(look, wait);
        return;
      }
      child.close();
      resolve(endOf(code, killed()));
    };
    // The pipe's other end goes with the process, or a program has closed it: then it is watched closely to its end.
    ours.once('close', () => {
      wait = soonMs;
      look();
    });
    look();
  });
}
