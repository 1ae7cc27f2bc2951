import t, { type Test } from 'tap';
import { lacks, runGuest } from '../support.js';

/** What the program logs as JSON. */
async function logged(t: Pick<Test, 'equal'>, source: string): Promise<unknown> {
  const { output, end } = await runGuest(source);
  t.equal(end.reason, 'exited', end.report);
  return JSON.parse(output);
}

t.test('code runs with the names of its context, and gives them back', { skip: lacks }, async (t) => {
  const results = await logged(
    t,
    `
    const seen = [];
    const adder = createvirtualnamespace('const sum = a + b; a += 1; var late = await Promise.resolve(sum); function twice() { return 2 * sum; } class C {}', 'adder');
    const context = { a: 1, b: 2, unused: 'kept' };
    const result = await adder.evaluate(context);
    seen.push(result, Object.keys(result).sort(), result.twice(), context);
    seen.push((await adder.evaluate({ a: 'x', b: 'y' })).sum);
    const logger = createvirtualnamespace('written = []; print("in a namespace"); written.push(typeof Math, new RepyException("q").message)', 'logger');
    const lines = [];
    seen.push((await logger.evaluate({ print: (text) => lines.push(text), written: null })).written, lines);
    seen.push((await createvirtualnamespace(new TextEncoder().encode('const text = "\\u{1f600}"'), 'n').evaluate({})).text.codePointAt(0));
    seen.push((await createvirtualnamespace('const x = 1 // a comment at the end', 'n').evaluate({})).x);
    await log(JSON.stringify(seen));
  `,
  );
  t.same(results, [
    { a: 2, b: 2, unused: 'kept', sum: 3, late: 3 },
    ['C', 'a', 'b', 'late', 'sum', 'twice', 'unused'],
    6,
    { a: 1, b: 2, unused: 'kept' },
    'xy',
    ['object', 'q'],
    ['in a namespace'],
    0x1f600,
    1,
  ]);
});

t.test('what is refused, when, and how', { skip: lacks }, async (t) => {
  const messages = await logged(
    t,
    `
    const messages = [];
    const attempt = async (work) => {
      try { await work(); messages.push('nothing'); } catch (error) { messages.push(error.name + ': ' + error.message); }
    };
    await attempt(() => createvirtualnamespace('a'));
    await attempt(() => createvirtualnamespace(3, 'n'));
    await attempt(() => createvirtualnamespace('a', 3));
    await attempt(() => createvirtualnamespace('import "fs"', 'n'));
    await attempt(() => createvirtualnamespace('let x = ;', 'n'));
    await attempt(() => createvirtualnamespace('\\n eval("1")', 'n'));
    await attempt(() => createvirtualnamespace('} escape(); {', 'n'));
    await attempt(() => createvirtualnamespace('return 1', 'n'));
    await attempt(() => createvirtualnamespace('with (a) b', 'n'));
    await attempt(() => createvirtualnamespace('const then = 1', 'n'));
    await attempt(() => createvirtualnamespace('a', 'n').evaluate({ then() {} }));
    const namespace = createvirtualnamespace('log("hidden"); x', 'n');
    await attempt(() => namespace.evaluate());
    await attempt(() => namespace.evaluate(3));
    await attempt(() => namespace.evaluate(null));
    for (const context of [[1], new Uint8Array(1), new Map(), new Set(), () => 1, Promise.resolve()]) await attempt(() => namespace.evaluate(context));
    await attempt(() => namespace.evaluate({}));
    await attempt(() => namespace.evaluate({ log, get x() { return 1; } }));
    await attempt(() => namespace.evaluate({ [Symbol('s')]: 1 }));
    await attempt(() => namespace.evaluate(new Proxy({}, {})));
    await attempt(() => namespace.evaluate.call({}, {}));
    await attempt(() => createvirtualnamespace('throw new TypeError("mine")', 'n').evaluate({}));
    await attempt(() => createvirtualnamespace('process', 'n').evaluate({}));
    await attempt(() => createvirtualnamespace('globalThis', 'n').evaluate({}));
    await log(JSON.stringify(messages));
  `,
  );
  t.match(messages, [
    /^RepyArgumentError: Function 'createvirtualnamespace' takes 2 arguments, not 1/,
    /^RepyArgumentError: Invalid type <type 'number'>/,
    /^RepyArgumentError: Invalid type <type 'number'>/,
    /^CodeUnsafeError: .*in line 1/,
    /^CodeUnsafeError: Syntax error: .*in line 1/,
    /^CodeUnsafeError: Unsafe name 'eval'/,
    /^CodeUnsafeError: Syntax error/,
    /^CodeUnsafeError: /,
    /^CodeUnsafeError: /,
    /^CodeUnsafeError: .*'then'/,
    /^ContextUnsafeError: .*'then'/,
    /^RepyArgumentError: Function 'evaluate' takes 1 arguments, not 0/,
    /^RepyArgumentError: Invalid type <type 'number'>/,
    /^RepyArgumentError: Invalid type <type 'null'>/,
    /^RepyArgumentError: Invalid type <type 'Array'>/,
    /^RepyArgumentError: Invalid type <type 'Uint8Array'>/,
    /^RepyArgumentError: Invalid type <type 'Map'>/,
    /^RepyArgumentError: Invalid type <type 'Set'>/,
    /^RepyArgumentError: Invalid type <type 'Function'>/,
    /^RepyArgumentError: Invalid type <type 'Promise'>/,
    /^ReferenceError: log is not defined/,
    /^ContextUnsafeError: .*'x'/,
    /^ContextUnsafeError: .*Symbol\(s\)/,
    /^RepyArgumentError: Invalid type/,
    /^RepyArgumentError: Invalid type/,
    /^TypeError: mine/,
    /^ReferenceError: process is not defined/,
    /^ReferenceError: globalThis is not defined/,
  ]);
});

t.test('an exception in a namespace is reported under its name', { skip: lacks }, async (t) => {
  const { end } = await runGuest(
    `await createvirtualnamespace('\\n\\nmissing.call()', 'part.js').evaluate({ missing: undefined });`,
  );
  t.match(end, { reason: 'uncaught', report: /"part\.js", line 3, in <module>/ });
});
