import t from 'tap';
import { lacks, runGuest, runGuests } from '../support.js';

t.test('the API under its names, and what comes back', { skip: lacks }, async (t) => {
  const { output, end, files } = await runGuest(
    `
    const file = await openfile('a.txt', false);
    log(await file.readat(null, 0), await file.readat(3, 1), '\\n');
    await file.writeat('\\u00ff\\u0000', 5);
    await file.writeat(new Uint8Array([65, 66]), 7);
    await file.close();
    log((await listfiles()).join('+'), (await randombytes()).length, '\\n');
    const [limits, usage, stops] = await getresources();
    log(limits.cpu, usage.cpu, stops[0].length, Object.getPrototypeOf(limits), '\\n');
    log(callargs.join('|'), typeof mycontext, getruntime(), '\\n');
    log(await removefile('a.txt'), await log(), await sleep(0), '\\n');
    `,
    { args: ['one', 'zwei'], files: { 'a.txt': 'hello' } },
  );
  t.same(output.split('\n'), [
    'hello ell ',
    'a.txt+b.txt 1024 ',
    '0.5 0.1 2 null ',
    'one|zwei object 1 ',
    'undefined undefined undefined ',
    '',
  ]);
  t.equal(files['a.txt'], 'hello\u00ff\u0000AB');
  t.match(end, { reason: 'exited', exitCode: 0, report: '' });
});

t.test('errors of the API are Errors of RepyV2 names', { skip: lacks }, async (t) => {
  const { output } = await runGuest(`
    const tell = async (call) => { try { await call(); log('none\\n'); } catch (e) { log(e.constructor.name, e.message, e instanceof RepyException, e instanceof Error, '\\n'); } };
    await tell(() => openfile('missing', false));
    await tell(() => openfile('a', 1));
    await tell(() => openfile('a'));
    await tell(() => openfile('\\u0100', true));
    await tell(() => sleep(-1));
    await tell(() => sleep('1'));
    await tell(() => getruntime(1));
    await tell(() => exitall(1));
    const file = await openfile('a', true);
    await tell(() => file.readat(-1, 0));
    await tell(() => file.readat(0.5, 0));
    await tell(() => file.writeat({}, 0));
    await tell(() => file.close.call({}));
    const { readat } = file;
    await tell(() => readat(1, 0));
    await tell(() => openfile('a', '\\u0100'));
    await tell(() => sleep('\\u0100'));
    await tell(() => file.readat('\\u0100'));
    try { await openfile('missing', false); } catch (e) { log(e instanceof FileNotFoundError, e instanceof FileError, e instanceof NetworkError, String(e)); }
  `);
  t.same(output.split('\n'), [
    'FileNotFoundError Cannot openfile non-existent file "missing" without creating it! true true ',
    "RepyArgumentError Invalid type <type 'number'> true true ",
    "RepyArgumentError Function 'emulated_open' takes 2 arguments, not 1 as you provided. true true ",
    'RepyArgumentError A string holds a character above U+00FF, which is no byte; encode the text: new TextEncoder().encode(text) true true ',
    'RepyArgumentError Must be non-negative. true true ',
    "RepyArgumentError Invalid type <type 'string'> true true ",
    "RepyArgumentError Function 'getruntime' takes 0 arguments, not 1 as you provided. true true ",
    "RepyArgumentError Function 'exitall' takes 0 arguments, not 1 as you provided. true true ",
    'RepyArgumentError Negative sizelimit specified! true true ',
    "RepyArgumentError Invalid type <type 'float'> true true ",
    "RepyArgumentError Invalid type <type 'Object'> true true ",
    "RepyArgumentError Invalid type <type 'Object'>: file.close is called on a file true true ",
    "RepyArgumentError Invalid type <type 'undefined'>: file.readat is called on a file true true ",
    "RepyArgumentError Invalid type <type 'string'> true true ",
    "RepyArgumentError Invalid type <type 'string'> true true ",
    "RepyArgumentError Function 'readat' takes 2 arguments, not 1 as you provided. true true ",
    'true true false FileNotFoundError: Cannot openfile non-existent file "missing" without creating it!',
  ]);
});

t.test('errors of the API know the lines that wait for them', { skip: lacks }, async (t) => {
  const { output, end } = await runGuest(
    `async function read(name) {
      return await openfile(name, false);
    }
    async function both() {
      await Promise.all([sleep(0), read('missing')]);
    }
    try {
      await both();
    } catch (error) {
      log(error.stack);
    }
    const later = read('gone');
    await sleep(0.01);
    await later;`,
    { name: 'lines.js' },
  );
  t.same(output.split('\n'), [
    'FileNotFoundError: Cannot openfile non-existent file "missing" without creating it!',
    '  "lines.js", line 2, in read',
    '  "lines.js", line 5, in both',
    '  "lines.js", line 8, in <module>',
  ]);
  t.match(end?.report, /"lines.js", line 2, in read\n\nException \(with type 'FileNotFoundError'\)/);
});

t.test('the event loop: order, timers, many calls at once', { skip: lacks }, async (t) => {
  const [order, many, timers, interval] = await runGuests([
    {
      source: `
        setTimeout(() => log('timer 2 '), 2); setTimeout(() => log('timer 1 '), 1); setTimeout(() => log('timer 0 '), 0);
        queueMicrotask(() => log('microtask '));
        Promise.resolve().then(() => log('then '));
        const late = sleep(0.05).then(() => log('slept '));
        log('main ');
        await late;
        log('end');`,
    },
    {
      source: `
        const file = await openfile('f', true);
        const all = []; for (let i = 0; i < 1000; i++) all.push(file.writeat(String.fromCharCode(97 + i % 26), i));
        await Promise.all(all); log(await file.readat(null, 0));`,
    },
    {
      source: `const t = setTimeout(() => log('no'), 1000); clearTimeout(t); clearTimeout(undefined); await sleep(0.001); log('quick');`,
    },
    { source: `let n = 0; const i = setInterval(() => { log(++n); if (n === 3) clearInterval(i); }, 10);` },
  ]);
  t.equal(order!.output, 'main  microtask  then  timer 0  timer 1  timer 2  slept  end');
  t.equal(many!.output, Array.from({ length: 1000 }, (_, i) => String.fromCharCode(97 + (i % 26))).join(''));
  t.equal(timers!.output, 'quick');
  t.ok(timers!.seconds < 0.1, 'a cleared timer is not waited for');
  t.equal(interval!.output, '1 2 3');
  t.ok(Math.abs(interval!.seconds - 0.03) < 1e-6, 'on the scripted clock three periods have passed');
});

t.test('how programs end', { skip: lacks }, async (t) => {
  const cases: ReadonlyArray<readonly [source: string, reason: string, code: number, report: RegExp, output?: string]> =
    [
      ['', 'exited', 0, /^$/],
      ['log("unawaited")', 'exited', 0, /^$/, 'unawaited'],
      ['log("before"); exitall(); log("after")', 'exitall', 200, /^$/, 'before'],
      ['try { exitall(); } finally { log("no") } ', 'exitall', 200, /^$/],
      ['setTimeout(() => exitall(), 5); await new Promise(() => {})', 'exitall', 200, /^$/],
      ['log("x"); null.y', 'uncaught', 6, /TypeError/, 'x'],
      ['await null; throw new RangeError("r")', 'uncaught', 6, /Exception \(with type 'RangeError'\): r\n---$/],
      ['setTimeout(() => { throw new Error("in timer") }, 1); await sleep(1)', 'uncaught', 6, /Error'\): in timer/],
      ['queueMicrotask(() => { throw new Error("in job") }); await sleep(1)', 'uncaught', 6, /in job/],
      ['Promise.reject(new Error("alone")); await sleep(1)', 'uncaught', 6, /alone/],
      [
        'const p = Promise.reject(new Error("late")); p.catch(() => log("handled")); await sleep(1)',
        'exited',
        0,
        /^$/,
        'handled',
      ],
      ['(async () => { throw new Error("async") })(); await sleep(1)', 'uncaught', 6, /async/],
      ['openfile("missing", false); await sleep(1)', 'uncaught', 6, /with type 'FileNotFoundError'\): Cannot open/],
      ['await new Promise(() => {})', 'uncaught', 6, /Deadlock/],
      ['const q = {}; q.p = (async () => { await null; await q.p })(); await q.p', 'uncaught', 6, /Deadlock/],
      ['log(process)', 'unsafe', 5, /^Unsafe name 'process' in line 1$/],
      ['let', 'unsafe', 5, /^Syntax error: /],
      ['function f() { f() } f()', 'uncaught', 6, /RangeError'\): Maximum call stack/],
      ['const f = async () => { await f() }; await f()', 'uncaught', 6, /RangeError/],
    ];
  const results = await runGuests(cases.map(([source]) => ({ source })));
  cases.forEach(([source, reason, exitCode, report, output], at) => {
    const result = results[at]!;
    t.equal(result.escaped, undefined, source);
    t.match(result.end, { reason, exitCode, report }, source);
    if (output !== undefined) t.equal(result.output, output, source);
    t.equal(result.started, reason !== 'unsafe', source);
  });
});

t.test('a report shows the guest’s frames and lines alone', { skip: lacks }, async (t) => {
  const [plain, typed, later] = await runGuests([
    {
      source:
        'class A {\n  method() {\n    return [1].map((x) => x.missing.field);\n  }\n}\n\nfunction outer() { new A().method(); }\nouter();',
      name: 'dir/prog.js',
    },
    {
      source:
        'interface A { x: number }\n\nfunction f(a: A): never {\n  throw new TypeError("t" as string);\n}\nf({ x: 1 });',
      language: 'typescript',
      name: 'prog.ts',
    },
    { source: 'async function a() {\n  await sleep(1);\n  throw new Error("x");\n}\nawait a();' },
  ]);
  t.equal(
    plain!.end.report,
    [
      '---',
      'Uncaught exception!',
      '---',
      'Following is a user traceback. The most recent call is displayed last.',
      '',
      'User traceback:',
      '  "dir/prog.js", line 8, in <module>',
      '  "dir/prog.js", line 7, in outer',
      '  "dir/prog.js", line 3, in method',
      '  "dir/prog.js", line 3, in <anonymous>',
      '',
      "Exception (with type 'TypeError'): Cannot read properties of undefined (reading 'field')",
      '---',
    ].join('\n'),
  );
  t.match(typed!.end.report, '  "prog.ts", line 6, in <module>\n  "prog.ts", line 4, in f\n');
  t.match(later!.end.report, '  "guest.js", line 5, in <module>\n  "guest.js", line 3, in a\n');
});

t.test('log shows values readably, text as UTF-8, bytes as they are', { skip: lacks }, async (t) => {
  const cases: ReadonlyArray<readonly [expression: string, shown: string]> = [
    ['1.5', '1.5'],
    ['-0', '0'],
    ['12n', '12'],
    ['undefined', 'undefined'],
    ['Symbol("s")', 'Symbol(s)'],
    ['"\\u00e4\\u20ac"', '\u00c3\u00a4\u00e2\u0082\u00ac'],
    ['new Uint8Array([255, 0, 65])', '\u00ff\u0000A'],
    ['[1, "a", null, [2], , 3n]', '[1, "a", null, [2], <empty>, 3n]'],
    ['({ a: 1, "b c": { d: "e" }, [Symbol("f")]: 1 })', '{ a: 1, "b c": { d: "e" }, [Symbol(f)]: 1 }'],
    ['({ get x() { exitall() } })', '{ x: [Getter] }'],
    ['new (class Point { x = 1 })', 'Point { x: 1 }'],
    ['new Map([[1, { a: 2 }]])', 'Map(1) { 1 => { a: 2 } }'],
    ['new Set("ab")', 'Set(2) { "a", "b" }'],
    ['new Float64Array([1.5, 2])', 'Float64Array(2) [1.5, 2]'],
    ['new TypeError("bad")', 'TypeError: bad'],
    ['/a+/gi', '/a+/gi'],
    ['new Date(0)', '1970-01-01T00:00:00.000Z'],
    ['new Date(NaN)', 'Invalid Date'],
    ['() => 1', '[Function (anonymous)]'],
    ['class B {}', '[Function B]'],
    ['new Proxy({}, { get() { exitall() }, ownKeys() { exitall() }, getPrototypeOf() { exitall() } })', '[Proxy]'],
    ['Object.create(null)', '{}'],
    ['Promise.resolve(1)', 'Promise {}'],
    ['{ const a = []; a[0] = a; show(a) }', '[[[[[...]]]]]'],
    ['new Array(1e6).fill(7)', `[${'7, '.repeat(100)}... 999900 more]`],
    ['new Array(4e9)', `[${'<empty>, '.repeat(100)}... 3999999900 more]`],
    ['"x".repeat(20000)', 'x'.repeat(20000)],
    ['["x".repeat(20000)].length', '1'],
    ['Object.defineProperty(/b/, "flags", { get() { exitall() } })', '/b/'],
    ['Object.assign([1], { subarray() { exitall() }, length: 1 })', '[1]'],
  ];
  const source = cases
    .map(([text]) => (text.startsWith('{ const') ? text.replace('show(', 'log(') : `log(${text})`))
    .map((statement) => `${statement}; log('\\n@@\\n');`)
    .join('\n');
  const { output, end } = await runGuest(source);
  t.equal(end.reason, 'exited');
  const shown = output.split('\n@@\n').map((text) => text.replace(/ $/, ''));
  cases.forEach(([text, expected], at) => {
    t.equal(shown[at], expected, text);
  });
  const long = await runGuest('log(["x".repeat(20000), "y"], Array.from({ length: 99 }, () => "z".repeat(500)))');
  t.ok(long.output.length < 25_000, 'an inspected value is bounded');
});

t.test('the conveniences', { skip: lacks }, async (t) => {
  const { output } = await runGuest(`
    console.log('a', 1, { b: [2] }); console.error('c'); console.info(); 
    const bytes = new TextEncoder().encode('\\u00e4\\u20ac\\u{1f600}');
    log(bytes.length, new TextDecoder().decode(bytes) === '\\u00e4\\u20ac\\u{1f600}', new TextDecoder('utf8').decode('\\u00c3\\u00a4') === '\\u00e4', '\\n');
    log(new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 65])), new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 65])).length, new TextDecoder().decode(new Uint8Array([0xff])) === '\\ufffd', '\\n');
    try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xe2, 0x82])); } catch (e) { log(e.name); }
    try { new TextDecoder('latin1'); } catch (e) { log(e.name); }
    try { new TextDecoder().decode({}); } catch (e) { log(e.name); }
    try { setTimeout(1); } catch (e) { log(e.name, '\\n'); }
    log(new TextDecoder().decode(bytes.buffer).length, Object.isFrozen(console), Object.isFrozen(TextEncoder.prototype));
  `);
  t.same(output.split('\n'), [
    'a 1 { b: [2] }',
    'c',
    '',
    '9 true true ',
    'A 2 true ',
    'TypeError RangeError TypeError TypeError ',
    '4 true true',
  ]);
});

t.test('Math.random differs by seed, and is a uniform double', { skip: lacks }, async (t) => {
  const source = `
    const values = Array.from({ length: 20000 }, () => Math.random());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const buckets = new Array(10).fill(0); for (const v of values) buckets[Math.floor(v * 10)]++;
    log(values.every((v) => v >= 0 && v < 1), new Set(values).size, Math.abs(mean - 0.5) < 0.02, buckets.every((b) => b > 1700 && b < 2300), values.some((v) => v * 2 ** 32 % 1 !== 0), values[0]);`;
  const [one, again, other] = await runGuests([
    { source, seed: 1 },
    { source, seed: 1 },
    { source, seed: 2 },
  ]);
  // 20,000 draws into 10 buckets of 2,000 expected, standard deviation 42: the bounds are seven of them away.
  t.match(one!.output, /^true 20000 true true true 0\.\d+$/);
  t.equal(one!.output, again!.output);
  t.not(one!.output, other!.output);
});

t.test('large transfers are split, and keep their content', { skip: lacks }, async (t) => {
  const { output, calls } = await runGuest(
    `
    const file = await openfile('big', true);
    const text = 'abcdefgh'.repeat(400000);
    await file.writeat(text, 3);
    const bytes = new Uint8Array(1500000).fill(66);
    const writing = file.writeat(bytes, 0); bytes.fill(67); await writing;
    const back = await file.readat(null, 0);
    log(back.length, back.slice(0, 1500000) === 'B'.repeat(1500000), back.slice(1500000) === text.slice(1499997));
  `,
    { files: { big: 'xyz' } },
  );
  t.equal(output, '3200003 true true');
  t.ok(calls.length > 8);
});
