/** Arguments survive the way through one command line, whatever is in them. */
import fc from 'fast-check';
import t from 'tap';
import { environmentBlock, quoteArguments } from '../../../supervisor/platform/windows/command-line.js';

/**
 * Takes a command line apart as the C runtime does. Source: Microsoft, "Parsing C++ command-line arguments": 2n backslashes and a quotation
 * mark are n backslashes and a change of mode; 2n+1 are n backslashes and the mark itself; blanks outside of quotation marks part.
 */
function parse(line: string): string[] {
  const args: string[] = [];
  let current: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; ) {
    const [, backslashes = '', mark = ''] = /^(\\*)("?)/.exec(line.slice(at))!;
    if (mark === '"') {
      current = (current ?? '') + '\\'.repeat(Math.floor(backslashes.length / 2));
      if (backslashes.length % 2 === 1) current += '"';
      else quoted = !quoted;
      at += backslashes.length + 1;
    } else if (backslashes !== '') {
      current = (current ?? '') + backslashes;
      at += backslashes.length;
    } else if (!quoted && /[ \t]/.test(line[at]!)) {
      if (current !== undefined) args.push(current);
      current = undefined;
      at += 1;
    } else {
      current = (current ?? '') + line[at++];
    }
  }
  return current === undefined ? args : [...args, current];
}

const argument = fc.oneof(
  fc.string({ unit: fc.constantFrom('\\', '"', ' ', '\t', 'a', '%', '^', '&') }),
  fc.string().map((text) => text.replaceAll('\0', '')),
);

t.test('any arguments', async () => {
  fc.assert(
    fc.property(fc.array(argument), (args) => {
      // The first is the program's path, for which other rules hold; a path has no quotation mark.
      const [, ...read] = parse(`engine.exe ${quoteArguments(args)}`);
      return JSON.stringify(read) === JSON.stringify(args);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

t.test('by hand', async (t) => {
  t.equal(quoteArguments(['a', '', 'b c', 'd\\', 'e f\\', '"', '\\"']), 'a "" "b c" d\\ "e f\\\\" "\\"" "\\\\\\""');
  t.throws(() => quoteArguments(['a\0b']), /NUL/);
});

t.test('environments', async (t) => {
  const block = environmentBlock({ b: '2', A: '1', SystemRoot: 'C:\\W' }).toString('utf16le');
  t.equal(block, 'A=1\0b=2\0SystemRoot=C:\\W\0\0');
  t.equal(environmentBlock({}).toString('utf16le'), '\0\0');
  t.throws(() => environmentBlock({ 'a=b': '' }), TypeError);
  t.throws(() => environmentBlock({ a: 'b\0c=d' }), TypeError);
});
