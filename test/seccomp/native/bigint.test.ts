/** Division of long integers by a word gives what the engine's own operators give, floored, whatever the words; the rest is left to them. */
import fc from 'fast-check';
import t from 'tap';
import { loadNative } from '../../../seccomp/native/addon.js';

function loadBigint() {
  try {
    return loadNative().bigint;
  } catch (error) {
    return (error as Error).message;
  }
}
const loaded = loadBigint();
const lack = typeof loaded === 'string' && loaded;
const native = loaded as Exclude<typeof loaded, string>;

const WORD = 64;
/** 2^19 bits: what fits the addon's buffer. */
const MOST_WORDS = 8192;

function floored(x: bigint, d: bigint): { quotient: bigint; remainder: bigint } {
  const rest = x % d;
  const remainder = rest !== 0n && rest < 0n !== d < 0n ? rest + d : rest;
  return { quotient: (x - remainder) / d, remainder };
}

/** Both functions, with the divisor as a bigint and, where that is one, as a safe integer. */
function agrees(x: bigint, d: bigint): boolean {
  const { quotient, remainder } = floored(x, d);
  const isSafe = Number.isSafeInteger(Number(d));
  return (
    native.remainder(x, d) === remainder &&
    native.quotient(x, d) === quotient &&
    (!isSafe || Object.is(native.remainder(x, Number(d)), Number(remainder))) &&
    (!isSafe || native.quotient(x, Number(d)) === quotient)
  );
}

const edges = [1, 31, 32, 53, 58, 63, 64].flatMap((bits) => [
  2n ** BigInt(bits) - 1n,
  2n ** BigInt(bits),
  2n ** BigInt(bits) + 1n,
]);
const divisors = [...edges, 3n, 10n, 10007n].filter((d) => d < 2n ** 64n);

const sign = fc.constantFrom(1n, -1n);
/** Words are random, all ones or all zeros, so that carries and estimates that are one off come up. */
const word = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom(0n, 2n ** 64n - 1n, 2n ** 63n, 1n));
const dividend = fc
  .tuple(sign, fc.array(word, { maxLength: 200, size: 'max' }))
  .map(([s, words]) => s * words.reduce((sum, one) => (sum << 64n) | one, 0n));
const divisor = fc
  .tuple(
    sign,
    fc.oneof(
      fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
      fc.integer({ min: 1 }).map(BigInt),
      fc.constantFrom(...divisors),
    ),
  )
  .map(([s, d]) => s * d);

t.test('division by a word', { skip: lack }, async (t) => {
  await t.test('random dividends and divisors', async () => {
    fc.assert(fc.property(dividend, divisor, agrees), { seed: 1, numRuns: 2000 });
  });

  await t.test('sizes around the ends of blocks, and up to the largest', async (t) => {
    for (const words of [0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, MOST_WORDS - 1, MOST_WORDS]) {
      const power = 2n ** BigInt(words * WORD);
      const thirds = power / 3n;
      for (const x of [power - 1n, power / 2n, thirds, -(power - 1n), -(power / 2n), -thirds])
        for (const d of divisors)
          for (const by of [d, -d])
            if (!agrees(x, by)) t.fail(`${words} words: ${x.toString(16).slice(0, 40)} by ${by}`);
    }
  });

  await t.test('exact multiples leave nothing, and one less leaves most', async (t) => {
    const quotient = 7n ** 3000n;
    for (const d of divisors) {
      t.equal(native.remainder(quotient * d, d), 0n);
      t.equal(native.quotient(quotient * d, d), quotient);
      t.equal(native.remainder(quotient * d - 1n, d), d - 1n);
      t.equal(native.quotient(-quotient * d - 1n, d), -quotient - 1n);
    }
  });

  await t.test('leaves everything else to the engine', async (t) => {
    const others: unknown[][] = [
      [2n ** BigInt(MOST_WORDS * WORD), 3],
      [-(2n ** BigInt(MOST_WORDS * WORD)), 3n],
      [5, 3],
      ['5', 3],
      [undefined, 3],
      [5n, 0],
      [5n, -0],
      [5n, 0n],
      [5n, 0.5],
      [5n, 2.5],
      [5n, 2 ** 53],
      [5n, -(2 ** 53)],
      [5n, Number.NaN],
      [5n, Number.POSITIVE_INFINITY],
      [5n, 2n ** 64n],
      [5n, -(2n ** 64n)],
      [5n, 2n ** 128n],
      [5n, '3'],
      [5n, null],
      [5n, {}],
    ];
    const functions = native as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const [i, args] of others.entries())
      for (const name of ['remainder', 'quotient']) t.equal(functions[name]!(...args), undefined, `${name}, case ${i}`);
    for (const name of ['remainder', 'quotient']) t.throws(() => functions[name]!(5n), TypeError);
  });
});
