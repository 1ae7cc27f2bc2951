/**
 * The zygote's program, run by the pinned engine with the addon preloaded: load the runtime once, become one thread in an empty
 * world, then only fork. What follows `serve` runs in children alone, each of them locked.
 *
 * Arguments: the runtime's module, a path; the flags that turn on V8's compilers in a child; whether children have room for
 * what a longer preparation leaves in the heap, empty for no; then flags of V8 that hold for the children, but not while the runtime is loaded. Descriptor 3 is the
 * control socket. Whatever goes wrong here ends the process with its reason on stderr, which the launcher collects: a zygote that isn't
 * exactly as it should be never serves.
 */
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { setImmediate } from 'node:timers';
import { pathToFileURL } from 'node:url';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { type BigintNative, type ChildNative, loadNative, reservedExitCodes } from '../seccomp/native/addon.js';

/** What the zygote needs of the runtime's main module. */
export interface ChildRuntime {
  /**
   * Hardens the intrinsics, empties the global object, loads and warms every language. Once, in the zygote, outside of promise jobs.
   * `compile`: whether functions may be compiled for all children.
   */
  prepare(options: { readonly compile: boolean; readonly bigint: BigintNative }): void;
  /** Warms again what full collections took away, if anything was warm. Once, after them. */
  refresh?(): void;
  /** Compiles what many programs make hot, if there is anything. Once, after that. */
  compileHot?(): void;
  /** Receives a program over the channel and runs it to its end; `compilers` are set when it begins. In each child. */
  runChild(native: ChildNative, compilers: string): never;
}

const [runtimePath, compilers = '', roomy = '', ...flagsOfChildren] = process.argv.slice(2);
if (runtimePath === undefined) throw new Error('zygote: the runtime module is missing');

const native = loadNative();
native.zygote.setUp();

/** A bundle is loaded at once; a module in turns of the event loop. */
const loaded: ChildRuntime | Promise<ChildRuntime> = runtimePath.endsWith('.cjs')
  ? createRequire(import.meta.url)(runtimePath)
  : import(pathToFileURL(runtimePath).href);

/** Not by Node's own way out, which joins threads that `freeze` has ended. */
function die(error: unknown, code: number): never {
  writeSync(2, `zygote: ${error instanceof Error ? error.stack : String(error)}\n`);
  return native.child.exit(code);
}

function begin(runtime: ChildRuntime): void {
  try {
    // Whether functions are compiled here, for all children.
    const compile = roomy !== '' && compilers !== '';
    runtime.prepare({ compile, bigint: native.bigint });
    native.zygote.collectGarbage();
    if (roomy !== '') runtime.refresh?.();
    if (compile) runtime.compileHot?.();
    for (const flag of flagsOfChildren) setFlagsFromString(flag);
    native.zygote.freeze();
  } catch (error) {
    die(error, 1);
  }
  try {
    native.zygote.enterEmptyWorld();
  } catch (error) {
    die(error, reservedExitCodes.noWorld);
  }
  native.zygote.serve(getHeapStatistics().total_heap_size);
  native.zygote.callQuietly(() => runtime.runChild(native.child, compilers));
  // Only an error of the runtime leads here. Node's own way out would print, and a locked child can't.
  native.child.exit(reservedExitCodes.engineFailed);
}

// Out of the promise job that this is: V8 runs no checkpoint inside of another one.
Promise.resolve(loaded).then((runtime) => setImmediate(begin, runtime));
