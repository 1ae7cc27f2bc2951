/**
 * Copies of the built project with a layer taken out, so that tests can show what the layer is for. Nothing in the project can be switched
 * off: the copy's text is edited, and an edit that doesn't fit any more fails the test.
 */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type * as SupervisorModule from '../../supervisor/index.js';
import type { createLauncher } from '../../supervisor/launch/create-launcher.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** File below dist/, or a C file of seccomp/native/; what is there, once; what is there instead. */
export type Edit = readonly [file: string, from: string, to: string];

export interface Weakened {
  readonly createLauncher: typeof createLauncher;
  readonly Supervisor: typeof SupervisorModule.Supervisor;
}

/** Makes the copy in `directory`, which is empty. */
export async function weakened(directory: string, edits: readonly Edit[]): Promise<Weakened> {
  const own = new Set(['test', 'bench']);
  cpSync(join(project, 'dist'), join(directory, 'dist'), {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !own.has(basename(path)) || !path.endsWith(`dist/${basename(path)}`),
  });
  for (const name of ['node_modules', 'package.json']) symlinkSync(join(project, name), join(directory, name));
  mkdirSync(join(directory, 'seccomp'));
  cpSync(join(project, 'seccomp/native'), join(directory, 'seccomp/native'), {
    recursive: true,
    preserveTimestamps: true,
  });
  for (const [file, from, to] of edits) {
    const path = join(directory, file.endsWith('.c') ? 'seccomp/native' : 'dist', file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) throw new Error(`${file} doesn't hold exactly once: ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  // Steps that are taken out leave functions without a caller.
  if (edits.some(([file]) => file.endsWith('.c')))
    await execa('make', ['-C', join(directory, 'seccomp/native'), 'CFLAGS=-O1 -Wno-unused-function']);
  // Zygotes run what was put together of such modules.
  if (edits.some(([file]) => /^(child-runtime|protocol)\//.test(file)))
    await execa(process.execPath, [join(project, 'build/bundle.js'), join(directory, 'dist')]);
  const load = (module: string) => import(join(directory, 'dist/supervisor', module));
  const [launch, index] = await Promise.all([load('launch/create-launcher.js'), load('index.js')]);
  return { createLauncher: launch.createLauncher, Supervisor: index.Supervisor };
}
