/** Sorting by columns and bytes gives what a stable sort by comparisons gives, of the same objects. */
import t, { type Test } from 'tap';
import { sortList } from '../../../child-runtime/python/containers/sort.js';
import { makeFloat } from '../../../child-runtime/python/numbers/kinds.js';
import { lessThan } from '../../../child-runtime/python/operations/compare.js';
import { type PyFunction, PyList, PyLong, PyTuple, type Value } from '../../../child-runtime/python/values.js';
import { useFakeModel } from './fake-model.js';
import { generator } from './generator.js';

useFakeModel();

type Make = (random: number, i: number) => Value;

const kinds: Readonly<Record<string, Make>> = {
  'small ints': (r) => r % 50,
  'ints around zero': (r) => (r % 1001) - 500,
  'ints of 32 bits': (r) => r,
  'ints just within 2**32 of each other': (r, i) => (i < 2 ? i * 0xffffffff - 7 : (r >>> 1) - 7),
  'ints just too far from each other': (r, i) => (i < 2 ? i * 0x100000000 - 7 : (r >>> 1) - 7),
  'ints to 2**53': (r, i) => (r * 2097151 + i) * (r % 3 === 0 ? -1 : 1),
  'equal ints': () => 7,
  fractions: (r) => r / 4096 + 0.1,
  'fractions whose distance rounds to an int': (r, i) => (i % 2 === 0 ? 1e-300 : -(r % 5) - 1),
  'ints and floats that equal them': (r) => (r % 2 === 0 ? r % 20 : makeFloat(r % 20)),
  infinities: (r) => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5, 1][r % 4]!,
  'with a NaN': (r, i) => (i === 40 ? Number.NaN : r % 50),
  strs: (r) => `s${r % 300}`,
  'longs and ints': (r) => (r % 2 === 0 ? new PyLong(r % 30) : r % 30),
  anything: (r) => [null, r % 9, `s${r % 9}`, makeFloat(r % 9), new PyTuple([r % 3])][r % 5]!,
};

/** Insertion keeps equal ones in order and asks only "less". */
function sortedByComparing(elements: readonly Value[]): Value[] {
  const sorted: Value[] = [];
  for (const element of elements) {
    let at = sorted.length;
    while (at > 0 && lessThan(element, sorted[at - 1]!)) at -= 1;
    sorted.splice(at, 0, element);
  }
  return sorted;
}

const sizes = [0, 1, 2, 31, 33, 255, 256, 300, 700];

function agrees(t: Test, name: string, elements: readonly Value[]): void {
  const list = new PyList([...elements]);
  sortList(list, null, null, false);
  const expected = sortedByComparing(elements);
  t.equal(list.a.length, expected.length, `${name}: as many`);
  t.equal(
    expected.findIndex((element, i) => !Object.is(element, list.a[i])),
    -1,
    `${name}: the same objects in the same places`,
  );
}

for (const [name, make] of Object.entries(kinds)) {
  t.test(name, (t) => {
    // With a NaN the order depends on the algorithm.
    if (name !== 'with a NaN') {
      for (const size of sizes) {
        const random = generator(size + 1);
        agrees(
          t,
          `${size}`,
          Array.from({ length: size }, (_, i) => make(random(), i)),
        );
      }
    }
    for (const [other, makeOther] of Object.entries(kinds)) {
      if (name === 'with a NaN' || other === 'with a NaN') continue;
      const random = generator(3);
      const rows = Array.from({ length: 400 }, (_, i) => new PyTuple([make(random(), i), makeOther(random(), i)]));
      agrees(t, `tuples, then ${other}`, rows);
    }
    t.end();
  });
}

t.test('tuples of many columns, and of different lengths', (t) => {
  const random = generator(5);
  const row = (length: number): PyTuple => new PyTuple(Array.from({ length }, () => random() % 2));
  agrees(
    t,
    '20 columns',
    Array.from({ length: 500 }, () => row(20)),
  );
  agrees(
    t,
    '0 to 4 columns',
    Array.from({ length: 500 }, () => row(random() % 5)),
  );
  agrees(
    t,
    'none',
    Array.from({ length: 100 }, () => row(0)),
  );
  t.end();
});

t.test('a NaN among numbers keeps every element', (t) => {
  const random = generator(9);
  const list = new PyList(Array.from({ length: 300 }, (_, i) => kinds['with a NaN']!(random(), i)));
  const before = [...list.a];
  sortList(list, null, null, false);
  const ordered = (values: readonly Value[]): string => values.map(String).sort().join();
  t.equal(ordered(list.a), ordered(before));
  t.end();
});

t.test('by a key, and reversed, equal ones keep their order', (t) => {
  const random = generator(11);
  const elements = Array.from({ length: 600 }, (_, i) => new PyTuple([random() % 10, i]));
  const first: PyFunction = (row: PyTuple) => row.a[0]!;
  for (const reverse of [false, true]) {
    const list = new PyList([...elements]);
    sortList(list, null, first, reverse);
    const sign = reverse ? -1 : 1;
    const rows = list.a as PyTuple[];
    t.ok(
      rows.every((row, i) => {
        if (i === 0) return true;
        const [key, at] = rows[i - 1]!.a as number[];
        const step = ((row.a[0] as number) - key!) * sign;
        return step > 0 || (step === 0 && (row.a[1] as number) > at!);
      }),
      `reverse: ${reverse}`,
    );
  }
  t.end();
});
