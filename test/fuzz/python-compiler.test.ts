/**
 * Generated programs against the compiler: it never fails, and what it writes refers to nothing but the runtime object, its own
 * constants and its own variables. Seeded and bounded; `FUZZ_RUNS` and `FUZZ_SEED` widen the search by hand.
 */
import fc from 'fast-check';
import t from 'tap';
import { parseSafely } from '../../child-runtime/python/check.js';
import { compileModule } from '../../child-runtime/python/compiler/compile.js';
import { runtime } from '../../child-runtime/python/core/runtime.js';
// Adds its parts to the runtime.
import '../../child-runtime/python/run.js';
import { checkCompileStage } from '../../child-runtime/python/safety/compile-stage.js';
import { javascriptNames, type Names } from './javascript-names.js';
import { pythonProgram } from './python-grammar.js';

const parameters = { numRuns: Number(process.env.FUZZ_RUNS ?? 200), seed: Number(process.env.FUZZ_SEED ?? 27) };

/** The runtime, constants, codes, attribute names, globals: what `load` hands to the text. */
const given = ['R', 'K', 'Q', 'A', 'P'];
/** Neither leads anywhere: `arguments` is only asked for its length. */
const harmless = new Set(['undefined', 'arguments']);

/** Fields of the runtime's values and of its state, and what arrays and iterators (`next`, and `S` where it may suspend) have; `tick` is the scheduler's. */
const fields = new Set('a n v G H I L S exc length next push plain generator tick'.split(' '));
const allowedProperty = (name: string): boolean =>
  /^m?\$/.test(name) || fields.has(name) || Object.hasOwn(runtime, name);

/** Syntax that a compiled program has no use for and that reaches beyond the text. */
const forbiddenKinds = [
  'ThisExpression',
  'ImportExpression',
  'MetaProperty',
  'WithStatement',
  'TaggedTemplateExpression',
  'Super',
];

function check(names: Names, text: string): void {
  for (const name of names.free) {
    if (!harmless.has(name)) throw new Error(`reads the variable ${name}:\n${text}`);
  }
  for (const name of names.properties) if (!allowedProperty(name)) throw new Error(`property ${name}:\n${text}`);
  for (const kind of forbiddenKinds) if (names.kinds.has(kind)) throw new Error(`${kind}:\n${text}`);
  if (/\barguments(?!\.length\b)/.test(text.replace(/"(?:[^"\\]|\\.)*"|[\w$]*\$\w+/g, '')))
    throw new Error(`arguments:\n${text}`);
}

t.test('compiled programs refer to nothing but the runtime', async () => {
  const builtins = new Set(['len', 'str', 'range', 'Exception']);
  fc.assert(
    fc.property(pythonProgram, fc.boolean(), (program, closed) => {
      const module = parseSafely(program);
      if (checkCompileStage(module) !== undefined) return;
      const { text } = compileModule(module, { file: 'p.r2py', closed, builtins });
      check(javascriptNames(text, given), text);
    }),
    parameters,
  );
});

t.test('the analysis sees what it should', async (t) => {
  const names = javascriptNames(
    'const {a:b}=R;for(const c of b){try{d(c.e,this[f])}catch(g){g}}function h(i){return j=>i+j+k}',
    given,
  );
  t.same([...names.free].sort(), ['d', 'f', 'k']);
  t.same([...names.properties].sort(), ['a', 'e']);
  t.ok(names.kinds.has('ThisExpression') && names.kinds.has('MemberExpression[]'));
});
