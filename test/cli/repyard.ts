import '../support/untapped.js';
import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** bin/repyard.js, as an operator's shell runs it. */
export const command = `${root}bin/repyard.js`;
export const examples = `${root}examples/`;

export interface Finished {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

/** Runs `repyard ARGS` in a directory to its end. */
export async function repyard(directory: string, ...args: readonly string[]): Promise<Finished> {
  const result = await execa(process.execPath, [command, ...args], {
    cwd: directory,
    reject: false,
    stripFinalNewline: false,
  });
  return { code: result.exitCode, out: result.stdout, err: result.stderr };
}

export const limits = `resource cpu 1
resource memory 15000000
resource diskused 1000000
resource events 1
resource lograte 100000
resource fileread 1000000
resource filewrite 1000000
resource filesopened 5
`;

/** What this host lacks for running programs, or false. What it has and still fails is a failure. */
export function unable(): string | false {
  if (process.platform !== 'linux') return 'Linux is needed';
  if (process.getuid?.() !== 0) return 'root is needed, to confine programs';
  try {
    accessSync('/sys/fs/cgroup', constants.W_OK);
    return false;
  } catch {
    return 'a writable /sys/fs/cgroup is needed';
  }
}
