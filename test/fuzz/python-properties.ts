/** What must hold of any text that is given to the Python parser, the checks and the compiler. */
import fc from 'fast-check';
import { parseSafely } from '../../child-runtime/python/check.js';
import { compileModule } from '../../child-runtime/python/compiler/compile.js';
import { runtime } from '../../child-runtime/python/core/runtime.js';
// Adds its parts to the runtime.
import '../../child-runtime/python/run.js';
import { parsePython } from '../../child-runtime/python/parser/parse.js';
import { checkSafety } from '../../child-runtime/python/safety/check.js';
import { checkCompileStage } from '../../child-runtime/python/safety/compile-stage.js';
import { ProgramError } from '../../child-runtime/python/syntax-error.js';
import { type TreeList, treeList } from '../python/support/tree.js';
import { javascriptNames, type Names } from './javascript-names.js';
import { brokenPythonProgram, pythonProgram, pythonTokens } from './python-grammar.js';
import { unparse } from './python-unparse.js';

/** The tree without lines and columns. */
function shape(list: TreeList): TreeList {
  if (!Array.isArray(list)) return list;
  const located = typeof list[0] === 'string' && typeof list[1] === 'number' && typeof list[2] === 'number';
  return (located ? [list[0]!, ...list.slice(3)] : list).map(shape);
}

/** Programs of the dialect are accepted, and survive being written out and read again. */
export const survivesUnparsing = fc.property(pythonProgram, (program) => {
  const tree = parseSafely(program);
  checkCompileStage(tree);
  const again = unparse(tree);
  const first = JSON.stringify(shape(treeList(tree)));
  const second = JSON.stringify(shape(treeList(parsePython(again))));
  if (first !== second) throw new Error(`not the same tree from:\n${again}`);
});

/** Any text gets a tree or a `ProgramError` with a line inside the text. */
function answers(program: string): void {
  try {
    const tree = parsePython(program);
    checkSafety(tree);
    checkCompileStage(tree);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const lines = program.split(/\r\n|\r|\n/).length;
    if (error.lineno !== undefined && (error.lineno < 0 || error.lineno > lines))
      throw new Error(`line ${error.lineno} of ${lines}`);
  }
}

export const getsAnswer = {
  'broken programs': fc.property(brokenPythonProgram, answers),
  'tokens in any order': fc.property(pythonTokens, answers),
  'any bytes': fc.property(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    answers,
  ),
};

/** The runtime, constants, codes, attribute names, globals: what `load` hands to the text. */
export const given: readonly string[] = ['R', 'K', 'Q', 'A', 'P'];
/** Neither leads anywhere: `arguments` is only asked for its length. */
const harmless = new Set(['undefined', 'arguments']);

/** Fields of the runtime's values and of its state, and what arrays and iterators (`next`, and `S` where it may suspend) have; `tick` is the scheduler's. */
const fields = new Set('a n v G H I L S exc called length next push plain generator tick'.split(' '));
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

function checkNames(names: Names, text: string): void {
  for (const name of names.free) {
    if (!harmless.has(name)) throw new Error(`reads the variable ${name}:\n${text}`);
  }
  for (const name of names.properties) if (!allowedProperty(name)) throw new Error(`property ${name}:\n${text}`);
  for (const kind of forbiddenKinds) if (names.kinds.has(kind)) throw new Error(`${kind}:\n${text}`);
  if (/\barguments(?!\.length\b)/.test(text.replace(/"(?:[^"\\]|\\.)*"|[\w$]*\$\w+/g, '')))
    throw new Error(`arguments:\n${text}`);
}

const builtins = new Set(['len', 'str', 'range', 'Exception']);

function compilesTo(program: string, closed: boolean): void {
  const module = parseSafely(program);
  if (checkCompileStage(module) !== undefined) return;
  const { text } = compileModule(module, { file: 'p.r2py', closed, builtins });
  checkNames(javascriptNames(text, given), text);
}

/** Compiled programs refer to nothing but the runtime. */
export const refersToRuntime = fc.property(pythonProgram, fc.boolean(), compilesTo);

/** The same for texts that nobody means as programs: what the checks let through compiles to nothing else. */
export const brokenRefersToRuntime = fc.property(brokenPythonProgram, fc.boolean(), (program, closed) => {
  try {
    compilesTo(program, closed);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
  }
});
