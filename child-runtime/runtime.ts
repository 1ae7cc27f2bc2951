/** What a process of the engine runs: `prepare` in the zygote, `runChild` in each locked child. */
import { setFlagsFromString } from 'node:v8';
import type { Language } from '../protocol/messages.js';
import type { BigintNative, ChildNative } from '../seccomp/native/addon.js';
import { Channel } from './channel.js';
import { lockDown } from './harden/lockdown.js';
import { seedRandom } from './harden/random.js';
import { scrubGlobals } from './harden/scrub.js';
import type { LanguageRuntime } from './host.js';
import { runSample, type Sample } from './warm/run-sample.js';
import { keepShape, keepShapesOf } from './warm/shapes.js';

/** Rounds over the samples: enough for V8 to keep what it compiled and to have seen the types, few enough for a quick start. */
const warmRounds = 4;

export interface Tongue {
  readonly languages: readonly Language[];
  readonly runtime: LanguageRuntime;
  /** What is run in the zygote, before there is any guest. */
  readonly samples: readonly Sample[];
}

/** Bytes of a program whose check and translation are worth compiling the code that does them. */
const longProgram = 150_000;

/** `warm: false` is for a process of one program, which has nobody to share with. `compile`: whether functions may be compiled for all children. */
export interface Preparation {
  readonly warm?: boolean;
  readonly compile?: boolean;
  readonly bigint?: BigintNative;
}

export interface ChildRuntime {
  prepare(options?: Preparation): void;
  refresh(): void;
  compileHot(): void;
  runChild(native: ChildNative, compilers?: string): never;
}

/** The runtime of these languages. */
export function childRuntime(tongues: readonly Tongue[]): ChildRuntime {
  return { prepare, refresh, compileHot, runChild };

  /**
   * Hardens the language and warms every runtime. Call once, in the zygote, outside of promise jobs (V8 runs no job inside of
   * another, and the sample programs need theirs). Afterwards Node's globals are gone: code that still runs imports what it
   * uses from `node:` modules. Throws when something can't be hardened; such a process must not serve.
   */
  function prepare({ warm = true, compile = false, bigint }: Preparation = {}): void {
    // Code that V8 optimises here, from few samples, a child's program often proves wrong: the child would pay for throwing it away
    // and for compiling it again. Bytecode, type feedback and the code of the baseline compiler, which assumes nothing, are worth sharing.
    if (warm) setFlagsFromString('--no-opt');
    lockDown();
    for (const { runtime } of tongues) runtime.prepare(bigint);
    scrubGlobals();
    if (!warm) return;
    for (let round = 0; round < warmRounds; round += 1) runSamples();
    keepShapesOf(runSamples);
    if (compile) compileAhead();
    setFlagsFromString('--no-sparkplug');
  }

  /**
   * Full collections take from code what it has learned of shapes that no object has any more, and regular expressions their compiled form.
   * Going over the samples once more, afterwards, spares every child the misses (measured: a sixth of what an empty program costs).
   */
  function refresh(): void {
    runSamples();
  }

  /** Has V8 optimise what many programs make hot. Call in the zygote after its last full collection, where V8 may make machine code. */
  function compileHot(): void {
    for (const { runtime } of tongues) runtime.compileHot?.();
  }

  /** What no program proves wrong is compiled here after all. */
  function compileAhead(): void {
    setFlagsFromString('--opt');
    for (const { runtime } of tongues) runtime.compileAhead?.();
    setFlagsFromString('--no-opt');
  }

  function runSamples(): void {
    for (const { samples } of tongues) for (const sample of samples) runSample(runChild, sample);
  }

  /**
   * Receives a program over the channel and runs it to its end. V8's compilers rest until the program begins: they would take longer
   * for the code that checks and translates it than that takes in all (measured on 1,000 lines: half of the time).
   */
  function runChild(native: ChildNative, compilers = ''): never {
    const channel = new Channel(native, () => {
      if (compilers !== '') setFlagsFromString(compilers);
    });
    const program = keepShape(channel.receiveProgram());
    if (program.source.length > longProgram && compilers !== '') setFlagsFromString(compilers);
    seedRandom(program.seed);
    const tongue = tongues.find(({ languages }) => languages.includes(program.language));
    if (tongue === undefined) throw new Error(`this zygote is for another language than ${program.language}`);
    return tongue.runtime.run(program, channel);
  }
}
