/**
 * Math.random for forked siblings, which share the state of V8's own generator: xoshiro128** (Blackman and Vigna), seeded per
 * child. Like V8's it fills a cache of doubles at a time, so that a call is an array read, and a hot loop costs the same.
 * Not for secrets: a guest gets those from randombytes.
 */
const cacheLength = 64;
const cache = new Float64Array(cacheLength);
let left = 0;

let s0 = 1;
let s1 = 2;
let s2 = 3;
let s3 = 4;

/** Starts the generator anew from 16 or more random bytes. */
export function seedRandom(seed: Uint8Array): void {
  const word = (at: number) => seed[at]! | (seed[at + 1]! << 8) | (seed[at + 2]! << 16) | (seed[at + 3]! << 24);
  [s0, s1, s2, s3] = [word(0), word(4), word(8), word(12)];
  // From the all-zero state xoshiro never gets away.
  if ((s0 | s1 | s2 | s3) === 0) s0 = 1;
  left = 0;
}

function refill(): void {
  let [a, b, c, d, high] = [s0, s1, s2, s3, 0];
  for (let i = 0; i < 2 * cacheLength; i += 1) {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    // Two results, 27 and 26 bits of them, make the 53 of a double in [0, 1).
    if ((i & 1) === 0) high = result >>> 5;
    else cache[i >> 1] = (high * 67108864 + (result >>> 6)) * 2 ** -53;
  }
  [s0, s1, s2, s3] = [a, b, c, d];
  left = cacheLength;
}

/** Replaces Math.random. Before lockdown, which freezes Math. */
export function installRandom(): void {
  Object.defineProperty(Math, 'random', {
    // A method, because an intrinsic function has no `prototype`.
    value: {
      random(): number {
        if (left === 0) refill();
        left -= 1;
        return cache[left]!;
      },
    }.random,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}
