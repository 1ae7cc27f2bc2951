/** Programs that between them make an engine do what it can do: each rule of the policy is there for one of them, or says why not. */
import type { Language } from '../../protocol/messages.js';
import type { EndReason } from '../../supervisor/outcome.js';

export interface Guest {
  readonly about: string;
  readonly language: Language;
  readonly source: string;
  readonly memory: number;
  readonly ends: EndReason;
}

const small = 15_000_000;
const medium = 100_000_000;
const large = 400_000_000;

const javascript = (about: string, source: string, memory = small, ends: EndReason = 'exited'): Guest => ({
  about,
  language: 'javascript',
  source,
  memory,
  ends,
});
const python = (about: string, source: string, memory = small, ends: EndReason = 'exited'): Guest => ({
  about,
  language: 'python',
  source,
  memory,
  ends,
});

const churn = (objects: number, rounds: number) => `
  const kept = [];
  for (let i = 0; i < ${rounds}; i++) kept[i % ${objects}] = { i, list: new Array(20).fill(i), text: 'item ' + i };
  log(kept.length);`;

const compute = `
  let sum = 0;
  const step = (x, i) => (x * 31 + i) % 1000003;
  for (let i = 0; i < 4e6; i++) sum = step(sum, i);
  let area = 0;
  for (let i = 1; i < 2e6; i++) area += Math.sqrt(i) * Math.sin(i) / i;
  const counts = new Map();
  for (let i = 0; i < 2e5; i++) counts.set(i % 1000, (counts.get(i % 1000) ?? 0) + 1);
  class Point { constructor(x) { this.x = x; } get twice() { return 2 * this.x; } }
  let points = 0;
  for (let i = 0; i < 5e5; i++) points += new Point(i).twice;
  log(sum, Math.round(area), counts.size, points);`;

export const guests: readonly Guest[] = [
  javascript('code that is compiled', compute),
  javascript('the same with each compiler', compute, large),
  javascript('garbage', churn(200, 200_000)),
  javascript('garbage in a large heap', churn(100_000, 1_500_000), large),
  javascript('garbage in a middling heap', churn(20_000, 500_000), medium),
  javascript(
    'buffers',
    'let last; for (let i = 0; i < 3000; i++) last = new Uint8Array(100000).fill(i); log(last[0]);',
  ),
  javascript(
    'large buffers',
    'let last; for (let i = 0; i < 20; i++) last = new Uint8Array(30e6).fill(i); log(last[0]);',
    large,
  ),
  javascript(
    'a buffer that grows',
    `const bytes = new Uint8Array(new ArrayBuffer(1000, { maxByteLength: 50e6 }));
     for (let size = 1000; size < 50e6; size *= 2) bytes.buffer.resize(size);
     log(bytes.length, structuredCloneLike(bytes));
     function structuredCloneLike(from) { return from.buffer.transfer(10e6).byteLength; }`,
    medium,
  ),
  javascript(
    'text',
    "let text = ''; for (let i = 0; i < 2e5; i++) text += 'x' + i; log(text.length, text.split('1').join('').length, text.toUpperCase().length);",
    medium,
  ),
  javascript(
    'regular expressions',
    "let n = 0; for (let i = 0; i < 20000; i++) n += /([a-z0-9]+)@([a-z]+)[.]com/u.exec('x' + i + '@y.com')[1].length; log(n, 'äöü'.normalize('NFD').length, /[^a-z]/iu.test('é'));",
  ),
  javascript(
    'dates',
    'log(new Date(0).toString(), new Date(2020, 1, 29).toISOString(), new Date(1e12).getTimezoneOffset(), Date.now() > 0);',
  ),
  javascript(
    'dates and numbers of other places',
    "log(new Date(0).toLocaleString('de-DE'), (1234.5).toLocaleString('fr'), 'a'.localeCompare('b'), 'I'.toLocaleLowerCase('tr'));",
  ),
  javascript(
    'big integers',
    'let n = 1n; for (let i = 1n; i < 1500n; i++) n *= i; log(String(n).length, String(n % 1000007n));',
  ),
  javascript(
    'sorting',
    'const list = Array.from({ length: 1e5 }, (_, i) => (i * 7919) % 100003); list.sort((a, b) => a - b); log(list[5], [...list].reverse()[0]);',
    medium,
  ),
  javascript(
    'promises and timers',
    'let n = 0; setTimeout(() => n++, 5); await Promise.all([sleep(0.02), sleep(0.01)]); for (let i = 0; i < 1000; i++) await i; log(n);',
  ),
  javascript(
    'files, log and randomness',
    "const file = await openfile('a', true); await file.writeat('x'.repeat(200000), 0); log((await file.readat(100000, 5)).length); await file.close(); await removefile('a'); log((await randombytes()).length, Math.random() < 1); for (let i = 0; i < 300; i++) log(i);",
  ),
  javascript(
    'threads',
    'const lock = createlock(); createthread(async () => { await lock.acquire(true); lock.release(); }); await sleep(0.01); log(1);',
  ),
  javascript('what it lacks', 'log(typeof WebAssembly, typeof SharedArrayBuffer, typeof process);', small, 'unsafe'),
  javascript('an error', "function f() { throw new TypeError('mine'); } f();", small, 'uncaught'),
  javascript(
    'errors that are caught',
    "let n = 0; for (let i = 0; i < 20000; i++) { try { null.x; } catch (error) { n += error.message.length; } } log(n, new Error('x').stack.length > 0);",
  ),
  javascript(
    'recursion',
    'let depth = 0; const down = () => { depth++; down(); }; try { down(); } catch (error) { log(error instanceof RangeError, depth > 100); }',
  ),
  javascript('recursion without end', 'const down = () => down() + 1; down();', small, 'uncaught'),
  javascript(
    'too many objects',
    'const kept = []; for (;;) kept.push({ at: kept.length, list: [1, 2, 3] });',
    small,
    'limit',
  ),
  javascript(
    'too many buffers',
    'const kept = []; for (;;) kept.push(new Uint8Array(100000).fill(1));',
    small,
    'limit',
  ),
  javascript('one buffer too large', 'new Uint8Array(2e9).fill(1);', small, 'limit'),
  javascript('a map too large', 'const map = new Map(); for (let i = 0; ; i++) map.set(i, i);', medium, 'limit'),
  javascript('text too long', "let text = 'x'; for (;;) text += text;", medium, 'uncaught'),
  javascript('exitall', 'exitall();', small, 'exitall'),
  python(
    'a program',
    `
def fib(n):
  if n < 2:
    return n
  return fib(n - 1) + fib(n - 2)
class Counter:
  def __init__(self):
    self.n = 0
  def add(self, k):
    self.n += k
c = Counter()
for i in xrange(200000):
  c.add(i % 7)
d = {}
for i in range(20000):
  d[str(i)] = i
log(fib(20), c.n, len(d), 2 ** 3000 % 10 ** 9, "%08.3f" % 3.14159, sorted)
`.replace(', sorted', ''),
  ),
  python(
    'threads and locks',
    `
lock = createlock()
state = {"n": 0}
def work():
  for i in range(200):
    lock.acquire(True)
    state["n"] += 1
    lock.release()
    if i % 50 == 0:
      sleep(0.001)
for i in range(4):
  createthread(work)
while state["n"] < 800:
  sleep(0.01)
log(state["n"], getruntime() > 0)
`,
  ),
  python(
    'files',
    `
f = openfile("a", True)
f.writeat("x" * 50000, 0)
log(len(f.readat(None, 0)))
f.close()
removefile("a")
log(len(randombytes()))
`,
  ),
  python('an error', 'raise ValueError("mine")\n', small, 'uncaught'),
  python('recursion without end', 'def f():\n  return f()\nf()\n', small, 'uncaught'),
  python('too many objects', 'l = []\nwhile True:\n  l.append([1, 2, 3])\n', small, 'limit'),
  python('garbage', 'x = None\nfor i in xrange(300000):\n  x = [i, {"a": i}, str(i)]\nlog(len(x))\n'),
];
