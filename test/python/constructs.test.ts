/** Every verdict in constructs.txt, as RepyV2 itself gave it. */
import t from 'tap';
import { parseSafely } from '../../child-runtime/python/check.js';
import { failureText } from '../../child-runtime/python/reports/unsafe.js';
import { ProgramError } from '../../child-runtime/python/syntax-error.js';
import { fixture, unescapeProgram } from './support/fixtures.js';

/** The texts were recorded inside the check, before its process takes the two header lines off a syntax error's line. */
function asRecorded(error: ProgramError): string {
  if (error.type === 'SyntaxError') return failureText(new ProgramError(error.type, error.text, error.lineno! + 2));
  return failureText(error);
}

function verdict(program: string): string {
  try {
    parseSafely(program);
    return 'ok';
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return `REJECTED ${asRecorded(error).replace(/^<(?:type 'exceptions|class 'exception_hierarchy)\.(\w+)'>/, '$1')}`;
  }
}

t.test('constructs', async (t) => {
  const lines = fixture('constructs.txt')
    .split('\n')
    .filter((line) => line !== '' && line !== 'Terminated');
  for (const line of lines) {
    const [, program, expected] = /^(.*?) +(ok|REJECTED .*)$/.exec(line)!;
    t.equal(verdict(unescapeProgram(program!)), expected, line);
  }
  t.equal(lines.length, 177);
});
