/** No single operation may take the machine's memory or keep V8 busy for long: MemoryError comes before the work. */
import t, { type Test } from 'tap';
import { dictSet } from '../../../child-runtime/python/containers/dict.js';
import { strMethods } from '../../../child-runtime/python/methods.js';
import { toInt } from '../../../child-runtime/python/numbers/convert.js';
import { makeLong } from '../../../child-runtime/python/numbers/kinds.js';
import { modulo, multiply, power, shiftLeft } from '../../../child-runtime/python/operations/arithmetic.js';
import { boundAllocations } from '../../../child-runtime/python/operations/bounds.js';
import { valueBuiltins } from '../../../child-runtime/python/operations/builtins.js';
import { compare, equal } from '../../../child-runtime/python/operations/compare.js';
import { elementsOf } from '../../../child-runtime/python/operations/iterate.js';
import { makeXrange } from '../../../child-runtime/python/operations/ranges.js';
import { repr } from '../../../child-runtime/python/operations/repr.js';
import '../../../child-runtime/python/text/methods.js';
import { PyDict, PyList, PyTuple, type Value } from '../../../child-runtime/python/values.js';
import { Raised, useFakeModel } from './fake-model.js';

useFakeModel();

/** What is raised, and that it comes at once: in far less time than the work would take. */
function refused(t: Test, text: string, run: () => unknown): void {
  const start = process.cpuUsage();
  try {
    run();
    t.fail('nothing was raised');
  } catch (thrown) {
    t.ok(thrown instanceof Raised, `raises, not ${thrown}`);
    t.equal((thrown as Raised).text, text);
  }
  // Generous: operands are made on the way.
  const { user, system } = process.cpuUsage(start);
  t.ok(user + system < 5e6);
}

const memory = '!MemoryError ()';
const method =
  (name: string, ...args: Value[]) =>
  (): Value =>
    strMethods.get(name)!(...args);

t.test('integers', (t) => {
  const million = shiftLeft(1, 20_000_000);
  refused(t, memory, () => power(3, 100_000_000));
  refused(t, memory, () => power(makeLong(2n ** 64n), makeLong(2n ** 64n)));
  refused(t, memory, () => shiftLeft(1, 10 ** 12));
  refused(t, memory, () => shiftLeft(1, 2 ** 26));
  refused(t, memory, () => multiply(million, million));
  refused(t, memory, () => valueBuiltins.get('pow')!(3, shiftLeft(1, 1_000_000), shiftLeft(1, 1_000_000)));
  refused(t, memory, () => toInt('9'.repeat(20_000_000)));
  refused(t, memory, () => toInt('2'.repeat(3_000_000), 3));
  t.equal(power(1, makeLong(2n ** 80n)) instanceof Object, true, 'powers of one are free');
  t.end();
});

t.test('strings and sequences', (t) => {
  refused(t, memory, () => multiply('ab', 10 ** 9));
  refused(t, memory, () => multiply(new PyList([1]), 10 ** 9));
  refused(t, memory, () => multiply(new PyTuple([1, 2]), 2 ** 40));
  refused(t, '!OverflowError ("cannot fit \'long\' into an index-sized integer",)', () =>
    multiply('a', makeLong(2n ** 70n)),
  );
  refused(t, memory, () => valueBuiltins.get('range')!(10 ** 9));
  refused(t, memory, () => elementsOf(makeXrange(10 ** 12)));
  refused(t, memory, () => modulo('%*d', new PyTuple([2 ** 40, 1])));
  refused(t, memory, () => modulo('%.2000000000f', 0.5));
  for (const name of ['center', 'ljust', 'rjust', 'zfill']) refused(t, memory, method(name, 'a', 2 ** 40));
  refused(t, memory, method('expandtabs', 'a\t', 2 ** 30));
  refused(t, memory, method('replace', 'a'.repeat(1_000_000), 'a', 'b'.repeat(1000)));
  refused(t, memory, method('join', 'x'.repeat(1_000_000), new PyList(['a', ...Array(1000).fill('b')])));
  refused(t, memory, method('format', '{:2000000000}', 1));
  t.end();
});

t.test('the bound follows the memory of the program', (t) => {
  boundAllocations(1_000_000);
  refused(t, memory, () => multiply('a', 2_000_000));
  refused(t, memory, () => multiply(new PyList([1]), 200_000));
  t.equal((multiply('a', 500_000) as string).length, 500_000);
  boundAllocations(Number.POSITIVE_INFINITY);
  t.equal((multiply('a', 2_000_000) as string).length, 2_000_000);
  t.end();
});

t.test('nesting', (t) => {
  const nested = (depth: number): PyList => {
    let list = new PyList([]);
    for (let i = 0; i < depth; i++) list = new PyList([list]);
    return list;
  };
  refused(t, "!RuntimeError ('maximum recursion depth exceeded while getting the repr of an object',)", () =>
    repr(nested(1200)),
  );
  refused(t, "!RuntimeError ('maximum recursion depth exceeded in cmp',)", () => equal(nested(1200), nested(1200)));
  refused(t, "!RuntimeError ('maximum recursion depth exceeded in cmp',)", () => compare(nested(1200), nested(1200)));
  t.equal(repr(nested(900)).length, 1802);
  t.ok(equal(nested(900), nested(900)), 'and works again after an error');
  // Shared parts make a key of 2**40 elements out of 40 objects.
  let tuple = new PyTuple([]);
  for (let i = 0; i < 40; i++) tuple = new PyTuple([tuple, tuple]);
  refused(t, memory, () => dictSet(new PyDict(), tuple, 1));
  t.end();
});
