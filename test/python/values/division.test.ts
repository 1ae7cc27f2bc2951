/** Integers of every size divide alike with the native part and without it, as children that are started rather than forked have it. */
import fc from 'fast-check';
import t from 'tap';
import { hashValue } from '../../../child-runtime/python/containers/hash.js';
import { divideNatively } from '../../../child-runtime/python/numbers/by-word.js';
import { high } from '../../../child-runtime/python/numbers/hash64.js';
import { makeInt, makeLong, payload } from '../../../child-runtime/python/numbers/kinds.js';
import { floorDivide, modulo } from '../../../child-runtime/python/operations/arithmetic.js';
import { valueBuiltins } from '../../../child-runtime/python/operations/builtins.js';
import { repr } from '../../../child-runtime/python/operations/repr.js';
import type { PyTuple, Value } from '../../../child-runtime/python/values.js';
import { type BigintNative, loadNative } from '../../../seccomp/native/addon.js';
import { useFakeModel } from './fake-model.js';

useFakeModel();

const divmod = valueBuiltins.get('divmod')!;
const pow = valueBuiltins.get('pow')!;

/** The native part if it is there; counts how often it is asked. */
let asked = 0;
function countedNative(): BigintNative | string {
  try {
    const { bigint } = loadNative();
    const count =
      <A extends unknown[], R>(f: (...args: A) => R) =>
      (...args: A): R => {
        asked += 1;
        return f(...args);
      };
    return { remainder: count(bigint.remainder), quotient: count(bigint.quotient) };
  } catch (error) {
    return (error as Error).message;
  }
}
const native = countedNative();
const lack = typeof native === 'string' && native;

/** All that divides, as Python shows it. */
function shown(x: Value, y: Value): string {
  const results = [floorDivide(x, y), modulo(x, y), ...(divmod(x, y) as PyTuple).a, pow(x, 3, y)];
  return [...results.map(repr), hashValue(x), high()].join(' ');
}

/** x == q * y + r, and r is 0 or has the sign of y and a smaller size. */
function isFloored(x: Value, y: Value): boolean {
  const [quotient, remainder] = (divmod(x, y) as PyTuple).a.map((part) => BigInt(payload(part))) as [bigint, bigint];
  const [dividend, divisor] = [BigInt(payload(x)), BigInt(payload(y))];
  const distance = divisor < 0n ? -remainder : remainder;
  return (
    quotient * divisor + remainder === dividend && distance >= 0n && distance < (divisor < 0n ? -divisor : divisor)
  );
}

const ofBits = (bits: number) => fc.bigInt({ min: -(2n ** BigInt(bits)), max: 2n ** BigInt(bits) });
const kind = fc.constantFrom(makeInt, makeLong);
/** Sizes on both sides of those from which on the native part is asked. */
const dividend = fc.tuple(fc.oneof(...[20, 64, 3000, 3100, 8000, 9000].map(ofBits)), kind).map(([x, make]) => make(x));
const divisor = fc
  .tuple(fc.oneof(...[4, 20, 53, 63, 64, 65, 200].map(ofBits)), kind)
  .map(([y, make]) => make(y === 0n ? 7n : y));

t.test('long integers by others', (t) => {
  fc.assert(
    fc.property(dividend, divisor, (x, y) => {
      divideNatively(undefined);
      return isFloored(x, y);
    }),
    { seed: 2, numRuns: 500 },
  );
  t.end();
});

t.test('with the native part and without', { skip: lack }, (t) => {
  asked = 0;
  fc.assert(
    fc.property(dividend, divisor, (x, y) => {
      divideNatively(undefined);
      const plain = shown(x, y);
      divideNatively(native as BigintNative);
      return shown(x, y) === plain && isFloored(x, y);
    }),
    { seed: 3, numRuns: 1000 },
  );
  t.ok(asked > 500, `the native part was asked ${asked} times`);
  divideNatively(undefined);
  t.end();
});
