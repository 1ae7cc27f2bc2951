import type { Attack } from '../../attack.js';

export default {
  aim: 'reaches the runtime by iterator helpers and their closing',
  language: 'javascript',
  source: `
let closed = 0;
const it = { next() { return { value: 1, done: false }; }, return() { closed += 1; throw new Error('mine'); }, [Symbol.iterator]() { return this; } };
const helpers = Object.getPrototypeOf(Object.getPrototypeOf([].values()));
for (const name of ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'some']) {
  try { const f = helpers[name]; if (f) { if (f.constructor('return 1')) log('ESCAPED'); } } catch (e) { log('no'); }
}
try { log(...Array.from(it, (_, i) => { if (i > 3) throw new RangeError('enough'); return i; })); log('ESCAPED'); } catch (e) { log(closed, e.name); }
`,
  ends: ['exited'],
  logs: /no 1 RangeError$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
