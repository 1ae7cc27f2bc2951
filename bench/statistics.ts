/** Order statistics of a sample; benchmarks print medians with the spread, never a single run. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  readonly count: number;
}

export function spread(sample: readonly number[]): Spread {
  if (sample.length === 0) throw new Error('a sample needs at least one value');
  const sorted = [...sample].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { min: sorted[0]!, median: at(0.5), p95: at(0.95), max: sorted.at(-1)!, count: sorted.length };
}

export function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
