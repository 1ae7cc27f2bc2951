/**
 * Whether anything grew. Counts must be equal after every batch from the first on. Memory has noise (what is compiled, when buffers are
 * returned), so its slope is judged: the median of the slopes between all pairs of samples (Theil and Sen), which a few odd samples can't
 * move, over the samples after the warm-up. A leaked object of a program holds a kilobyte at the very least: program, session, nanny
 * and channel are about 20 kB.
 */
import type { Counts, Sample } from './sample.js';

export interface Tolerance {
  /** Bytes in use, per program. */
  readonly usedPerProgram: number;
  /** Bytes resident, per program: malloc's fragments come on top, so that it is wider. */
  readonly residentPerProgram: number;
  /** kB that any zygote may be larger at the end of the run than after the warm-up. */
  readonly zygoteKib: number;
  readonly zygotes: number;
  /** Programs until the supervisor's heap and malloc's arenas are as large as they get, where that is known. */
  readonly settled?: number;
}

const counts: readonly (keyof Counts)[] = [
  'descriptors',
  'groups',
  'zombies',
  'guests',
  'activeResources',
  'temporaryFiles',
  'ipcObjects',
  'programFiles',
];

/** The part of the samples that is warm-up, and the largest that it may be where runs are too short for all of it. */
const warmUp = 0.3;
const mostWarmUp = 0.6;

function afterWarmUp(samples: readonly Sample[], settled: number): readonly Sample[] {
  const unsettled = samples.filter(({ programs }) => programs <= settled).length;
  const count = Math.max(samples.length * warmUp, Math.min(unsettled, samples.length * mostWarmUp));
  return samples.slice(Math.floor(count));
}

export interface Judgement {
  readonly faults: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

export function judge(samples: readonly Sample[], tolerance: Tolerance): Judgement {
  const faults: string[] = [];
  const [first] = samples;
  if (first === undefined) throw new Error('no samples');
  for (const name of counts) {
    const odd = samples.find((sample) => sample[name] !== first[name]);
    if (odd !== undefined) faults.push(`${name}: ${first[name]} before, ${odd[name]} after ${odd.programs} programs`);
  }
  const warm = afterWarmUp(samples, tolerance.settled ?? 0);
  const used = slope(warm, 'used');
  const resident = slope(warm, 'resident');
  const [early, late] = [warm[0]!, warm.at(-1)!];
  const zygoteGrowth = late.zygoteKib - early.zygoteKib;
  if (used > tolerance.usedPerProgram) faults.push(`memory in use grows by ${used.toFixed(0)} bytes a program`);
  if (resident > tolerance.residentPerProgram)
    faults.push(`resident memory grows by ${resident.toFixed(0)} bytes a program`);
  if (zygoteGrowth > tolerance.zygoteKib) faults.push(`a zygote has grown by ${zygoteGrowth} kB`);
  const zygotes = Math.max(...samples.map((sample) => sample.zygotes));
  if (zygotes > tolerance.zygotes) faults.push(`${zygotes} zygotes at once`);
  const descriptors = Math.max(...samples.map((sample) => sample.zygoteDescriptors));
  if (descriptors > first.zygoteDescriptors) faults.push(`a zygote has ${descriptors} descriptors`);
  return {
    faults,
    figures: {
      programs: late.programs,
      usedPerProgram: Math.round(used),
      residentPerProgram: Math.round(resident),
      usedKib: Math.round(late.used / 1024),
      residentKib: Math.round(late.resident / 1024),
      zygoteKib: late.zygoteKib,
      zygoteGrowthKib: zygoteGrowth,
      zygotes,
      descriptors: late.descriptors,
      groups: late.groups,
    },
  };
}

/** Bytes per program: the median of the slopes between all pairs. */
export function slope(
  samples: readonly Pick<Sample, 'programs' | 'used' | 'resident'>[],
  of: 'used' | 'resident',
): number {
  const slopes = samples.flatMap((a, i) =>
    samples.slice(i + 1).map((b) => (b[of] - a[of]) / Math.max(1, b.programs - a.programs)),
  );
  slopes.sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}
