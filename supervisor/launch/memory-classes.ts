import type { Profile } from '../../restrictions/profile.js';

/**
 * The memory classes, and the room that a quota gives. V8 must collect garbage, or give up in its own way, before the cgroup
 * kills. How far its new space grows is fixed when a zygote starts, so programs of similar quotas share a zygote; the limits of
 * one child follow its own quota and are set after the fork.
 */
export interface MemoryClass {
  readonly name: 'small' | 'medium' | 'large';
  /** The largest quota in bytes of this class; a program gets the first class that its quota isn't above. */
  readonly upTo: number;
  /** Size of a semi-space in MiB. Larger ones make programs that allocate much faster. */
  readonly semiSpace: number;
  /** Whether the heap grows by large pages, of 2 MiB, where the kernel has some: quicker, but all of one counts when a part is used. */
  readonly largePages: boolean;
  /**
   * Whether the zygote does more to save its children time: it warms the runtime again after its collections, and compiles functions that
   * many programs make hot. At its first full collection a child copies a part of what that leaves in the heap: 2 MB and more (measured at 15 MB).
   */
  readonly roomy: boolean;
  /** More flags of V8 for the heap, which it reads when the zygote starts. */
  readonly heapFlags: readonly string[];
  /** V8's flags that hold in children only, not while the zygote loads and tidies the runtime. */
  readonly childFlags: readonly string[];
  /** The same, for V8's compilers. */
  readonly compilerFlags: readonly string[];
  /** Flags that turn on the compilers; a child sets them when its program begins. */
  readonly compilers: readonly string[];
}

const MiB = 1 << 20;

/**
 * Compiling a function of 12,000 bytes of bytecode takes TurboFan 10 MiB, more than a small quota has, and Maglev 90 MiB (it grows
 * with the square). Larger ones stay uncompiled.
 */
const largestCompiled = (bytecodeBytes: number): string => `--max-optimized-bytecode-size=${bytecodeBytes}`;

/**
 * Code that is inlined comes on top of that. With V8's 920 bytes a function of 3,800 full of float arithmetic takes 9.6 MiB to compile, and
 * the program is killed at 15 MB; with these 7.6 MiB. Four benchmark programs that fit are no slower for it.
 */
const inlineLittle = '--max-inlined-bytecode-size-cumulative=500';

/**
 * V8 counts on a compiler that works on another core for nothing when it waits for thousands of calls. In a single thread, code that
 * is hot is best compiled once that shows (measured over thirteen programs: a tenth). Small quotas lack the memory for more compiling: with
 * TurboFan's two of these flags a program that keeps a fifth of 15 MB and makes garbage was killed.
 */
const compileEarly = [
  '--invocation-count-for-maglev=100',
  '--invocation-count-for-maglev-osr=30',
  '--invocation-count-for-turbofan=600',
  '--invocation-count-for-osr=100',
] as const;

/*
 * V8 lets a heap grow in small steps, and collects garbage at each. With much memory it may as well begin large: programs that keep
 * what they make take a fifth less time.
 */

/** Marking garbage in small steps stops a program for less long, but costs it more. Small quotas can't do without. */
const markAtOnce = '--no-incremental-marking';

export const memoryClasses: readonly MemoryClass[] = [
  // Compaction needs room twice: small quotas lack it.
  {
    name: 'small',
    upTo: 48 * MiB,
    semiSpace: 1,
    largePages: false,
    roomy: false,
    heapFlags: [],
    childFlags: ['--no-compact'],
    compilerFlags: [largestCompiled(4000), inlineLittle],
    compilers: ['--sparkplug', '--opt'],
  },
  {
    name: 'medium',
    upTo: 256 * MiB,
    semiSpace: 4,
    largePages: false,
    roomy: true,
    heapFlags: [],
    childFlags: [markAtOnce],
    compilerFlags: [...compileEarly, largestCompiled(10_000)],
    compilers: ['--sparkplug', '--opt'],
  },
  {
    name: 'large',
    upTo: Number.POSITIVE_INFINITY,
    semiSpace: 16,
    largePages: true,
    roomy: true,
    heapFlags: ['--initial-old-space-size=128'],
    childFlags: [markAtOnce, '--semi-space-growth-factor=8'],
    compilerFlags: [...compileEarly, largestCompiled(10_000)],
    // With Maglev's middle tier float arithmetic is nearly twice as quick in programs of a second.
    compilers: ['--sparkplug', '--maglev', '--opt'],
  },
];

export function memoryClassOf(bytes: number): MemoryClass {
  const found = memoryClasses.find(({ upTo }) => bytes <= upTo);
  if (found === undefined) throw new RangeError(`not a memory quota: ${bytes}`);
  return found;
}

/**
 * V8's flags for a zygote of this class.
 * Its own heap limit is above every quota, since a child's can only be lowered.
 * Bytecode is kept, since flushing the runtime's in a child would only unshare it.
 * Maglev is off, but for children with much memory.
 * Hardened, V8 never asks for executable memory: not even for regular expressions, which it interprets then, too.
 */
export function flagsOf({ semiSpace, heapFlags }: MemoryClass, profile: Profile): readonly string[] {
  const usual = [
    `--max-semi-space-size=${semiSpace}`,
    '--max-old-space-size=262144',
    '--no-flush-bytecode',
    '--no-maglev',
    ...heapFlags,
  ];
  return [...usual, ...compilerFreeFlags(profile)];
}

/** Those by which V8 makes no code at all. */
export function compilerFreeFlags(profile: Profile): readonly string[] {
  return profile === 'hardened' ? ['--jitless', '--regexp-interpret-all'] : [];
}

/** The flags that turn on the compilers: none in a hardened child, since without executable memory one makes V8 crash. */
export function compilersOf({ compilers }: MemoryClass, profile: Profile): readonly string[] {
  return profile === 'hardened' ? [] : compilers;
}

/** V8's flags for the children. */
export function childFlagsOf({ childFlags, compilerFlags }: MemoryClass, profile: Profile): readonly string[] {
  return profile === 'hardened' ? childFlags : [...childFlags, ...compilerFlags];
}

/** Bytes that a child may have beyond what it shares with its zygote. */
export interface MemoryRoom {
  /** V8's old generation. */
  readonly heap: number;
  /** Contents of buffers, outside of the heap, before V8 collects garbage for their sake. Not a limit. */
  readonly buffers: number;
  /** Writable private memory of every kind, as mapped and not as used: an absurd allocation fails with an error instead of a kill. */
  readonly data: number;
}

/** The kernel's page tables and V8's bitmaps grow with the memory in use. */
const overhead = 0.03;
/**
 * A full collection writes to much of the heap that a child inherited, and what it writes to becomes its own copy. Measured as a
 * part of the inherited heap; and what every child has of its own anyway.
 */
const copied = 0.35;
const base = 2 * MiB;
/** A quota that is too small for anything is left to the cgroup. */
const least = 2 * MiB;

/**
 * The room that a quota of so many bytes gives to a child of a zygote with so large a heap. The sum of its parts lies below the
 * quota, so that V8 meets its own limits first. A running child keeps the new space of the class that it was started with.
 */
export function roomFor(memory: number, inheritedHeap: number, { semiSpace } = memoryClassOf(memory)): MemoryRoom {
  const newSpace = (2 * semiSpace + 1) * MiB;
  const own = Math.max(memory * (1 - overhead) - base - copied * inheritedHeap - newSpace, least);
  // Garbage of both may stand at once.
  const buffers = own / 5;
  return { heap: own - buffers, buffers, data: 2 * memory };
}

/** MiB of heap that the runtime itself takes in a process that was started for one program, and garbage that its loading left. */
const runtimeHeap = 16;

/** V8's limits in MiB for the thread that runs the program, where it is started and not forked: they hold from the beginning. */
export function heapFor(memory: number): { readonly old: number; readonly young: number } {
  const { heap } = roomFor(memory, 0);
  return { old: Math.ceil(runtimeHeap + heap / MiB), young: 3 * memoryClassOf(memory).semiSpace };
}
