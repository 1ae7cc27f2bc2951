/**
 * The memory classes: V8's heap limit is fixed when a zygote starts, so programs of similar quotas share a zygote whose heap
 * limit lies below all of them. V8 must collect garbage before the cgroup kills, and small quotas leave it little room: there
 * its new space is kept small, it doesn't compact (which needs room twice), and it doesn't optimise very large functions
 * (whose compilation alone takes megabytes).
 */
export interface MemoryClass {
  readonly name: string;
  /** The largest quota in bytes of this class; a program gets the first class that its quota isn't above. */
  readonly upTo: number;
  /** V8's flags. The heap of the zygote itself, shared and free for the program, counts in `--max-old-space-size`. */
  readonly flags: readonly string[];
}

const MiB = 1 << 20;
/** Old-space size and semi-space size in MiB, then flags for scarce memory. */
const heap = (old: number, semi: number, ...scarce: readonly string[]): readonly string[] => [
  `--max-old-space-size=${old}`,
  `--max-semi-space-size=${semi}`,
  ...scarce,
];
const tight = ['--no-compact', '--max-optimized-bytecode-size=4000'];

export const memoryClasses: readonly MemoryClass[] = [
  { name: '16 MiB', upTo: 16 * MiB, flags: heap(16, 1, ...tight) },
  { name: '32 MiB', upTo: 32 * MiB, flags: heap(28, 1, ...tight) },
  { name: '64 MiB', upTo: 64 * MiB, flags: heap(52, 2) },
  { name: '128 MiB', upTo: 128 * MiB, flags: heap(104, 4) },
  { name: '256 MiB', upTo: 256 * MiB, flags: heap(208, 8) },
  { name: '512 MiB', upTo: 512 * MiB, flags: heap(416, 16) },
  { name: '1 GiB', upTo: 1024 * MiB, flags: heap(864, 16) },
  { name: 'above 1 GiB', upTo: Number.POSITIVE_INFINITY, flags: heap(3584, 16) },
];

export function memoryClassOf(bytes: number): MemoryClass {
  const found = memoryClasses.find(({ upTo }) => bytes <= upTo);
  if (found === undefined) throw new RangeError(`not a memory quota: ${bytes}`);
  return found;
}
