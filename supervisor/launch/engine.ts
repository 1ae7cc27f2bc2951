import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';
import { launchErrors } from './errors.js';

/** The zygote and the seccomp policy are made for this version and tested with it; package.json pins the same. */
export const engineVersion = '26.10.0';

type Resolve = (name: string) => string;

/** The path of Linux' pinned engine. Throws a LaunchError that says what to install when it's missing or another version. */
export function enginePath(cpu: string = arch(), resolve?: Resolve): string {
  return pinnedEngine(`node-linux-${cpu}`, 'node', resolve);
}

/** The same of any system's: the program's name in the package's `bin`. */
export function pinnedEngine(
  name: string,
  program: string,
  resolve: Resolve = createRequire(import.meta.url).resolve,
): string {
  let file: string;
  try {
    file = resolve(`${name}/package.json`);
  } catch (cause) {
    throw launchErrors.engineMissing(name, engineVersion, 'it is not installed', cause);
  }
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
  if (version !== engineVersion) {
    throw launchErrors.engineMissing(name, engineVersion, `version ${String(version)} is installed`);
  }
  return join(dirname(file), 'bin', program);
}
