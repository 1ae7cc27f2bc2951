/** `repyard up YARD` against a fake supervisor, for a terminal to run: every program of the yard grows, then ends. */
import { commandLine } from '../../supervisor/cli/command-line.js';
import { FakeHost, type Script } from './fake-host.js';

const scripts: Record<string, Script> = {};
for (let index = 1; index <= 40; index++) {
  const usage = { memoryBytes: index * 100_000, throttledSeconds: index };
  scripts[`p-${index}`] = { ms: 800 + index * 10, end: { reason: 'exited' }, usage };
}

process.exitCode = await commandLine(['up', process.argv[2] ?? ''], {
  stdout: process.stdout,
  stderr: process.stderr,
  openHost: async () => new FakeHost(scripts),
  onStop: () => () => undefined,
});
