import t from 'tap';
import { check, checkProgram } from '../../../child-runtime/javascript/check.js';
import type { Language } from '../../../protocol/messages.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const report = (text: string, language: Language = 'javascript'): string | undefined => {
  const verdict = check({ source: bytes(text), language });
  return verdict.safe ? undefined : verdict.report;
};

const safe: readonly string[] = [
  '',
  '// nothing',
  '"use strict"; log(1)',
  'await log("top-level await")',
  'for await (const x of []) log(x)',
  'label: for (;;) { break label; }',
  'function f(a, { b, ...c }, [d = 1] = [], ...e) { return arguments.length + a + b + c + d + e; } f()',
  'class A extends Array { #p = 1; static #q; static { this.r = 2; } get x() { return this.#p; } has(o) { return #p in o; } new() { return new.target; } }',
  'const o = { a: 1, ["b" + 1]: 2, get c() { return 3; }, async *d() { yield 1; }, __proto__: null, eval: 1, process: 2 };',
  'log(callargs, mycontext, getruntime(), undefined, NaN, Infinity)',
  'try { null.x } catch { } finally { }',
  'try { } catch ({ message }) { log(message) }',
  'a?.b?.[0] ?? c?.(); var a, c;',
  'x = 1; var x;',
  'f(); function f() { g(); function g() {} }',
  'let n = 5; while (n --> 0) log(n);',
  'log("<!-- not a comment -->", `<!-- \u0024{1} -->`, /<!-- -->/)',
  '/* <!-- */ // -->\nlog(1)',
  'log(/[/]<!--/.test("x"))',
  'const re = /(?<year>\\d{4})-\\p{L}/u; log(re)',
  'const v = /[\\p{L}--[a-z]]/v; log(v)',
  'switch (1) { case 1: let y = 2; log(y); }',
  'log(typeof log, void 0, delete {}.x, 1n ** 2n, 1_000, 0b11, 0o17, 0xff)',
  '\ufefflog(1)',
  'log`tagged \u0024{1}`',
  'new (class { constructor() { log(new.target) } })()',
  'const async = 1, of = 2, get = 3, from = 4; log(async, of, get, from)',
  'function evalish() { const Function2 = 1; return Function2 } evalish()',
  '(process) => process',
  'function f(require) { return require("fs") } f(log)',
  'import_(); function import_() {}',
  'log(this)',
];

t.test('programs that may run', async (t) => {
  for (const text of safe) t.equal(report(text), undefined, text);
});

const unsafe: ReadonlyArray<readonly [text: string, report: string]> = [
  ['import fs from "fs"', "Unsafe construct 'import' in line 1"],
  ['\nimport "fs"', "Unsafe construct 'import' in line 2"],
  ['log(1);\n\nimport("fs")', "Unsafe construct 'dynamic import' in line 3"],
  ['const f = () => import("fs")', "Unsafe construct 'dynamic import' in line 1"],
  ['export const a = 1', "Unsafe construct 'export' in line 1"],
  ['export default 1', "Unsafe construct 'export' in line 1"],
  ['export * from "x"', "Unsafe construct 'export' in line 1"],
  ['log(import.meta.url)', "Unsafe construct 'import.meta' in line 1"],
  ['debugger', "Unsafe construct 'debugger' in line 1"],
  ['if (1) {\r\n debugger }', "Unsafe construct 'debugger' in line 2"],
  ['eval("1")', "Unsafe name 'eval' in line 1"],
  ['(0, eval)("1")', "Unsafe name 'eval' in line 1"],
  ['new Function("return 1")()', "Unsafe name 'Function' in line 1"],
  ['log(globalThis)', "Unsafe name 'globalThis' in line 1"],
  ['\n\u2028log(process)', "Unsafe name 'process' in line 3"],
  ['require("fs")', "Unsafe name 'require' in line 1"],
  ['typeof window', "Unsafe name 'window' in line 1"],
  ['({ process })', "Unsafe name 'process' in line 1"],
  ['({ a: process })', "Unsafe name 'process' in line 1"],
  ['({ [process]: 1 })', "Unsafe name 'process' in line 1"],
  ['class A extends process {}', "Unsafe name 'process' in line 1"],
  ['class A { [process]() {} }', "Unsafe name 'process' in line 1"],
  ['class A { x = process }', "Unsafe name 'process' in line 1"],
  ['class A { static { process } }', "Unsafe name 'process' in line 1"],
  ['`\u0024{process}`', "Unsafe name 'process' in line 1"],
  ['process`x`', "Unsafe name 'process' in line 1"],
  ['process = 1', "Unsafe name 'process' in line 1"],
  ['[process] = [1]', "Unsafe name 'process' in line 1"],
  ['({ a: process } = {})', "Unsafe name 'process' in line 1"],
  ['for (process of []);', "Unsafe name 'process' in line 1"],
  ['for (const x of process);', "Unsafe name 'process' in line 1"],
  ['process++', "Unsafe name 'process' in line 1"],
  ['a: { process }', "Unsafe name 'process' in line 1"],
  ['process: for (;;) process', "Unsafe name 'process' in line 1"],
  ['{ let process } process', "Unsafe name 'process' in line 1"],
  ['{ function process() {} } process()', "Unsafe name 'process' in line 1"],
  ['for (let process = 1; 0;); process', "Unsafe name 'process' in line 1"],
  ['try {} catch (process) {} process', "Unsafe name 'process' in line 1"],
  ['(function process() {}); process()', "Unsafe name 'process' in line 1"],
  ['(class process {}); process', "Unsafe name 'process' in line 1"],
  ['function f(a = process) { var process }', "Unsafe name 'process' in line 1"],
  ['class A { static { var process } x = process }', "Unsafe name 'process' in line 1"],
  ['switch (process) { case 1: let process }', "Unsafe name 'process' in line 1"],
  ['function f() { var process } process', "Unsafe name 'process' in line 1"],
  ['arguments', "Unsafe name 'arguments' in line 1"],
  ['(() => arguments)()', "Unsafe name 'arguments' in line 1"],
  ['WebAssembly', "Unsafe name 'WebAssembly' in line 1"],
  ['new SharedArrayBuffer(1)', "Unsafe name 'SharedArrayBuffer' in line 1"],
  ['new WeakRef({})', "Unsafe name 'WeakRef' in line 1"],
  ['Intl.DateTimeFormat()', "Unsafe name 'Intl' in line 1"],
  ['proc\\u0065ss.exit()', "Unsafe name 'process' in line 1"],
  ['InternalRepyError', "Unsafe name 'InternalRepyError' in line 1"],
  ['__proto__', "Unsafe name '__proto__' in line 1"],
];

t.test('programs that may not, with the construct or name and its line', async (t) => {
  for (const [text, expected] of unsafe) t.equal(report(text), expected, text);
});

/** Texts that acorn and V8, module and function body, could read in two ways; and plain mistakes. */
const syntax: readonly string[] = [
  'let x = ;',
  'with (Math) log(PI)',
  'return 1',
  'new.target',
  'await = 1',
  'function f() { await 1 }',
  'function f() { var await }',
  'async (x = await 1) => x',
  'class C { x = await 1 }',
  'class C { static { await 1 } }',
  'yield = 1',
  'let let = 1',
  'var static',
  'implements = 1',
  'eval = 1',
  'arguments = 1',
  'function eval() {}',
  'function f(a, a) {}',
  '(a, a) => 1',
  'function f(a = 1) { "use strict" }',
  '010',
  '08',
  '"\\01"',
  '"\\8"',
  'delete x; var x',
  'if (1) function f() {}',
  'l: function f() {}',
  'for (var i = 0 in {});',
  '#!/usr/bin/env node\nlog(1)',
  '/(?<a>.)(?<a>.)/',
  '/a/gg',
  '/[/u',
  '/(?i-i:a)/',
  'super.x',
  'import defer * as x from "y"',
  'import source x from "y"',
  'using x = null',
  'await using x = null',
  '@dec class A {}',
  'a |> b',
  '%DebugPrint(1)',
  '}); log(1); (function () {',
  '} log(1); async () => {',
  '"unclosed',
  '`unclosed',
  '/* unclosed',
  'let a; let a',
  'let a; var a',
  'break',
  '({ __proto__: 1, __proto__: 2 })',
  'a?.b = 1; var a',
  '1++',
  'async () => { for await (x in y); }',
  '\\u{110000}',
  '"\\u{110000}"',
];

t.test('what is no syntax, or none that both sides read alike, is refused', async (t) => {
  for (const text of syntax) t.match(report(text), /^Syntax error: .+ in line \d+$/, text);
});

t.test('HTML-like comments are refused, wherever a script would see one', async (t) => {
  for (const text of [
    'x <!-- y\nvar x, y',
    '<!-- hidden',
    'log(1) <!--\n',
    '--> hidden',
    '\n--> hidden',
    '/* a */ --> hidden',
    'log(1)\n/* a */ --> hidden',
    'let n = 1; n\n--> 0',
    'let n = 1; n/*\n*/--> 0',
    'let n = 1; n\u2028--> 0',
    '  \t--> 0',
  ]) {
    t.match(report(text), /^(Unsafe construct 'HTML comment'|Syntax error: .*) in line \d+$/, escape(text));
  }
});

t.test('deep nesting is a verdict, not a crash, and wide programs are fine', async (t) => {
  const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
  for (const depth of [600, 5_000, 200_000]) {
    for (const [open, close] of [
      ['[', ']'],
      ['(', ')'],
      ['{', '}'],
      ['-', '1'],
      ['a=>', '1'],
      ['if(1)', ';'],
      ['`\u0024{', '}`'],
      ['new ', 'a'],
      ['({a:', '})'],
      ['function f(){', '}'],
      ['class A{static{', '}}'],
      ['[a=', ']'],
      ['1+', '1'],
      ['l:', ';'],
    ] as const) {
      const verdict = report(deep(open, close, depth));
      t.match(verdict, /too deeply nested|^Syntax error/, `${open} ${depth}`);
    }
  }
  t.equal(report(deep('[', ']', 300)), undefined);
  t.equal(report(`log([${'1,'.repeat(500_000)}1])`), undefined);
  t.equal(report('log(1);\n'.repeat(50_000)), undefined);
});

t.test('the names are found once each, sorted', async (t) => {
  const { names, text } = checkProgram({
    source: bytes('log(Math.PI, Math.E, JSON); let Array'),
    language: 'javascript',
  });
  t.same(names, ['JSON', 'Math', 'log']);
  t.equal(text, 'log(Math.PI, Math.E, JSON); let Array');
});

t.test('bytes that are no UTF-8 are no crash', async (t) => {
  t.equal(check({ source: Uint8Array.of(0x22, 0xff, 0xc0, 0x22), language: 'javascript' }).safe, true);
  t.equal(check({ source: Uint8Array.of(0, 1, 2), language: 'javascript' }).safe, false);
});

t.test('TypeScript: types go, lines stay, the rest is checked as JavaScript', async (t) => {
  const typed = 'interface A {\n  b: string;\n}\nconst a: A = { b: "c" } as A;\nlog(a!.b satisfies string);\n';
  const { text } = checkProgram({ source: bytes(typed), language: 'typescript' });
  t.equal(text.split('\n').length, typed.split('\n').length);
  t.match(text.split('\n')[4], /^log\(a\.b/);
  for (const [source, expected] of [
    ['type T = number;\nprocess.exit()', "Unsafe name 'process' in line 2"],
    ['import type { A } from "a";\nimport fs from "fs";', "Unsafe construct 'import' in line 2"],
    ['import fs = require("fs");', undefined],
    ['export type A = 1;\nexport const b: A = 1;', "Unsafe construct 'export' in line 2"],
    ['let x: number = ;', undefined],
    ['const a = <T,>(x: T): T => x;\nimport("fs");', "Unsafe construct 'dynamic import' in line 2"],
    // Code in a namespace would be dropped like a type; where it is declared alone, there is none.
    ['enum E { A, B }\nnamespace N { export const x = 1 }\nlog(N.x)', "Unsafe construct 'namespace' in line 2"],
    ["log(1);\n\nmodule A.B.C { log('lost'); }", "Unsafe construct 'namespace' in line 3"],
    ['namespace N { namespace M {} }', "Unsafe construct 'namespace' in line 1"],
    [
      'declare namespace N { namespace M { const x: number } }\ndeclare module "m" { }\ndeclare global { }\nlog(1)',
      'safe',
    ],
    ['declare namespace N { }\nnamespace M { log(1) }', "Unsafe construct 'namespace' in line 2"],
    [
      'interface module { namespace: module }\ntype namespace = { module: 1 };\nlet x: namespace | module = { module: 1 };\nx',
      'safe',
    ],
    ['let module = 1, namespace = { module };\nlog(module, namespace) /* namespace N { */', 'safe'],
    ['const namespace = 1\n{ log(namespace) }', 'safe'],
    ['abstract class A { constructor(private readonly x: number) {} abstract f(): void }\nlog(A)', 'safe'],
    ['enum E { A, B = 5 }\nlog(E.B, E[5])', 'safe'],
    ['function f(this: Date, x?: number): asserts x is number {}\nf', 'safe'],
    ['declare const secret: string;\nlog(1)', 'safe'],
    ['declare const process: any;\nprocess.exit()', "Unsafe name 'process' in line 2"],
  ] as const) {
    const verdict = report(source, 'typescript');
    if (expected === 'safe') t.equal(verdict, undefined, source);
    else if (expected === undefined) t.ok(verdict, source);
    else t.equal(verdict, expected, source);
  }
  t.match(report('['.repeat(100_000), 'typescript'), /too deeply nested|Syntax error/);
});
