import { hostPlatform } from '../platform/host.js';
import type { Platform } from '../platform/platform.js';
import { Supervisor } from '../supervisor.js';
import { commandLine } from './command-line.js';
import type { Surroundings } from './program-host.js';

/** Called by bin/repyard.js. Ends the process with the command's exit status, once its output is written. */
export async function start(args: readonly string[]): Promise<void> {
  // A closed pipe shows as an error event on the stream; without a listener it would end the process and leave programs behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const code = await commandLine(args, processSurroundings(await hostPlatform()));
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
  process.exit(code);
}

function processSurroundings(platform: Platform): Surroundings {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    async openHost(warn, options) {
      const supervisor = await Supervisor.open({ ...options, platform });
      supervisor.on('warning', warn);
      return supervisor;
    },
    onStop(handler) {
      const onSignal = (signal: string) => handler(signal);
      const onError = () => handler('its output was closed');
      for (const signal of platform.stopSignals) process.on(signal, onSignal);
      process.stdout.on('error', onError);
      process.stderr.on('error', onError);
      return () => {
        for (const signal of platform.stopSignals) process.off(signal, onSignal);
      };
    },
  };
}
