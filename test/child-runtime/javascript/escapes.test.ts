import t from 'tap';
import { permittedNames } from '../../../child-runtime/javascript/names.js';
import { lacks, runGuest, runGuests } from '../support.js';

/** Each is an expression that must throw, or give what its right side says. */
const attempts: ReadonlyArray<readonly [expression: string, result: RegExp]> = [
  // Ways to a function constructor.
  ['(() => {}).constructor("return this")()', /^TypeError/],
  ['(async () => {}).constructor("return 1")()', /^TypeError/],
  ['(function* () {}).constructor("yield 1")()', /^TypeError/],
  ['(async function* () {}).constructor("yield 1")()', /^TypeError/],
  ['Object.getPrototypeOf(async function* () {}).constructor("")', /^TypeError/],
  ['log.constructor("return 1")', /^TypeError/],
  ['Reflect.construct(log.constructor, ["return 1"])', /^TypeError/],
  ['new (class extends log.constructor {})("return 1")', /^TypeError/],
  ['Reflect.construct(Object, [], log.constructor).constructor("return 1")', /^(TypeError|object)/],
  ['new Proxy(log.constructor, {})("return 1")', /^TypeError/],
  ['[].constructor.constructor("return 1")', /^TypeError/],
  ['Error.constructor("return 1")', /^TypeError/],
  ['(class {}).constructor("return 1")', /^TypeError/],
  ['log.bind().constructor("return 1")', /^TypeError/],
  // Ways to the global object.
  ['this', /^undefined/],
  ['(function () { return this })()', /^undefined/],
  ['(() => this)()', /^undefined/],
  ['(0, function () { return this })()', /^undefined/],
  ['[function () { return this }][0].call()', /^undefined/],
  ['Reflect.apply(function () { return this }, undefined, [])', /^undefined/],
  ['[1].map(function () { return this })[0]', /^undefined/],
  ['new Promise(function () { got = this }) && got', /^undefined/],
  ['Array.from([1], function () { return this })[0]', /^undefined/],
  ['({ get x() { return this } }).x === undefined', /^false/],
  ['"x".replace("x", function () { got = this; return "" }), got', /^undefined/],
  ['JSON.parse("1", function () { return this === undefined })', /^false/],
  ['(function f() { return f.caller })()', /^undefined/],
  ['(function () { return arguments.callee })()', /^TypeError/],
  ['log.caller', /^undefined/],
  ['log.arguments', /^undefined/],
  // Stack traces.
  ['Error.prepareStackTrace = (e, sites) => sites, Array.isArray(new Error("x").stack)', /^false/],
  ['Error.stackTraceLimit = 1000, Error.stackTraceLimit', /^undefined/],
  ['(Error.captureStackTrace(got = {}), got.stack)', /^$/],
  ['Object.getOwnPropertyDescriptor(new Error("x"), "stack").get.call({})', /^undefined/],
  ['/node:|file:|dist|child-runtime/.test(new Error("x").stack)', /^false/],
  ['(() => { try { null.x } catch (e) { return /node:|file:/.test(e.stack) } })()', /^false/],
  ['(() => { const f = () => f(); try { f() } catch (e) { return /node:|file:/.test(e.stack) } })()', /^false/],
  // What is shared can't be changed.
  ['Object.prototype.polluted = 1', /^TypeError/],
  ['Array.prototype.push = 1', /^TypeError/],
  ['Object.defineProperty(Promise.prototype, "then", { value: 1 })', /^TypeError/],
  ['Object.setPrototypeOf(Array.prototype, {})', /^TypeError/],
  ['delete Map.prototype.get', /^TypeError/],
  ['log.x = 1', /^TypeError/],
  ['console.log = 1', /^TypeError/],
  ['Math.random = () => 4', /^TypeError/],
  ['RepyException.prototype.name = 1', /^TypeError/],
  ['Object.getPrototypeOf((function* () {})()).next = 1', /^TypeError/],
  ['Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())).next = 1', /^TypeError/],
  ['Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)).next = 1', /^TypeError/],
  ['Error.prototype.message = "x"', /^TypeError/],
  // Powers that were removed.
  ['new Date().constructor.now()', /^(TypeError|NaN)/],
  ['RegExp.$1', /^undefined/],
  ['/(a)/.exec("a") && RegExp.lastMatch', /^undefined/],
  ['typeof Object.getOwnPropertyDescriptor(Object.prototype, "__proto__").set', /^function/],
  ['new Error("x", { cause: 1 }).cause', /^1/],
  ['typeof Array.fromAsync', /^(function|undefined)/],
  ['new Date(2020, 6, 1).getTimezoneOffset()', /^0/],
  ['(1234.5).toLocaleString("de")', /^1234\.5/],
  [
    'typeof ArrayBuffer.prototype.constructor === "function" && typeof new ArrayBuffer(8, { maxByteLength: 16 }).buffer',
    /^undefined/,
  ],
];

t.test('no way leads out of the program’s own values', { skip: lacks }, async (t) => {
  const lines = attempts.map(
    ([expression]) =>
      `got = undefined; try { const value = (${expression}); show(value); } catch (e) { log(e.name + ': ' + e.message); } log('\\n@@\\n');`,
  );
  const { output, end } = await runGuest(
    `let got; const show = (v) => log(v === null || typeof v !== 'object' && typeof v !== 'function' ? String(v) : typeof v);\n${lines.join('\n')}`,
  );
  t.equal(end.reason, 'exited', end.report);
  const results = output.split('\n@@\n').map((text) => text.trim());
  attempts.forEach(([expression, expected], at) => {
    t.match(results[at], expected, expression);
  });
});

t.test(
  'all that a program can reach without making it is frozen, and code comes from nowhere',
  { skip: lacks },
  async (t) => {
    const own = ['callargs', 'mycontext'];
    const names = [...permittedNames].filter((name) => !own.includes(name));
    const { output, end } = await runGuest(
      `
    const roots = { ${names.join(', ')} };
    const literals = [[], {}, () => {}, async () => {}, function* () {}, async function* () {}, /x/, new Map(), new Set(), Promise.resolve(),
      Object.getPrototypeOf((function* () {})()), [][Symbol.iterator](), new Map().entries(), ''.matchAll(/x/g), (function () { return arguments })(),
      new Error(), new TypeError(), new Uint8Array(), await openfile('f', true), log(''), class {}].map(Object.getPrototypeOf);
    const seen = new Map(); const queue = [];
    const visit = (value, path) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
      seen.set(value, path); queue.push(value);
    };
    for (const name of Reflect.ownKeys(roots)) visit(roots[name], name);
    literals.forEach((prototype, at) => visit(prototype, 'literal ' + at));
    while (queue.length > 0) {
      const value = queue.pop(); const path = seen.get(value);
      if (!Object.isFrozen(value)) log('not frozen: ' + path + '\\n');
      visit(Object.getPrototypeOf(value), path + '.[[Prototype]]');
      for (const key of Reflect.ownKeys(value)) {
        const { value: inside, get, set } = Object.getOwnPropertyDescriptor(value, key);
        const at = path + '.' + String(key);
        visit(inside, at); visit(get, at + ' get'); visit(set, at + ' set');
      }
    }
    for (const [value, path] of seen) {
      if (typeof value !== 'function') continue;
      if (/exitall|console|log|set[IT]/.test(path)) continue;
      let made; try { made = value('return 7'); } catch { continue; }
      if (made instanceof Promise) { made.catch(() => {}); continue; }
      if (typeof made === 'function') { try { if (made() === 7) log('evaluates: ' + path + '\\n'); } catch {} }
    }
    log(seen.size > 500, Promise.prototype.then === roots.Promise.prototype.then);
  `,
      { files: { f: '' } },
    );
    t.equal(end.reason, 'exited', end.report);
    t.equal(output.trim(), 'true true');
  },
);

t.test('a hostile thing that is thrown gets a clean end, and none of its code runs', { skip: lacks }, async (t) => {
  const thrown: ReadonlyArray<readonly [expression: string, type: string]> = [
    [
      'new Proxy({}, { get() { log("RAN") }, ownKeys() { log("RAN") }, getPrototypeOf() { log("RAN") }, getOwnPropertyDescriptor() { log("RAN") } })',
      'Proxy',
    ],
    ['new Proxy(new Error("x"), { get() { log("RAN"); throw 1 } })', 'Proxy'],
    ['new Proxy(function () {}, { apply() { log("RAN") } })', 'Proxy'],
    ['Object.defineProperty(new Error("x"), "message", { get() { log("RAN"); return "m" } })', 'Error'],
    ['Object.defineProperty(new Error("x"), "name", { get() { log("RAN"); return "m" } })', 'Error'],
    ['Object.defineProperty(new Error("x"), "stack", { get() { log("RAN"); return "m" } })', 'Error'],
    ['Object.defineProperty(new Error("x"), "stack", { value: "forged" })', 'Error'],
    [
      'Object.assign(new Error("x"), { toString() { log("RAN") }, toJSON() { log("RAN") }, [Symbol.toPrimitive]() { log("RAN") } })',
      'Error',
    ],
    ['({ toString() { log("RAN") }, get message() { log("RAN") }, then() { log("RAN") } })', 'Object'],
    [
      'Object.setPrototypeOf(new Error("x"), new Proxy({}, { get() { log("RAN") }, getPrototypeOf() { log("RAN") } }))',
      'Error',
    ],
    ['Object.setPrototypeOf(new Error("x"), null)', 'Object'],
    ['new (class extends Error { get name() { log("RAN") } get ["constructor"]() { log("RAN") } })("x")', 'Error'],
    ['new Error("long".repeat(1e6))', 'Error'],
    ['Object.assign(new Error("x"), { name: "n".repeat(1e6) })', 'n'],
    ['"s".repeat(1e7)', 'string'],
    ['Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [i, i]))', 'Object'],
    ['(() => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o })()', 'Object'],
    ['(() => { let p = null; for (let i = 0; i < 1e4; i++) p = Object.create(p); return p })()', 'Object'],
    ['new AggregateError([new Error("a")], "agg")', 'AggregateError'],
    ['undefined', 'undefined'],
    ['null', 'null'],
    ['Symbol("s")', 'symbol'],
    ['10n', 'bigint'],
    ['() => {}', 'Function'],
    ['"\\ud800"', 'string'],
  ];
  const ways = [
    (expression: string) => `throw ${expression};`,
    (expression: string) => `Promise.reject(${expression}); await sleep(1);`,
    (expression: string) => `setTimeout(() => { throw ${expression}; }, 0); await sleep(1);`,
    (expression: string) => `async function* g() { throw ${expression}; } for await (const x of g());`,
  ];
  const results = await runGuests(ways.flatMap((way) => thrown.map(([expression]) => ({ source: way(expression) }))));
  results.forEach((result, at) => {
    const [expression, type] = thrown[at % thrown.length]!;
    const name = `${Math.floor(at / thrown.length)}: ${expression}`;
    t.equal(result.escaped, undefined, name);
    t.match(result.end, { reason: 'uncaught', exitCode: 6 }, name);
    t.equal(result.output, '', `${name}: none of its code ran`);
    t.ok(result.end.report.includes(`Exception (with type '${type}`), `${name}: ${result.end.report.slice(-200)}`);
    t.ok(result.end.report.length < 20_000, `${name}: bounded`);
    // A million elements are made in some of them; describing any takes a fraction of that.
    t.ok(result.cpuMs < 2000, `${name}: ${result.cpuMs} ms`);
  });
});

t.test('a program that uses up the stack inside of the API ends cleanly', { skip: lacks }, async (t) => {
  const results = await runGuests([
    {
      source: `let n = 0; const f = () => { n++; try { log('x'); } catch {} f(); }; try { f(); } catch (e) { log(e.name); } await sleep(0);`,
    },
    { source: `const f = () => { try { f(); } finally { exitall(); } }; f();` },
    {
      source: `const f = async () => { try { await f(); } finally { await openfile('missing', false); } }; await f();`,
    },
    { source: `class E extends Error { constructor() { super(); new E(); } } new E();` },
    { source: `const o = { get a() { return this.a } }; o.a` },
    { source: `const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x` },
    {
      source: `let r = '('; for (let i = 0; i < 5e4; i++) r += '('; try { new RegExp(r + ')'.repeat(50001)).exec('x'); log('ran'); } catch (e) { log(e.name); }`,
    },
    {
      source: `let a = []; for (let i = 0; i < 1e5; i++) a = [a]; try { JSON.stringify(a); } catch (e) { log(e.name); } log(a);`,
    },
    { source: `let s = '['.repeat(1e6); try { JSON.parse(s); } catch (e) { log(e.name); }` },
    { source: `const deep = (n) => n ? Promise.resolve().then(() => deep(n - 1)) : 1; log(await deep(10000));` },
  ]);
  for (const result of results) {
    t.equal(result.escaped, undefined);
    t.match(result.end?.reason, /^(exited|exitall|uncaught)$/, result.end?.report);
  }
});

t.test('own properties on promises and files change nothing for the runtime', { skip: lacks }, async (t) => {
  const { output, end } = await runGuest(`
    const promise = sleep(0.01); promise.constructor = { [Symbol.species]: function (executor) { executor((v) => log('got', v), () => {}); } };
    promise.then((v) => v);
    await sleep(0.02);
    const thenable = { then(resolve) { resolve('thenable'); } }; log(await thenable);
    const file = await openfile('f', true);
    log(Object.getPrototypeOf(file).constructor === Object, Reflect.ownKeys(file).length, Object.isFrozen(file));
    const fake = Object.create(Object.getPrototypeOf(file));
    try { await fake.readat(1, 0); } catch (e) { log(e.name); }
    try { new file.constructor(3).readat(1, 0); } catch (e) { log(e.name); }
    const limits = (await getresources())[0]; limits.cpu = 99; log((await getresources())[0].cpu);
    callargs.push('mine'); mycontext.x = 1; log(callargs, mycontext);
  `);
  t.equal(end.reason, 'exited', end.report);
  t.equal(output, 'got undefined thenable true 0 true RepyArgumentError TypeError 0.5 ["mine"] { x: 1 }');
});
