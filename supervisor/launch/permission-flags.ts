/**
 * Node's permission model for a started engine: no file but those of the runtime, no process, no network, no addon. A belt, not a
 * wall: it is in the same process, and Node promises nothing against native code.
 */
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Enforcement } from '../outcome.js';

const built = fileURLToPath(new URL('../..', import.meta.url));
/** What the runtime imports from elsewhere. */
const packages = ['ses', 'acorn', 'sucrase'];

export function permissionFlags(): string[] {
  const { resolve } = createRequire(import.meta.url);
  const folders = new Set([dirname(built.endsWith(sep) ? built.slice(0, -1) : built)]);
  for (const name of packages) folders.add(packageFolder(realpathSync(resolve(name)), name));
  // Its own thread for the guest is the one thing that it needs beside files.
  return ['--permission', '--allow-worker', ...[...folders].map((folder) => `--allow-fs-read=${join(folder, '*')}`)];
}

/** The `node_modules` folder, or whatever stands for one, that has the package: what it imports itself is beside it. */
function packageFolder(file: string, name: string): string {
  const at = file.lastIndexOf(`${sep}${name}${sep}`);
  return file.slice(0, at);
}

export const permissionLayer: Enforcement = {
  resource: "the engine's files, processes and network",
  mechanism: "Node's permission model",
  state: 'enforced',
  accuracy: 'refuses what JavaScript asks Node for; not what native code asks the system for',
};
