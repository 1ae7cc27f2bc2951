/** Deep and long programs: the same depth is refused as in RepyV2, nothing overflows our own stack, and time stays linear. */
import t from 'tap';
import { parseSafely } from '../../child-runtime/python/check.js';
import { checkCompileStage } from '../../child-runtime/python/safety/compile-stage.js';
import { ProgramError } from '../../child-runtime/python/syntax-error.js';

/** `undefined` for a safe program, else the type of the exception. */
function fault(program: string): string | undefined {
  try {
    return checkCompileStage(parseSafely(program))?.type;
  } catch (error) {
    if (error instanceof ProgramError) return error.type;
    throw error;
  }
}

const around = (open: string, close: string, depth: number) => `x = ${open.repeat(depth)}1${close.repeat(depth)}`;
const indented = (line: string, depth: number) =>
  `${Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}${line}\n`).join('')}${' '.repeat(depth)}pass\n`;

/** Recorded: the last depth that RepyV2 accepts, what it says to one more, and from which depth on CPython's parser gives up. */
const cases: [name: string, program: (depth: number) => string, last: number, error: string, parser?: number][] = [
  ['parentheses', (n) => around('(', ')', n), 30, 'RuntimeError', 99],
  ['lists', (n) => around('[', ']', n), 32, 'RuntimeError', 99],
  ['dicts', (n) => around('{1:', '}', n), 32, 'RuntimeError', 99],
  ['calls', (n) => around('f(', ')', n), 34, 'RuntimeError', 93],
  ['subscripts', (n) => around('f[', ']', n), 34, 'RuntimeError', 93],
  ['slices', (n) => around('f[:', ']', n), 34, 'RuntimeError', 93],
  ['powers', (n) => around('1**', '', n), 317, 'RuntimeError', 741],
  ['not', (n) => around('not ', '', n), 476, 'RuntimeError'],
  ['minus', (n) => around('-', '', n), 952, 'RuntimeError'],
  ['parenthesized targets', (n) => `${'('.repeat(n)}a${')'.repeat(n)} = 1`, 98, 'MemoryError', 99],
  ['parameters', (n) => `def f(${'('.repeat(n)}a${')'.repeat(n)}): pass`, 492, 'RuntimeError', 747],
  ['sums', (n) => around('1+', '', n), 992, 'RuntimeError'],
  ['products', (n) => around('1*', '', n), 992, 'RuntimeError'],
  ['attributes', (n) => `x${'.y'.repeat(n)}`, 992, 'RuntimeError'],
  ['chained calls', (n) => `x${'()'.repeat(n)}`, 992, 'RuntimeError'],
  ['chained subscripts', (n) => `x${'[0]'.repeat(n)}`, 991, 'RuntimeError'],
  ['if', (n) => indented('if x:', n), 99, 'IndentationError'],
  ['def', (n) => indented('def f():', n), 99, 'IndentationError'],
  ['loops', (n) => indented('while x:', n), 20, 'SystemError'],
];

t.test('depth', async (t) => {
  for (const [name, program, last, error, parser] of cases) {
    t.equal(fault(program(last)), undefined, `${last} levels of ${name}`);
    t.equal(fault(program(last + 1)), error, `${last + 1} levels of ${name}`);
    if (parser !== undefined) t.equal(fault(program(parser)), 'MemoryError', `${parser} levels of ${name}`);
    t.ok(fault(program(2000)) !== undefined, `2000 levels of ${name}`);
  }
});

t.test('depth far beyond', async (t) => {
  for (const token of [
    '(',
    '[',
    '{1:',
    'f(',
    'f[',
    '`',
    '-',
    'not ',
    '1**',
    '1+',
    'lambda: ',
    'x if y else ',
    '[x for x in ',
    'x.',
  ]) {
    t.ok(fault(`x = ${token.repeat(100_000)}`) !== undefined, token);
  }
});

t.test('what may be long, but not deep', async (t) => {
  for (const [name, program] of [
    ['elif', `if x: pass\n${'elif x: pass\n'.repeat(50_000)}`],
    ['and', `x = ${'y and '.repeat(50_000)}y`],
    ['comparisons', `x = ${'y < '.repeat(50_000)}y`],
    ['strings', `x = ${'"a" '.repeat(50_000)}`],
    ['targets', `${'x = '.repeat(50_000)}1`],
    ['statements', 'x = 1; '.repeat(50_000)],
    ['parameters with defaults', `def f(${'a, '.repeat(200)}b=1): pass`.replace(/a/g, () => `a${counter++}`)],
    ['handlers', `try: pass\n${'except A: pass\n'.repeat(20_000)}`],
  ] as const) {
    t.equal(fault(program), undefined, name);
  }
  t.equal(fault(`x = ${'y | '.repeat(50_000)}y`), 'RuntimeError', 'a chain of | is held to the bound on depth');
});
let counter = 0;

/** Milliseconds of the faster of two runs. */
function time(action: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 2; run += 1) {
    const start = process.cpuUsage();
    action();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

t.test('time is linear in the size of the program', async (t) => {
  const shapes: [string, (n: number) => string][] = [
    ['a list literal', (n) => `x = [${'123, '.repeat(n)}]`],
    ['a string literal', (n) => `x = """${'abc\\n\n'.repeat(n)}"""`],
    ['adjacent strings', (n) => `x = (${'"ab" '.repeat(n)})`],
    ['lines', (n) => 'x = f(y, 1)\n'.repeat(n)],
    ['nested indentation', (n) => `${indented('if x:', 50)}\n`.repeat(n / 100)],
    ['comments', (n) => '# tabsize\n'.repeat(n)],
    ['elif', (n) => `if x: pass\n${'elif y: pass\n'.repeat(n)}`],
    ['keyword arguments', (n) => `f(${Array.from({ length: n }, (_, i) => `a${i}=1`).join(',')})`],
  ];
  for (const [name, program] of shapes) {
    const small = program(5_000);
    const large = program(80_000);
    const ratio =
      time(() => fault(large)) /
      Math.max(
        1,
        time(() => fault(small)),
      );
    // Garbage collection makes each byte of the large one up to twice as dear (measured 11 to 45 in all). Quadratic would be 256.
    t.ok(ratio < 80, `${name}: 16 times the size takes ${ratio.toFixed(1)} times the CPU time`);
  }
});
