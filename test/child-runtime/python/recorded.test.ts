/** Whole programs, functions and built-in calls give what CPython 2.7 gave when they were recorded. */
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { runFake } from './fake-host.js';

const fixtures = new URL('../../../../test/fixtures/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, fixtures), 'latin1');

/** A report of an uncaught exception as the recording script tells it. */
function uncaught(report: string): string {
  const lines = report.split('\n');
  const start = lines.indexOf('User traceback:') + 1;
  const end = lines.indexOf('', start);
  const frames = lines.slice(start, end).map((line) => line.replace(/^.*, line (\d+), in (.*)$/, '  $2:$1\n'));
  const reason = lines
    .slice(end + 1, -1)
    .join('\n')
    .replace(/^Exception \(with (?:type|class) '?[\w.]*?(\w+)'?\)/, '$1');
  return `\nUNCAUGHT ${reason}\n${frames.join('')}`;
}

t.test('programs', async (t) => {
  const folder = 'child-runtime/python/programs/';
  for (const name of readdirSync(new URL(folder, fixtures)).filter((file) => file.endsWith('.r2py'))) {
    const host = runFake(read(folder + name), { name });
    const end = host.ended!;
    const told = end.reason === 'uncaught' ? uncaught(end.report) : end.report;
    t.equal(host.output + told, read(folder + name.replace('.r2py', '.txt')), name);
  }
});

t.test('programs in a thread, where functions run as generators', async (t) => {
  const folder = 'child-runtime/python/programs/';
  for (const name of ['calls', 'classes', 'excs', 'keywords', 'passing', 'raising', 'tried']) {
    const lines = read(`${folder}${name}.r2py`).split('\n');
    const host = runFake(`def program():\n${lines.map((line) => `  ${line}\n`).join('')}\ncreatethread(program)\n`);
    t.equal(host.output, read(`${folder}${name}.txt`).split('\nUNCAUGHT ')[0], name);
  }
});

/** Evaluates `expression` after `before`, and tells its repr() or its exception as the recordings do. */
function answer(before: string, expression: string): string {
  const host = runFake(`${before}
try:
  log(repr(${expression}))
except Exception, e:
  log('EXC ' + str(type(e))[7:-2].split('.')[-1] + ': ' + str(e))
`);
  return host.ended!.reason === 'exited' ? host.output : `[${host.ended!.reason}]`;
}

t.test('functions', async (t) => {
  const recorded = JSON.parse(read('python/ref.json')) as [string, string][];
  t.equal(recorded.length, 404);
  const different = recorded.filter(([program, expected]) => answer(program, 't()') !== expected);
  // As in RepyV2: no conditional expressions, no reduce(), no `.message`.
  t.strictSame(
    different
      .map(([program]) => /.* if 0 else|reduce|\.message/.exec(program)?.[0].replace(/.* (if 0 else)/, '$1'))
      .sort(),
    ['.message', 'if 0 else', 'if 0 else', 'reduce'],
  );
});

t.test('built-in functions', async (t) => {
  for (const line of read('child-runtime/python/builtins.txt').split('\n')) {
    const [expression, expected] = line.split(' => ', 2);
    if (expected !== undefined) t.equal(answer('', expression!), expected, `${expression}`);
  }
});

t.test('expressions inside RepyV2', async (t) => {
  const different: string[] = [];
  let count = 0;
  for (const line of read('python/probe_lang.txt').split('\n')) {
    const [, code, kind, expected] = /^!?(.*?) *=> (value|raises) ?(.*)$/.exec(line) ?? [];
    if (code === undefined) continue;
    count += 1;
    const parts = code.split(' ; ');
    const last = parts.pop()!;
    const host = runFake(`a = [3, 1, 2]
d = {"a": 1}
${parts.join('\n')}
try:
  ${line.startsWith('!') ? `${last}\n  r = None` : `r = ${last}`}
  log("value", repr(r))
except Exception, e:
  log("raises", type(e), str(e) or repr(e.args))
`);
    const bare = (text: string): string => text.replace(/ at 0x[0-9a-f]+/g, '').trim();
    if (bare(host.output) !== bare(`${kind} ${expected}`)) different.push(last);
  }
  t.equal(count, 159);
  // RepyV2's message holds all the globals.
  t.same(different, ['reduce(cmp, [1, 2, 3])', 'reduce(add, [1, 2, 3])']);
});

t.test('the names of built-ins', async (t) => {
  const names = (kind: string): string[] =>
    new RegExp(`^${kind}[^:]*: (.*)$`, 'm')
      .exec(read('python/builtins.txt'))![1]!
      .split(' ')
      .filter((name) => !name.startsWith('__') && name !== 'print');
  const output = (source: string): string => {
    const host = runFake(source);
    return host.output + host.ended!.report;
  };
  for (const name of names('allowed')) t.equal(output(`x = ${name}\nlog('there')`), 'there', name);
  for (const name of names('empty string')) t.equal(output(`log(repr(${name}))`), "''", name);
  for (const name of names('call raises')) {
    const refusal = `("Unsafe call '${name}' with args '(1,)', kwargs '{}'",)`;
    const told = output(`try:\n  ${name}(1)\nexcept Exception, e:\n  log(type(e), e)`);
    t.equal(told, `<class 'exception_hierarchy.RunBuiltinException'> ${refusal}`, name);
  }
  for (const name of names('exported exceptions')) {
    const told = output(`try:\n  raise ${name}('x')\nexcept ${name}, e:\n  log(type(e), e)`);
    t.equal(told, `<class 'exception_hierarchy.${name}'> x`, name);
  }
});
