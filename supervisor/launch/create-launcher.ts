import { fileURLToPath } from 'node:url';
import { enginePath } from './engine.js';
import { launchErrors } from './errors.js';
import type { LaunchedChild, Launcher, LaunchRequest } from './launcher.js';
import { flagsOf, type MemoryClass, memoryClassOf } from './memory-classes.js';
import { ZygotePool } from './pool.js';
import { mostJoinFiles } from './wire.js';

export interface LauncherOptions {
  /** The compiled seccomp policy: an array of struct sock_filter. Every child is under it. */
  readonly filter: Uint8Array;
  /** Path of the module that exports `prepare` and `runChild`. Default: the project's child runtime. */
  readonly runtime?: string;
  /** Path of the engine. Default: the pinned one. */
  readonly engine?: string;
  readonly recycleAfterForks?: number;
  readonly recycleAfterMinutes?: number;
  /** How long a zygote may take to load the runtime and say `ready`. */
  readonly startTimeoutMs?: number;
  /** How long a zygote may take to answer a fork request before it counts as stuck and is killed. */
  readonly replyTimeoutMs?: number;
}

const defaultRuntime = fileURLToPath(new URL('../../child-runtime/main.js', import.meta.url));
/** The uid of root, and those that mean "unchanged" to the kernel, can't be a child's. */
const highestUid = 0xfffffffe;

/** The launcher of this host. Throws a LaunchError when the pinned engine isn't installed. Starts nothing before it is asked. */
export function createLauncher(options: LauncherOptions): Launcher {
  const engine = options.engine ?? enginePath();
  const pools = new Map<MemoryClass, ZygotePool>();
  let closed = false;

  function poolFor(memory: number): ZygotePool {
    if (closed) throw launchErrors.closed();
    const memoryClass = memoryClassOf(memory);
    let pool = pools.get(memoryClass);
    if (pool === undefined) {
      pool = new ZygotePool({
        engine,
        flags: flagsOf(memoryClass),
        childFlags: memoryClass.childFlags,
        runtime: options.runtime ?? defaultRuntime,
        filter: options.filter,
        startTimeoutMs: options.startTimeoutMs ?? 20_000,
        replyTimeoutMs: options.replyTimeoutMs ?? 10_000,
        recycleAfterForks: options.recycleAfterForks ?? 2000,
        recycleAfterMs: (options.recycleAfterMinutes ?? 60) * 60_000,
      });
      pools.set(memoryClass, pool);
    }
    return pool;
  }

  return {
    async launch(request: LaunchRequest): Promise<LaunchedChild> {
      check(request);
      return poolFor(request.memory).fork(request);
    },
    async warm(memory: number): Promise<void> {
      await poolFor(memory).ready();
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
