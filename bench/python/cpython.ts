/** CPython 2.7, if there is one: the yardstick for Python guests. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const driver = fileURLToPath(new URL('../../../bench/programs/cpython.py', import.meta.url));

/** The interpreter that $REPYARD_PYTHON27 names, else one on the PATH, else pyenv's. */
export function findCpython(): string | undefined {
  const named = process.env.REPYARD_PYTHON27;
  if (named !== undefined) return named;
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv).filter((version) => version.startsWith('2.7')) : [];
  return [
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'python2.7')),
    ...versions.map((version) => join(pyenv, version, 'bin', 'python2.7')),
  ].find((path) => existsSync(path) && !path.includes('shims'));
}

/** The program's log, and the CPU seconds of compiling and running it. */
export async function runOnCpython(interpreter: string, program: string): Promise<{ log: string; cpuSeconds: number }> {
  const { stdout } = await execa(interpreter, [driver, program]);
  const at = stdout.lastIndexOf('TOTAL ');
  return { log: stdout.slice(0, at), cpuSeconds: Number(stdout.slice(at + 6)) };
}
