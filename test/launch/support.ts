import '../support/untapped.js';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import type { Profile } from '../../restrictions/profile.js';
import type { Channel } from '../../supervisor/channel.js';
import { createLauncher, type LauncherOptions } from '../../supervisor/launch/create-launcher.js';
import { compileFilters } from '../../supervisor/launch/filters.js';
import type { LaunchedChild, Launcher } from '../../supervisor/launch/launcher.js';

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../test/fixtures/launch/${name}`, import.meta.url));

export const filters = compileFilters(process.arch === 'arm64' ? 'arm64' : 'x64');
/** The usual one. */
export const filter = filters.jit;

/** Why this host can't launch children, or false. */
export const lacks: string | false =
  process.platform !== 'linux'
    ? 'needs Linux'
    : process.getuid?.() !== 0
      ? 'needs root, to change uid and namespaces'
      : existsSync('/proc/self/ns/net')
        ? false
        : 'needs namespaces';

export const noDoor = { joinFiles: [] } as const;
export const smallMemory = 15_000_000;

/** What a test may ask for: `filter` stands in for that of each profile. */
export interface TestLauncherOptions extends Partial<LauncherOptions> {
  readonly filter?: Uint8Array;
}

/** A launcher of the stand-in runtime that is closed when the test ends. */
export function launcherFor(t: Test, { filter: given, ...options }: TestLauncherOptions = {}): Launcher {
  const chosen = given === undefined ? filters : { jit: given, hardened: given };
  const launcher = createLauncher({ filters: chosen, runtime: fixture('runtime.mjs'), ...options });
  t.teardown(() => launcher.close());
  return launcher;
}

// Far from uids that anything uses, and different in test files that run side by side.
let nextUid = 900_000_000 + (process.pid % 10_000) * 1000;

export async function launch(launcher: Launcher, memory = smallMemory, profile?: Profile): Promise<Guest> {
  const request = { memory, uid: nextUid++, door: noDoor, ...(profile === undefined ? {} : { profile }) };
  return new Guest(await launcher.launch(request), request.uid);
}

/** The child's socket as the stream that it is on Linux. */
export const streamOf = (child: LaunchedChild): Channel => child.channel as Channel;

/** A child of the stand-in runtime, asked line by line. */
export class Guest {
  readonly #lines: AsyncIterator<string>;

  constructor(
    readonly child: LaunchedChild,
    readonly uid: number,
  ) {
    child.channel.on('error', () => {});
    this.#lines = createInterface({ input: streamOf(child) })[Symbol.asyncIterator]();
  }

  /** The command's answer; undefined if the child ended instead. */
  async ask(name: string, argument?: unknown): Promise<unknown> {
    streamOf(this.child).write(`${JSON.stringify([name, argument])}\n`);
    return this.next();
  }

  /** What it says next; undefined if it ended instead. */
  async next(): Promise<unknown> {
    const line = await this.#lines.next();
    return line.done === true ? undefined : JSON.parse(line.value);
  }

  proc(file: string): string {
    return readFileSync(`/proc/${this.child.pid}/${file}`, 'utf8');
  }

  status(field: string): string | undefined {
    return new RegExp(`^${field}:[ \\t]*(.*)$`, 'm').exec(this.proc('status'))?.[1];
  }
}
