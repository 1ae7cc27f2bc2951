import t from 'tap';
import { formatPythonNumber, parsePythonFloat, parsePythonInt } from '../../restrictions/python-numbers.js';

const refused = undefined;
const infinity = Number.POSITIVE_INFINITY;

// [word, float(word), int(word)] as CPython 2.7.18 answers; undefined for ValueError.
const answers: readonly (readonly [string, number | undefined, number | undefined])[] = [
  ['1e3', 1000, refused],
  ['nan', Number.NaN, refused],
  ['-NaN', Number.NaN, refused],
  ['inf', infinity, refused],
  ['-inf', -infinity, refused],
  ['+INF', infinity, refused],
  ['infINITY', infinity, refused],
  ['infinit', refused, refused],
  ['1_0', refused, refused],
  ['0x10', refused, refused],
  ['0x1p3', refused, refused],
  ['0b1', refused, refused],
  ['0o7', refused, refused],
  ['5L', refused, refused],
  ['5l', refused, refused],
  ['1j', refused, refused],
  ['1f', refused, refused],
  ['+5', 5, 5],
  ['-5', -5, -5],
  ['--5', refused, refused],
  ['+-5', refused, refused],
  ['007', 7, 7],
  ['1.', 1, refused],
  ['.5', 0.5, refused],
  ['.', refused, refused],
  ['1..', refused, refused],
  ['00.5', 0.5, refused],
  ['1e', refused, refused],
  ['1e+', refused, refused],
  ['1.5e', refused, refused],
  ['1e+5', 100000, refused],
  ['1E5', 100000, refused],
  ['1e400', infinity, refused],
  ['1e-400', 0, refused],
  ['1,5', refused, refused],
  ['', refused, refused],
  ['+', refused, refused],
  ['nan(1)', refused, refused],
  ['²', refused, refused],
  ['٣', refused, refused],
];

for (const [word, float, int] of answers) {
  t.same(parsePythonFloat(word), float, `float('${word}')`);
  t.same(parsePythonInt(word), int, `int('${word}')`);
}

t.test('what is written is read back', async (t) => {
  for (const value of [0, 15_000_000, 0.1, 1e-7, 1e21, 1.5e300, infinity, -infinity, Number.NaN]) {
    t.same(parsePythonFloat(formatPythonNumber(value)), value);
  }
  t.equal(parsePythonInt(formatPythonNumber(1e21)), 1e21, 'whole numbers as digits alone');
});
