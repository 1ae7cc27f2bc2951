/**
 * Generated programs against the parser and the checks. Seeded and bounded; `FUZZ_RUNS` and `FUZZ_SEED` widen the search by hand.
 */
import fc from 'fast-check';
import t from 'tap';
import { parseSafely } from '../../child-runtime/python/check.js';
import { parsePython } from '../../child-runtime/python/parser/parse.js';
import { checkSafety } from '../../child-runtime/python/safety/check.js';
import { checkCompileStage } from '../../child-runtime/python/safety/compile-stage.js';
import { ProgramError } from '../../child-runtime/python/syntax-error.js';
import { type TreeList, treeList } from '../python/support/tree.js';
import { brokenPythonProgram, pythonProgram, pythonTokens } from './python-grammar.js';
import { unparse } from './python-unparse.js';

const parameters = { numRuns: Number(process.env.FUZZ_RUNS ?? 300), seed: Number(process.env.FUZZ_SEED ?? 27) };

/** The tree without lines and columns. */
function shape(list: TreeList): TreeList {
  if (!Array.isArray(list)) return list;
  const located = typeof list[0] === 'string' && typeof list[1] === 'number' && typeof list[2] === 'number';
  return (located ? [list[0]!, ...list.slice(3)] : list).map(shape);
}

t.test('programs of the dialect are accepted, and survive being written out and read again', async () => {
  fc.assert(
    fc.property(pythonProgram, (program) => {
      const tree = parseSafely(program);
      checkCompileStage(tree);
      const again = unparse(tree);
      const first = JSON.stringify(shape(treeList(tree)));
      const second = JSON.stringify(shape(treeList(parsePython(again))));
      if (first !== second) throw new Error(`not the same tree from:\n${again}`);
    }),
    parameters,
  );
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

for (const [name, programs] of [
  ['broken programs', brokenPythonProgram],
  ['tokens in any order', pythonTokens],
  ['any bytes', fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1'))],
] as const) {
  t.test(`${name} get an answer`, async () => {
    fc.assert(fc.property(programs, answers), { ...parameters, numRuns: parameters.numRuns * 3 });
  });
}
