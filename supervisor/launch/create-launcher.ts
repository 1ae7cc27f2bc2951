import { fileURLToPath } from 'node:url';
import type { Language } from '../../protocol/messages.js';
import { type Profile, usualProfile } from '../../restrictions/profile.js';
import { isRootless } from '../limits/identities.js';
import { enginePath } from './engine.js';
import { launchErrors } from './errors.js';
import type { LaunchedChild, Launcher, LaunchRequest } from './launcher.js';
import { childFlagsOf, compilersOf, flagsOf, memoryClassOf } from './memory-classes.js';
import { ZygotePool } from './pool.js';
import { mostJoinFiles } from './wire.js';

export interface LauncherOptions {
  /** The compiled seccomp policy of each profile: an array of struct sock_filter. Every child is under its own's. */
  readonly filters: Readonly<Record<Profile, Uint8Array>>;
  /** Whether children are shut in by a user namespace and share a uid. Default: when the supervisor isn't root. */
  readonly rootless?: boolean;
  /** Path of the module that exports `prepare` and `runChild`. Default: the project's child runtime. */
  readonly runtime?: string;
  /** Of all programs. Default: any. */
  readonly language?: Language | undefined;
  /** Path of the engine. Default: the pinned one. */
  readonly engine?: string;
  readonly recycleAfterForks?: number;
  readonly recycleAfterMinutes?: number;
  /** How long a zygote may take to load the runtime and say `ready`. */
  readonly startTimeoutMs?: number;
  /** How long a zygote may take to answer a fork request before it counts as stuck and is killed. */
  readonly replyTimeoutMs?: number;
}

/** The runtime of every language, or of one. */
function runtimePath(language: Language | undefined): string {
  const name = language === undefined ? 'runtime' : `runtime-${language}`;
  return fileURLToPath(new URL(`../../bundled/${name}.cjs`, import.meta.url));
}
/** The uid of root, and those that mean "unchanged" to the kernel, can't be a child's. */
const highestUid = 0xfffffffe;

/** The launcher of this host. Throws a LaunchError when the pinned engine isn't installed. Starts nothing before it is asked. */
export function createLauncher(options: LauncherOptions): Launcher {
  const engine = options.engine ?? enginePath();
  const pools = new Map<string, ZygotePool>();
  let closed = false;

  function poolFor(memory: number, profile: Profile = usualProfile): ZygotePool {
    if (closed) throw launchErrors.closed();
    const memoryClass = memoryClassOf(memory);
    const key = `${memoryClass.name} ${profile}`;
    let pool = pools.get(key);
    if (pool === undefined) {
      pool = new ZygotePool({
        engine,
        flags: flagsOf(memoryClass, profile),
        childFlags: childFlagsOf(memoryClass, profile),
        compilers: compilersOf(memoryClass, profile),
        // Where large pages are shared, a heap of one language alone was found to cost each child 1.6 MiB more.
        runtime: options.runtime ?? runtimePath(memoryClass.roomy ? undefined : options.language),
        filter: options.filters[profile],
        rootless: options.rootless ?? isRootless(),
        forgetBranches: profile === 'hardened',
        largePages: memoryClass.largePages,
        roomy: memoryClass.roomy,
        startTimeoutMs: options.startTimeoutMs ?? 60_000,
        replyTimeoutMs: options.replyTimeoutMs ?? 30_000,
        recycleAfterForks: options.recycleAfterForks ?? 2000,
        recycleAfterMs: (options.recycleAfterMinutes ?? 60) * 60_000,
      });
      pools.set(key, pool);
    }
    return pool;
  }

  return {
    async launch(request: LaunchRequest): Promise<LaunchedChild> {
      check(request);
      return poolFor(request.memory, request.profile).fork(request);
    },
    async warm(memory: number, profile?: Profile): Promise<void> {
      await poolFor(memory, profile).ready();
    },
    async close(): Promise<void> {
      closed = true;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

function check({ memory, uid, door }: LaunchRequest): void {
  if (!(memory > 0)) throw launchErrors.badRequest(`memory ${memory}`);
  if (!Number.isInteger(uid) || uid < 1 || uid >= highestUid) throw launchErrors.badRequest(`uid ${uid}`);
  if (door.joinFiles.length > mostJoinFiles) throw launchErrors.badRequest(`${door.joinFiles.length} tasks files`);
}
