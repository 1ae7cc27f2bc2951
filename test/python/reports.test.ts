/** RepyV2's texts about programs that do not get to run, as recorded from its command line. */
import t from 'tap';
import { checkPython } from '../../child-runtime/python/check.js';
import { codeUnsafeMessage, compileErrorMessage } from '../../child-runtime/python/reports/unsafe.js';
import { ProgramError, syntaxError } from '../../child-runtime/python/syntax-error.js';

const check = (program: string | Uint8Array) =>
  checkPython(typeof program === 'string' ? Buffer.from(program, 'latin1') : program);

const unsafe = (answer: string) =>
  `Specified repy program is unsafe!\nStatic-code analysis failed with error: Code failed safety check! Error: (${answer},)`;

t.test('report of an unsafe program', async (t) => {
  t.same(check('x = 1\n'), { safe: true });
  t.same(check('import os\n'), {
    safe: false,
    report: unsafe(`'<class \\'exception_hierarchy.CheckNodeException\\'> ("Unsafe call \\'Import\\' in line 1",)'`),
  });
  t.same(check('x = 1\nx = = 2\n'), {
    safe: false,
    report: unsafe(`"<type 'exceptions.SyntaxError'> invalid syntax (line 2)"`),
  });
  t.same(check("x = u'a'"), {
    safe: false,
    report: unsafe(
      `'<class \\'exception_hierarchy.CheckStrException\\'> ("Unsafe string \\'a\\' in line 1, node attribute \\'value\\'",)'`,
    ),
  });
});

t.test('bytes that are no text', async (t) => {
  t.same(check(Uint8Array.of(0x78, 0x00)), {
    safe: false,
    report: unsafe(`"<type 'exceptions.TypeError'> suite() argument 1 must be string without null bytes, not str"`),
  });
  t.same(check(Uint8Array.of(0xef, 0xbb, 0xbf, 0x78)), {
    safe: false,
    report: unsafe(`"<type 'exceptions.SyntaxError'> invalid syntax (line 1)"`),
  });
  t.same(check("x = '\xe9\xff'"), { safe: true });
});

t.test('a name as long as the program does not make a long report', async (t) => {
  const verdict = check(`__${'x'.repeat(200_000)} = 1`);
  t.notOk(verdict.safe);
  if (!verdict.safe) t.ok(verdict.report.length < 17_000);
});

t.test('messages of exceptions', async (t) => {
  t.equal(
    codeUnsafeMessage(syntaxError('invalid syntax', 1)),
    `Code failed safety check! Error: ("<type 'exceptions.SyntaxError'> invalid syntax (line 1)",)`,
  );
  t.equal(
    codeUnsafeMessage(syntaxError("can't assign to literal")),
    `Code failed safety check! Error: ("<type 'exceptions.SyntaxError'> can't assign to literal",)`,
  );
  t.equal(
    codeUnsafeMessage(new ProgramError('MemoryError', '')),
    `Code failed safety check! Error: ("<type 'exceptions.MemoryError'> ",)`,
  );
  t.equal(
    compileErrorMessage(syntaxError("'return' outside function", 1), 'dir/p.r2py'),
    "'return' outside function (p.r2py, line 3)",
  );
});
