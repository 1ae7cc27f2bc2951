import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { launchErrors } from './errors.js';
import type { ProcessEnd, ProcessStarter } from './starter.js';
import { Warden } from './warden.js';

/** The starter of systems that have nothing better: Node's own. */
export function nodeStarter(warden = new Warden()): ProcessStarter {
  return async ({ engine, args, env, cwd }) => {
    // A session of its own, so that a Ctrl-C at the terminal reaches the supervisor alone.
    const child = spawn(engine, args, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    const { pid } = child;
    const ended = new Promise<ProcessEnd>((resolve) => {
      child.once('exit', (exitCode, signal) => {
        if (pid !== undefined) warden.delete(pid);
        resolve({ exitCode, signal });
      });
    });
    // Later ones are of signals that came too late.
    child.on('error', () => undefined);
    if (pid === undefined) {
      const [error] = (await once(child, 'error')) as [Error];
      throw launchErrors.notForked(error.message, error);
    }
    warden.add(pid);
    return {
      pid,
      input: child.stdin,
      output: child.stdout,
      errors: child.stderr,
      ended,
      // Node knows whether the process was reaped.
      signal: (name) => void child.kill(name),
    };
  };
}
