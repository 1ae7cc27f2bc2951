/** A seeded generator of ints from 0 to 2**32 - 1. */
export function generator(seed: number): () => number {
  let x = seed;
  return () => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return (x ^ (x >>> 15)) >>> 0;
  };
}
