import '../support/untapped.js';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { EndMessage } from '../../protocol/messages.js';
import { enginePath } from '../../supervisor/launch/engine.js';
import { permissionFlags } from '../../supervisor/launch/permission-flags.js';

export interface GuestProgram {
  /** Text, or bytes. */
  readonly source: string | readonly number[];
  readonly language?: 'javascript' | 'typescript';
  readonly name?: string;
  readonly args?: readonly string[];
  /** Contents of the files that openfile finds, as byte strings. */
  readonly files?: Readonly<Record<string, string>>;
  /** Every byte of the seed. */
  readonly seed?: number;
}

export interface GuestResult {
  /** An error that left the runtime: never. */
  readonly escaped?: string;
  readonly end: EndMessage;
  readonly started: boolean;
  /** All that was logged, a byte string. */
  readonly output: string;
  /** Numbers of the calls asked of the supervisor. */
  readonly calls: readonly number[];
  /** How long the program waited on the scripted clock. */
  readonly seconds: number;
  /** CPU time from the program's frame to its end. */
  readonly cpuMs: number;
  readonly files: Readonly<Record<string, string>>;
}

const fixture = fileURLToPath(new URL('../../../test/fixtures/child-runtime/run-guests.mjs', import.meta.url));

function engine(): string | undefined {
  try {
    const path = enginePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Why guests can't run here, or false. */
export const lacks: string | false = engine() === undefined ? 'the pinned engine is not installed' : false;

/**
 * How a fixture is run by the engine: in the only thread, as a zygote's children have it; or in a thread of its own and without Node's
 * permissions, as in a spawned child, for tests that are run a second time so.
 */
export function engineArguments(fixture: string): string[] {
  if (process.env.REPYARD_TEST_THREAD === undefined) return ['--single-threaded', '--no-warnings', fixture];
  const host = fileURLToPath(new URL('../../../test/fixtures/child-runtime/in-worker.mjs', import.meta.url));
  return ['--no-warnings', ...permissionFlags(), host, fixture];
}

/** Runs guests in one hardened process of the pinned engine, with the flags that bear on them. */
export async function runGuests(guests: readonly GuestProgram[]): Promise<GuestResult[]> {
  const { stdout } = await execa(engine()!, ['--max-old-space-size=256', ...engineArguments(fixture)], {
    input: JSON.stringify(guests),
    timeout: 300_000,
    extendEnv: false,
  });
  return JSON.parse(stdout) as GuestResult[];
}

export async function runGuest(source: string, more: Omit<GuestProgram, 'source'> = {}): Promise<GuestResult> {
  const [result] = await runGuests([{ source, ...more }]);
  return result!;
}
