/**
 * The memory classes, and the room that a quota gives. V8 must collect garbage, or give up in its own way, before the cgroup
 * kills. How far its new space grows is fixed when a zygote starts, so programs of similar quotas share a zygote; the limits of
 * one child follow its own quota and are set after the fork.
 */
export interface MemoryClass {
  readonly name: 'small' | 'medium' | 'large';
  /** The largest quota in bytes of this class; a program gets the first class that its quota isn't above. */
  readonly upTo: number;
  /** Size of a semi-space in MiB; the new space takes up to three. Larger ones make programs that allocate much faster. */
  readonly semiSpace: number;
  /** V8's flags that hold in children only, not while the zygote loads and tidies the runtime. */
  readonly childFlags: readonly string[];
}

const MiB = 1 << 20;

/**
 * Compiling a large function can take more than a whole quota. Measured for a function of 12,000 bytes of bytecode: Maglev 90 MiB
 * (it grows with the square), TurboFan 10 MiB. TurboFan makes the fastest code, so hot loops lose nothing by doing without the other.
 */
const frugalCompilation = (largestFunction: number): readonly string[] => [
  '--no-maglev',
  `--max-optimized-bytecode-size=${largestFunction}`,
];

export const memoryClasses: readonly MemoryClass[] = [
  {
    name: 'small',
    upTo: 48 * MiB,
    semiSpace: 1,
    // Compaction needs room twice: small quotas lack it.
    childFlags: ['--no-compact', ...frugalCompilation(4000)],
  },
  { name: 'medium', upTo: 256 * MiB, semiSpace: 4, childFlags: frugalCompilation(10_000) },
  { name: 'large', upTo: Number.POSITIVE_INFINITY, semiSpace: 16, childFlags: [] },
];

export function memoryClassOf(bytes: number): MemoryClass {
  const found = memoryClasses.find(({ upTo }) => bytes <= upTo);
  if (found === undefined) throw new RangeError(`not a memory quota: ${bytes}`);
  return found;
}

/**
 * V8's flags for a zygote of this class. Its own heap limit is above every quota, since a child's can only be lowered; and the
 * runtime's bytecode is kept, since flushing it in a child would only unshare it.
 */
export function flagsOf({ semiSpace }: MemoryClass): readonly string[] {
  return [`--max-semi-space-size=${semiSpace}`, '--max-old-space-size=262144', '--no-flush-bytecode'];
}

/** Bytes that a child may have beyond what it shares with its zygote. */
export interface MemoryRoom {
  /** V8's old generation. */
  readonly heap: number;
  /** Contents of buffers, outside of the heap, before V8 collects garbage for their sake. Not a limit. */
  readonly buffers: number;
  /** Writable private memory of every kind, as mapped: a single allocation beyond it fails with an error instead of a kill. */
  readonly data: number;
}

/** The kernel's page tables and V8's bitmaps grow with the memory in use. */
const overhead = 0.03;
/** What a child's own copies of inherited pages come to after its first full collection, and its kernel memory. Measured. */
const copies = 4.5 * MiB;
/** A quota that is too small for anything is left to the cgroup. */
const least = 2 * MiB;

/** The room that a quota of so many bytes gives. The sum of its parts lies below the quota, so that V8 meets its own limits first. */
export function roomFor(memory: number): MemoryRoom {
  const newSpace = 3 * MiB * memoryClassOf(memory).semiSpace;
  const data = memory * (1 - overhead);
  const own = Math.max(data - copies - newSpace, least);
  // Garbage of both may stand at once.
  const buffers = own / 5;
  return { heap: own - buffers, buffers, data };
}
