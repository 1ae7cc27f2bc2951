/** What compiled code does inline gives what the runtime gives, type and all, for every pair of numbers at an edge. */
import t from 'tap';
import type { Expr, ExprStmt } from '../../../child-runtime/python/ast.js';
import { parseSafely } from '../../../child-runtime/python/check.js';
import { compileModule, load } from '../../../child-runtime/python/compiler/compile.js';
import { builtins } from '../../../child-runtime/python/core/builtins.js';
import { linkClosed } from '../../../child-runtime/python/core/linkage.js';
import { runtime } from '../../../child-runtime/python/core/runtime.js';
import {
  PyFloat,
  type PyFunction,
  PyInstance,
  PyInt,
  PyList,
  PyLong,
  type Value,
} from '../../../child-runtime/python/values.js';

/** Each as the program writes it, and its value. */
const numbers: [text: string, value: Value][] = [
  ...[0, 1, 2, 3, 7, -1, -2, -7, 65536, 2147483647, 2147483648, -2147483648, -2147483649, 4294967296].map(literal),
  ...[2 ** 53 - 1, 1 - 2 ** 53, 2 ** 50 + 1, 0.5, -0.5, 1.5, 0.1, 1e-200, 2147483647.5, 4503599627370495.5].map(
    literal,
  ),
  ['0.0', new PyFloat(0)],
  ['2.0', new PyFloat(2)],
  ['4.0', new PyFloat(4)],
  ['1e300', new PyFloat(1e300)],
  ['7L', new PyLong(7)],
  ['9007199254740993', new PyInt(2n ** 53n + 1n)],
  ['True', true],
];

function literal(value: number): [string, Value] {
  return [String(value), value];
}

const operators: [text: string, name: string][] = [
  ['+', 'add'],
  ['-', 'subtract'],
  ['*', 'multiply'],
  ['/', 'divide'],
  ['//', 'floorDivide'],
  ['%', 'modulo'],
  ['&', 'bitAnd'],
  ['|', 'bitOr'],
  ['^', 'bitXor'],
  ['<', 'lessThan'],
  ['<=', 'lessEqual'],
  ['>', 'greaterThan'],
  ['>=', 'greaterEqual'],
  ['==', 'equal'],
];

/** The functions that a program defines by these names. */
function compiled(program: string): PyFunction[] {
  const table = new PyList([]);
  const names = new Set([...builtins.keys(), 'table']);
  const unit = compileModule(parseSafely(`${program}\n`), { file: 'x', closed: true, builtins: names });
  linkClosed(load(unit), new Map<string, Value>([['table', table]])).plain();
  return table.a as PyFunction[];
}

function shown(run: () => Value): string {
  try {
    const value = run();
    if (typeof value === 'number') return Object.is(value, -0) ? 'a raw -0' : `number ${value}`;
    if (value instanceof PyFloat) return Object.is(value.f, -0) ? 'float -0' : `float ${value.f}`;
    if (value instanceof PyLong) return `long ${value.v}`;
    if (value instanceof PyInt) return `int ${value.v}`;
    return String(value);
  } catch (error) {
    if (error instanceof PyInstance) return error.T.name;
    throw error;
  }
}

for (const [operator, name] of operators) {
  t.test(operator, async (t) => {
    const general = runtime[name] as (a: Value, b: Value) => Value;
    const program = [`def f(a, b): return a ${operator} b`, 'table.append(f)'];
    for (const [text] of numbers) {
      program.push(`def f(a): return a ${operator} ${text}`, 'table.append(f)');
      program.push(`def f(a): return ${text} ${operator} a`, 'table.append(f)');
    }
    const [variables, ...literals] = compiled(program.join('\n')) as [PyFunction, ...PyFunction[]];
    for (const [leftText, left] of numbers) {
      for (const [i, [rightText, right]] of numbers.entries()) {
        const expected = shown(() => general(left, right));
        const why = `${leftText} ${operator} ${rightText}`;
        if (shown(() => variables(left, right)) !== expected)
          t.equal(
            shown(() => variables(left, right)),
            expected,
            why,
          );
        const right1 = shown(() => literals[2 * i]!(left));
        if (right1 !== expected) t.equal(right1, expected, `${why}, right literal`);
        const left1 = shown(() => literals[2 * i + 1]!(left));
        const reverse = shown(() => general(right, left));
        if (left1 !== reverse) t.equal(left1, reverse, `${rightText} ${operator} ${leftText}, left literal`);
      }
    }
  });
}

t.test('-', async (t) => {
  const [negative] = compiled('def f(a): return -a\ntable.append(f)') as [PyFunction];
  const negate = runtime.negate as (a: Value) => Value;
  for (const [text, value] of numbers)
    t.equal(
      shown(() => negative(value)),
      shown(() => negate(value)),
      `-(${text})`,
    );
});

t.test('roots and squares', async (t) => {
  const power = runtime.power as (a: Value, b: Value) => Value;
  const exponents: [text: string, value: Value][] = [
    ['0.5', 0.5],
    ['2', 2],
    ['2.0', new PyFloat(2)],
  ];
  for (const [exponent, y] of exponents) {
    // A float literal makes the function one that floats are likely in.
    const [f] = compiled(`def f(a): return a ** ${exponent} or 1.5\ntable.append(f)`) as [PyFunction];
    for (const [text, x] of numbers) {
      const expected = shown(() => power(x, y));
      const zero = /^(number|int|long|float) -?0$/.test(expected);
      t.equal(
        shown(() => f(x)),
        zero ? 'number 1.5' : expected,
        `${text} ** ${exponent}`,
      );
    }
  }
});

/** What `f(a, b)` has to return: the tree of the expression, computed by the runtime one operator at a time. */
function stepwise(e: Expr, values: Readonly<Record<string, Value>>): Value {
  const name: Record<string, string> = { Add: 'add', Sub: 'subtract', Mult: 'multiply', Div: 'divide', Pow: 'power' };
  const call = (text: string, ...parts: Value[]) => (runtime[text] as (...parts: Value[]) => Value)(...parts);
  switch (e.kind) {
    case 'BinOp':
      return call(name[e.op]!, stepwise(e.left, values), stepwise(e.right, values));
    case 'UnaryOp':
      return call('negate', stepwise(e.operand, values));
    case 'Num':
      return e.type === 'float' && Number.isInteger(e.value) ? new PyFloat(e.value) : Number(e.value);
    case 'Name':
      return values[e.id]!;
    default:
      throw new Error(`no ${e.kind} in these expressions`);
  }
}

const trees = [
  'a * b + a',
  'a - b * b',
  '(a - b) * (a + b)',
  'a / b - a',
  'a / (b - a)',
  '(a + b) / (a - b)',
  'a * 0.5 + b * 2',
  '2 * (a - b)',
  'a * 0.0 + -0.0',
  '(a - b) ** 2 + (a + b) ** 2.0',
  'a / b ** 2 * b',
  '(a * a + b * b) ** 0.5',
  '-(a * 0.5) - b',
  'a - (b - (a - 0.25))',
  'a * b / 3.0',
  '3 / (a * b)',
];

t.test('trees of operators on floats', async (t) => {
  for (const text of trees) {
    const [tree, variable, item] = compiled(`def f(a, b): return ${text} or 0.5
table.append(f)
def f(a, b):
  x = 0.5
  x = a
  x = ${text.replaceAll('a', 'x')}
  return x
table.append(f)
def f(a, b):
  p = [a, b, 0.5]
  p[2] = ${text.replaceAll('a', 'p[0]').replaceAll('b', 'p[1]')}
  return p[2]
table.append(f)`) as [PyFunction, PyFunction, PyFunction];
    const { body } = parseSafely(`${text}\n`);
    const e = (body[0] as ExprStmt).value;
    for (const [leftText, a] of numbers) {
      for (const [rightText, b] of numbers) {
        const expected = shown(() => stepwise(e, { a, b }));
        const zero = /^(number|int|long|float) -?0$/.test(expected);
        const why = `${text} of ${leftText} and ${rightText}`;
        for (const [f, wanted] of [
          [tree, zero ? 'number 0.5' : expected] as const,
          [variable, expected] as const,
          [item, expected] as const,
        ]) {
          const got = shown(() => f(a, b));
          if (got !== wanted) t.equal(got, wanted, why);
        }
      }
    }
    t.pass(text);
  }
});
