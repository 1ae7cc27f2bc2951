/** Programs that pass through everything the runtime does for a guest: they run in the zygote, before any guest is there. */
import type { Sample } from '../warm/run-sample.js';

const javascript = (source: string): Sample => ({ language: 'javascript', source });

export const samples: readonly Sample[] = [
  javascript(`
    // A small ordinary program.
    const words = new Map();
    for (const word of 'the quick brown fox jumps over the lazy dog'.split(' ')) words.set(word, (words.get(word) ?? 0) + 1);
    class Point { #x = 1; constructor(y) { this.y = y; } get x() { return this.#x; } static origin() { return new Point(0); } }
    function area({ w, h = 2 }, ...rest) { return w * h + rest.length; }
    let total = 0;
    for (let i = 0; i < 500; i++) total += Math.floor(Math.random() * 10) + area({ w: i }, 1, 2);
    const sorted = [...words].sort(([a], [b]) => (a < b ? -1 : 1)).map(([w, n]) => w + n).join();
    const bytes = new Uint8Array(8); bytes[0] = total & 0xff;
    const text = JSON.stringify({ sorted, point: new Point(3), when: new Date(0), list: [1, 2, { three: 3n + 4n === 7n }] });
    await log('hello', sorted.length, text.replace(/[aeiou]/g, '*'), [1, { a: 'b' }], new Map([[1, 2]]), new Error('shown'), '\\n');
    console.log('done', Number.parseInt('12', 10), [...'abc'].reverse(), bytes, Object.entries({ a: 1 }), callargs, mycontext);
    const file = await openfile('a.txt', true);
    await file.writeat('data', 0);
    await file.writeat(new TextEncoder().encode('d\\u00e4ta'), 4);
    log(new TextDecoder().decode(await file.readat(null, 0)), (await file.readat(4, 0)).length);
    await file.close();
    try { await openfile('missing', false); } catch (error) { log(error instanceof FileError, error.name, error.message, error.stack.length); }
    try { await openfile(1, 2); } catch (error) { log(error instanceof RepyArgumentError, String(error)); }
    await removefile('a.txt');
    log((await listfiles()).length, (await randombytes()).charCodeAt(0), getruntime() > 0, (await getresources())[0].cpu);
    await sleep(0.01);
    await Promise.all([sleep(0.02), sleep(0.01), new Promise((resolve) => setTimeout(resolve, 5))]);
    async function* numbers() { yield 1; yield 2; }
    for await (const n of numbers()) total += n;
    const timer = setInterval(() => {}, 1000); clearInterval(timer); queueMicrotask(() => {});
    exitall();
  `),
  javascript(`function inner(x) { return x.missing.field; }\nfunction outer() { return inner({}); }\nouter();`),
  javascript(`await sleep(0.01);\nthrow Object.assign(new TypeError('later'), { detail: [1] });`),
  javascript(`await new Promise(() => {});`),
  javascript(`Promise.reject(new RangeError('nobody handles it')); await sleep(1);`),
  javascript(`function down(n) { return down(n + 1) + 1; } try { down(0); } catch (e) { log(e.name); }`),
  javascript(`log(process.env);`),
  javascript(`let x = ;`),
  javascript(`throw { code: 1 };`),
  {
    language: 'typescript',
    source: `interface Pair<T> { readonly left: T; right?: T }
enum Colour { Red = 1, Green }
const pair: Pair<number> = { left: Colour.Green as number };
function twice<T extends number>(value: T): number { return (value as number) * 2; }
class Box { constructor(private readonly held: string, public size = 1) {} show(): string { return this.held!; } }
log(twice(pair.left), new Box('x').show(), Colour[1]!);`,
  },
];
