/** Figures for tables: short, of steady width, units as letters. */

const steps = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** Decimal multiples as restrictions files use them: 999, 8.2k, 15.0M, 120M; `-` for no limit. */
export function bytes(count: number): string {
  if (count === Number.POSITIVE_INFINITY) return '-';
  for (const [size, letter] of steps) {
    if (count < size) continue;
    const scaled = count / size;
    return scaled >= 100 ? `${Math.floor(scaled)}${letter}` : `${(Math.floor(scaled * 10) / 10).toFixed(1)}${letter}`;
  }
  return String(Math.round(count));
}

export function cores(count: number): string {
  return count === Number.POSITIVE_INFINITY ? '-' : count.toFixed(2);
}

export function seconds(count: number): string {
  return `${count.toFixed(1)}s`;
}

/** `3.1M/15.0M` */
export function against(use: string, quota: string): string {
  return `${use}/${quota}`;
}
