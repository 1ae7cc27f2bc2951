/** A program's ends, its reports, its files and its contexts. */
import t from 'tap';
import { runFake } from './fake-host.js';

t.test('ends', async (t) => {
  t.match(runFake('x = 1').ended, { reason: 'exited', exitCode: 0, report: '' });
  t.match(runFake('raise SystemExit(3)').ended, { reason: 'exited', exitCode: 4, report: '' });
  t.match(runFake('import os').ended, { reason: 'unsafe', exitCode: 5 });
  t.match(runFake('x = (').ended, { reason: 'unsafe', exitCode: 5 });
  t.match(runFake('return 1').ended, { reason: 'uncaught', exitCode: 3, report: /SyntaxError/ });
  t.match(runFake('1 / 0').ended, { reason: 'uncaught', exitCode: 6 });
  t.match(runFake('def f(): f()\nf()').ended, { report: /RuntimeError'\): maximum recursion depth exceeded/ });
  t.match(runFake("x = 'a' * (1 << 40)").ended, { report: /MemoryError/ });
  t.match(runFake("x = 'a' * 2000000", { memory: 1_000_000 }).ended, { report: /MemoryError/ });
  t.match(runFake("x = (',' * 900000).split(',')", { memory: 1_000_000 }).ended, { report: /MemoryError/ });
  t.match(runFake("x = ('a' * 900000).split(',')", { memory: 1_000_000 }).ended, { reason: 'exited' });
});

t.test('the report of an uncaught exception is RepyV2\u2019s', async (t) => {
  const host = runFake(
    `def f():
  return g()
def g():
  return 1 + 'a'
log('before')
f()
`,
    { name: 'exc.r2py' },
  );
  const frames = `  "exc.r2py", line 6, in <module>
  "exc.r2py", line 2, in f
  "exc.r2py", line 4, in g
`;
  t.equal(host.output, 'before');
  t.equal(
    host.ended?.report,
    `---
Uncaught exception!
---
Following is a full traceback, and a user traceback.
The user traceback excludes non-user modules. The most recent call is displayed last.

Full debugging traceback:
${frames}
User traceback:
${frames}
Exception (with type 'exceptions.TypeError'): unsupported operand type(s) for +: 'int' and 'str'
---`,
  );
});

t.test('functions have the types that they have in RepyV2', async (t) => {
  const types = (list: string): string => runFake(`log([type(f) for f in (${list})])`).output;
  t.equal(types('type, open, SafeDict'), "[<type 'function'>, <type 'function'>, <type 'function'>]");
  t.equal(types('log, createlock'), "[<type 'instancemethod'>, <type 'instancemethod'>]");
  t.equal(types('len, [].append'), "[<type 'builtin_function_or_method'>, <type 'builtin_function_or_method'>]");
});

t.test('reasons in reports', async (t) => {
  const reason = (source: string): string | undefined => runFake(source).ended!.report.split('\n').at(-2);
  t.equal(reason("class E(Exception): pass\nraise E('x')"), "Exception (with class '.E'): x");
  t.equal(reason('class E: pass\nraise E()')?.replace(/0x\w+/, '0x'), 'Exception (with type .E): <.E instance at 0x>');
  t.equal(reason("open('x')"), `Unsafe call: ("Unsafe call 'open' with args '('x',)', kwargs '{}'",)`);
  t.equal(reason('sleep(-1)'), "Exception (with class 'exception_hierarchy.RepyArgumentError'): Must be non-negative.");
  t.equal(reason('raise KeyboardInterrupt'), "Exception (with type 'exceptions.KeyboardInterrupt'): ");
});

t.test('a report is bounded', async (t) => {
  const host = runFake(`
def f(n): f(n + 1)
try: f(0)
except RuntimeError: log(len(getlasterror()) < 65536)
raise ValueError('x' * 1000000)
`);
  t.equal(host.output, 'True');
  t.ok(host.ended!.report.length < 65536);
});

t.test('getlasterror tells of the exception that is handled, once', async (t) => {
  const host = runFake(`
log(getlasterror())
def f():
  try: 1 / 0
  except ZeroDivisionError: return getlasterror().split('\\n')[-2], getlasterror()
log(f())
`);
  t.equal(
    host.output,
    `None ("Exception (with type 'exceptions.ZeroDivisionError'): integer division or modulo by zero", None)`,
  );
});

t.test('a handle that nobody keeps is closed at once', async (t) => {
  const host = runFake(`
openfile('a', True)
removefile('a')
openfile('b', True).writeat('hello', 0)
log(openfile('b', False).readat(None, 0))
removefile('b')
kept = openfile('c', True)
try: removefile('c')
except FileInUseError, e: log(str(e))
kept.close()
removefile('c')
`);
  t.equal(host.ended?.report, '');
  t.equal(host.output, 'hello Cannot remove file "c" because it is in use!');
  t.equal(host.files.size, 0);
});

t.test('implicit names', async (t) => {
  t.equal(
    runFake('log(callargs, callfunc, mycontext)', { args: ['a', '\u00e9'] }).output,
    "['a', '\\xc3\\xa9'] initialize {}",
  );
});

t.test('contexts', async (t) => {
  const host = runFake(
    `
lib = createvirtualnamespace("""
def double(x): return x * factor
ten = double(5)
""", 'lib')
made = lib.evaluate({'factor': 2})
log(made['ten'], made['double'](4), type(made), '')
made['factor'] = 3
log(made['double'](4), '')
_context['added'] = 1
log(added, _context is lib.evaluate(_context) if_ else None)
`.replace(', _context is lib.evaluate(_context) if_ else None', ''),
  );
  t.equal(host.output, "10 8 <type 'instance'>  12  1");
});

t.test('lines and names of a namespace\u2019s code are in tracebacks', async (t) => {
  const host = runFake(`
code = createvirtualnamespace("def f():\\n  return missing\\n", 'inner')
code.evaluate({})['f']()
`);
  t.match(host.ended!.report, '"test.r2py", line 3, in <module>\n  "inner", line 2, in f\n');
});

t.test('old-style classes are read-only, new-style ones are not', async (t) => {
  const host = runFake(`
class A: x = 1
class B(object): x = 1
B.x = 2
try: A.x = 2
except RuntimeError, e: log(B.x, str(e))
`);
  t.equal(host.output, '2 classes are read-only in restricted mode');
});
