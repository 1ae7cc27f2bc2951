/**
 * The memory classes: how large V8's new space may grow is fixed when a zygote starts, so programs of similar quotas share a
 * zygote. The limits of one child's heap follow its own quota and are set after the fork.
 */
export interface MemoryClass {
  readonly name: string;
  /** The largest quota in bytes of this class; a program gets the first class that its quota isn't above. */
  readonly upTo: number;
  /** V8's flags. */
  readonly flags: readonly string[];
  /** V8's flags that hold in children only, not while the zygote loads and tidies the runtime. */
  readonly childFlags: readonly string[];
}

const MiB = 1 << 20;
export const memoryClasses: readonly MemoryClass[] = [
  {
    name: 'small',
    upTo: 48 * MiB,
    flags: ['--max-semi-space-size=1'],
    // Compaction needs room twice, and compiling very large functions takes megabytes: small quotas have neither.
    childFlags: ['--no-compact', '--max-optimized-bytecode-size=4000'],
  },
  { name: 'medium', upTo: 256 * MiB, flags: ['--max-semi-space-size=4'], childFlags: [] },
  { name: 'large', upTo: Number.POSITIVE_INFINITY, flags: ['--max-semi-space-size=16'], childFlags: [] },
];

export function memoryClassOf(bytes: number): MemoryClass {
  const found = memoryClasses.find(({ upTo }) => bytes <= upTo);
  if (found === undefined) throw new RangeError(`not a memory quota: ${bytes}`);
  return found;
}

/** Bytes that a child may have beyond what it shares with its zygote. */
export interface MemoryRoom {
  /** V8's old generation. */
  readonly heap: number;
  /** Writable private memory of every kind, as mapped. */
  readonly data: number;
}

export function roomFor(memory: number): MemoryRoom {
  return { heap: memory - 9 * MiB, data: memory - 4 * MiB };
}
