/** Integers that a program writes as an operation are computed when it is compiled, as CPython 2.7 does; what raises or is large is not. */
import t from 'tap';
import { parseSafely } from '../../../child-runtime/python/check.js';
import { compileModule } from '../../../child-runtime/python/compiler/compile.js';
import { folded } from '../../../child-runtime/python/compiler/constants.js';

function expressionOf(text: string) {
  const statement = parseSafely(`x = ${text}\n`).body[0];
  if (statement?.kind !== 'Assign') throw new Error(`no assignment: ${text}`);
  return statement.value;
}

/** As Python shows it; the expression's kind when it was left alone. */
function shown(text: string): string {
  const e = folded(expressionOf(text));
  return e.kind === 'Num' ? `${e.value}${e.type === 'long' ? 'L' : ''}` : e.kind;
}

t.test('computed', async (t) => {
  // Of CPython 2.7.18.
  const cases: Record<string, string> = {
    '2 ** 32 - 1': '4294967295',
    '2 ** 63': '9223372036854775808L',
    '2 ** 63 - 1': '9223372036854775807L',
    '2 ** 62': '4611686018427387904',
    '-2 ** 63': '-9223372036854775808L',
    '1L + 1': '2L',
    '7 / -2': '-4',
    '7 // 2L': '3L',
    '-7 % 3': '2',
    '7 % -3': '-2',
    '1 << 70': '1180591620717411303424L',
    '1 << 62 >> 61': '2',
    '~(1 << 64)': '-18446744073709551617L',
    '-(3 - 5)': '2',
    '6 & 3 | 8 ^ 1': '11',
    '0xffffffff * 0xffffffffL': '18446744065119617025L',
    '60 * 60 * 24 * 7': '604800',
  };
  for (const [text, value] of Object.entries(cases)) t.equal(shown(text), value, text);
});

t.test('left alone', async (t) => {
  const texts = [
    '1 / 0',
    '5 % 0L',
    '2 ** -1',
    '1 << -1',
    '1 >> -1',
    '2 ** 1025',
    '1 << 2 ** 40',
    '3 >> 2 ** 70',
    '(1 << 600) * (1 << 600)',
  ];
  for (const text of [...texts, '1.0 + 2', '2j * 3', "'a' * 3", 'y + 1', '2 ** y']) t.equal(shown(text), 'BinOp', text);
  t.equal(shown('-y'), 'UnaryOp');
  t.equal(shown('not 1'), 'UnaryOp');
});

t.test('what is written with constants compiles as if it was written out', async (t) => {
  const options = { file: 'x', closed: true, builtins: new Set<string>(), functions: new Set<string>() };
  const text = (source: string): string => compileModule(parseSafely(source), options).text;
  t.equal(text('x = 5\nx = (x * 69069 + 1) % 2 ** 32\n'), text('x = 5\nx = (x * 69069 + 1) % 4294967296\n'));
  t.equal(text('x = 5\nx = x & (1 << 16) - 1\n'), text('x = 5\nx = x & 65535\n'));
  t.equal(text('x = [a for a in "b"][0] * (2 + 1) % 2 ** 3\n'), text('x = [a for a in "b"][0] * 3 % 8\n'));
});
