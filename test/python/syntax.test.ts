/** Every recorded program: verdict, message, and line of the check and of the compile stage, and the syntax tree, as CPython 2.7.18 gives them. */
import t from 'tap';
import { parsePython } from '../../child-runtime/python/parser/parse.js';
import { compileErrorMessage, failureText } from '../../child-runtime/python/reports/unsafe.js';
import { checkSafety } from '../../child-runtime/python/safety/check.js';
import { checkCompileStage } from '../../child-runtime/python/safety/compile-stage.js';
import { ProgramError } from '../../child-runtime/python/syntax-error.js';
import { fixture } from './support/fixtures.js';
import { treeList } from './support/tree.js';

interface Recorded {
  readonly s: string;
  /** Type and text of the exception, or null. */
  readonly check: readonly [string, string] | null;
  readonly compile: readonly [string, string] | null;
  readonly ast?: unknown;
}

const module = (type: string) =>
  type.startsWith('Check') ? `<class 'exception_hierarchy.${type}'>` : `<type 'exceptions.${type}'>`;

/** RepyV2 skips the rest of the line behind a module's docstring; ours does not. */
const knownHole = /^\s*(?:"[^"]*"\s*)+;/;

t.test('recorded programs', async (t) => {
  let compared = 0;
  for (const line of fixture('syntax.jsonl').trimEnd().split('\n')) {
    const recorded = JSON.parse(line) as Recorded;
    if (knownHole.test(recorded.s)) continue;
    const label = JSON.stringify(recorded.s);
    const expected = recorded.check === null ? null : `${module(recorded.check[0])} ${recorded.check[1]}`;
    let verdict: string | null = null;
    try {
      const tree = parsePython(recorded.s);
      if (recorded.ast !== undefined) t.strictSame(treeList(tree), recorded.ast, `tree of ${label}`);
      const fault = checkSafety(tree);
      if (fault !== undefined) throw fault;
      const late = checkCompileStage(tree);
      const compiled = late === undefined ? null : [late.type, compileErrorMessage(late, 'prog.r2py')];
      t.strictSame(compiled, recorded.compile, `compile stage of ${label}`);
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      verdict = failureText(error);
    }
    if (verdict !== expected) t.equal(verdict, expected, `verdict on ${label}`);
    compared += 1;
  }
  t.ok(compared > 1400, `${compared} programs compared`);
});

t.test('what follows a docstring on its line is checked', async (t) => {
  const fault = checkSafety(parsePython('"doc"; import os\n'));
  t.equal(fault?.text, "Unsafe call 'Import' in line 1");
});
