/** CLOCK_MONOTONIC in milliseconds: the same clock that a child stamps its stages with, so that the two can be compared. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
